import { BackOffice, demoPicture } from "../pages/back-office.ts";
import { expectAccessible } from "../support/axe.ts";
import { expect, test as base } from "../support/test.ts";

const test = base.extend<{ office: BackOffice }>({
  office: async ({ page }, use) => {
    const office = new BackOffice(page);
    await office.enter();
    await use(office);
  },
});

/** Says whether the browser asked before it left, and stays or goes. */
function watchLeaving(page: BackOffice["page"], go: boolean): { asked: number } {
  const seen = { asked: 0 };
  page.on("dialog", async (dialog) => {
    seen.asked += Number(dialog.type() === "beforeunload");
    await (go ? dialog.accept() : dialog.dismiss());
  });
  return seen;
}

test.describe("what is not saved", () => {
  test("is said in the bar, asked about before leaving, and saved by a key", async ({ office, page, shopper }) => {
    await shopper.visit(await office.draft("Kept"));
    const leaving = watchLeaving(page, false);
    const bar = page.getByRole("region", { name: "Save" });
    await expect(bar).toContainText("Nothing is saved until you say so.");
    const subtitle = page.getByLabel("Subtitle");
    await subtitle.click();
    await subtitle.pressSequentially("Of this test");
    await expect(bar.getByRole("status")).toHaveText("Unsaved changes");
    await expectAccessible(page);
    await page.getByRole("link", { name: "Preview" }).click();
    await expect.poll(() => leaving.asked).toBe(1);
    await expect(subtitle).toHaveValue("Of this test");
    await shopper.submit(() => page.keyboard.press("Control+s"), 303);
    await expect(office.main).toContainText("Saved.");
    await expect(subtitle).toHaveValue("Of this test");
    await page.getByRole("link", { name: "Preview" }).click();
    await expect(page).toHaveURL(/\/preview$/);
    expect(leaving.asked).toBe(1);
  });

  test("is nothing any more when it is as it was", async ({ office, page, shopper }) => {
    await shopper.visit(await office.draft("Undone"));
    const words = page.getByRole("region", { name: "Save" }).getByRole("status");
    const status = office.main.getByRole("combobox", { name: "Status", exact: true });
    await status.selectOption("archived");
    await expect(words).toHaveText("Unsaved changes");
    await status.selectOption("draft");
    await expect(words).toHaveText("Nothing is saved until you say so.");
  });

  test("is still not saved when the shop refused it", async ({ office, page, shopper }) => {
    await office.enter();
    await shopper.visit("/admin/products/new");
    await page.getByLabel("Subtitle").click();
    await page.keyboard.type("Without a title");
    await shopper.submit(() => page.getByRole("button", { name: "Save", exact: true }).click(), 422);
    await expect(page.getByRole("region", { name: "Save" }).getByRole("status")).toHaveText("Unsaved changes");
    const leaving = watchLeaving(page, true);
    await page.getByLabel("Subtitle").click();
    await page.getByRole("link", { name: "Products" }).first().click();
    await expect(page).toHaveURL(/\/admin\/products$/);
    expect(leaving.asked).toBe(1);
  });

  for (const [path, label] of [
    ["/admin/settings", "Name"],
    ["/admin/pages/shipping", "Title"],
    ["/admin/coupons", "Code"],
    ["/admin/brands/new", "Place"],
    ["/admin/categories/new", "Name"],
  ] as const) {
    test(`is said at ${path}`, { tag: "@once" }, async ({ office, page, shopper }) => {
      await shopper.visit(path);
      const field = office.main.getByRole("textbox", { name: label, exact: true }).first();
      await expect(page.getByText("Unsaved changes")).toHaveCount(0);
      await field.press("End");
      await field.pressSequentially("x");
      await expect(page.getByText("Unsaved changes")).toBeVisible();
      await expectAccessible(page);
    });
  }
});

test.describe("the list of products", () => {
  test("is chosen at once, by range, and changed in portions", async ({ office, page, shopper }) => {
    await office.drafts(12);
    await shopper.visit(`/admin/products?q=${office.word}`);
    const boxes = page.getByRole("checkbox", { name: /^Choose Thing/ });
    const bar = page.getByRole("group", { name: "With those that are chosen" });
    await expect(bar).toBeHidden();
    await boxes.nth(1).check();
    await boxes.nth(4).click({ modifiers: ["Shift"] });
    await expect(bar.getByRole("status")).toHaveText("4 chosen");
    await expectAccessible(page);
    await bar.getByRole("button", { name: "All on this page" }).click();
    await expect(bar.getByRole("status")).toHaveText("12 chosen");
    await bar.getByRole("combobox").selectOption("archived");
    let portions = 0;
    await page.route("**/admin/products/bulk", async (route) => {
      portions += 1;
      await expect(bar.getByRole("progressbar")).toBeVisible();
      await route.continue();
    });
    await bar.getByRole("button", { name: "Do it" }).click();
    await expect(office.main.getByText("12 products were changed.")).toBeVisible();
    expect(portions).toBe(2);
    await expect(office.main.getByRole("row").filter({ hasText: "Archived" })).toHaveCount(12);
    await expect(bar).toBeHidden();
  });

  test.describe("where an answer is lost", () => {
    test.use({ forgiven: /net::ERR_FAILED/ });

    test("names what may not have been changed, and keeps it chosen", async ({ office, page, shopper }) => {
      await office.drafts(11);
      await shopper.visit(`/admin/products?q=${office.word}`);
      const bar = page.getByRole("group", { name: "With those that are chosen" });
      await page.getByRole("checkbox", { name: /^Choose Thing/ }).first().check();
      await bar.getByRole("button", { name: "All on this page" }).click();
      await bar.getByRole("combobox").selectOption("archived");
      await page.route("**/admin/products/bulk", (route) => route.abort(), { times: 1 });
      await bar.getByRole("button", { name: "Do it" }).click();
      await expect(office.main).toContainText("One product was changed.");
      await expect(office.main).toContainText(/10 products may not have been changed: Thing \d+ probe/);
      await expect(bar.getByRole("status")).toHaveText("10 chosen");
      await expectAccessible(page);
    });
  });

  test.describe("where it is refused", () => {
    test.use({ forgiven: /422/ });

    test("says why, and nothing is changed", async ({ office, page, shopper }) => {
      await office.drafts(2);
      await shopper.visit(`/admin/products?q=${office.word}`);
      const bar = page.getByRole("group", { name: "With those that are chosen" });
      await page.getByRole("checkbox", { name: /^Choose Thing/ }).first().check();
      await bar.getByRole("combobox").selectOption("percent");
      await bar.getByLabel("By how much").fill("much");
      await bar.getByRole("button", { name: "Do it" }).click();
      await expect(office.main.locator(".refusal")).toBeVisible();
      await expect(bar.getByRole("status")).toHaveText("1 chosen");
    });
  });

  test("is one form without a script", { tag: "@plain" }, async ({ office, page, shopper }) => {
    test.skip(shopper.js, "with a script it is sent in portions");
    await office.drafts(2);
    await shopper.visit(`/admin/products?q=${office.word}`);
    for (const box of await page.getByRole("checkbox", { name: /^Choose Thing/ }).all()) {
      await box.check();
    }
    await page.getByLabel("With those that are chosen").last().selectOption("archived");
    await shopper.submit(() => page.getByRole("button", { name: "Do it" }).click(), 303);
    await expect(office.main).toContainText("2 products were changed.");
  });
});

test.describe("the palette", () => {
  test("finds by typing, is walked with the arrows, and gives the focus back", async ({ office, page, shopper }) => {
    await office.draft("Sought");
    await shopper.visit("/admin/products");
    const before = page.getByRole("searchbox", { name: "Title, SKU or maker" });
    await before.focus();
    await office.summon();
    const field = office.palette.getByRole("combobox");
    await expect(field).toBeFocused();
    await expectAccessible(page);
    await field.fill(office.word);
    const found = office.options.filter({ hasText: "Sought" });
    await expect(found).toHaveAttribute("aria-selected", "true");
    await expect(field).toHaveAttribute("aria-activedescendant", (await found.getAttribute("id")) ?? "none");
    await expect(office.palette.getByRole("status")).toHaveText("One thing was found.");
    await field.press("ArrowDown");
    await expect(office.options.last()).toHaveAttribute("aria-selected", "true");
    await field.press("ArrowDown");
    await expect(found).toHaveAttribute("aria-selected", "true");
    await expectAccessible(page);
    await field.press("Escape");
    await expect(office.palette).toBeHidden();
    await expect(before).toBeFocused();
    await office.summon();
    await field.fill(office.word);
    await expect(found).toHaveAttribute("aria-selected", "true");
    await field.press("Enter");
    await expect(page.getByRole("heading", { level: 1 })).toContainText("Sought");
  });

  test("jumps to a part of the admin, and leads to the search where nothing fits", async ({ office, page, shopper }) => {
    await shopper.visit("/admin");
    await office.summon();
    const field = office.palette.getByRole("combobox");
    await field.fill("audit");
    await expect(office.options.first()).toContainText("Audit log");
    await field.press("Enter");
    await expect(page).toHaveURL(/\/admin\/audit$/);
    await office.summon();
    await field.fill("zzzzqqqq");
    await expect(office.palette.getByRole("status")).toHaveText("No things were found.");
    await field.press("Enter");
    await expect(page).toHaveURL(/\/admin\/search\?q=zzzzqqqq$/);
  });

  test("opens from the search of the frame", async ({ office, page, shopper }) => {
    await shopper.visit("/admin");
    if (shopper.traits.phone) {
      await page.getByRole("link", { name: "Search" }).click();
      await office.palette.getByRole("combobox").fill("ridge mug");
    } else {
      await page.getByRole("searchbox", { name: "Search orders, products and customers" }).focus();
      await page.keyboard.type("ridge mug");
    }
    await expect(office.palette.getByRole("combobox")).toHaveValue("ridge mug");
    await expect(office.options.filter({ hasText: "Ridge Mug" }).first()).toBeVisible();
    await office.palette.getByRole("button", { name: "Close" }).click();
    await expect(office.palette).toBeHidden();
  });
});

test.describe("the pictures of a product", () => {
  test.use({ forgiven: /422/ });

  test("come several at once, each with its outcome, and are put in order", async ({ office, page, shopper }) => {
    const editor = await office.draft("Pictured");
    await shopper.visit(editor);
    const card = page.getByRole("region", { name: "Pictures" });
    await page.getByLabel("Subtitle").fill("Typed before");
    await card.getByLabel("Add pictures").setInputFiles([
      demoPicture("arch-bookends--oak.webp"),
      { name: "not-a-picture.png", mimeType: "image/png", buffer: Buffer.from("words, and no picture") },
      demoPicture("arch-bookends--walnut.webp"),
    ]);
    const files = card.locator("[data-files] li");
    await expect(files.nth(0)).toContainText("Added");
    await expect(files.nth(1)).toContainText(/not a|JPEG|picture/);
    await expect(files.nth(1)).not.toContainText("Added");
    await expect(files.nth(2)).toContainText("Added");
    await expect(card.getByRole("status")).toHaveText("2 pictures were added, 1 refused.");
    await expect(page.getByLabel("Subtitle")).toHaveValue("Typed before");
    await expectAccessible(page);

    const words = () => card.getByRole("textbox", { name: /^What picture/ });
    await words().nth(0).fill("Oak");
    await words().nth(1).fill("Walnut");
    await card.getByRole("button", { name: "Move picture 2" }).press("ArrowLeft");
    await expect(card.getByRole("status")).toHaveText("Picture 1 of 2. The order is saved.");
    await expect(card.getByRole("button", { name: "Move picture 1" })).toBeFocused();
    await expect(words().nth(0)).toHaveValue("Walnut");
    await shopper.submit(() => page.keyboard.press("Control+s"), 303);
    await expect(words().nth(0)).toHaveValue("Walnut");
    await expect(words().nth(1)).toHaveValue("Oak");

    const grips = card.getByRole("button", { name: /^Move picture/ });
    await card.locator("[data-shots]").evaluate((list) => list.scrollIntoView({ block: "center", behavior: "instant" }));
    const from = await grips.nth(1).boundingBox();
    const to = await card.locator("[data-shots] figure").nth(0).boundingBox();
    await page.mouse.move((from?.x ?? 0) + 8, (from?.y ?? 0) + 8);
    await page.mouse.down();
    await page.mouse.move((to?.x ?? 0) + 20, (to?.y ?? 0) + (to?.height ?? 0) / 2, { steps: 5 });
    await page.mouse.up();
    await expect(card.getByRole("status")).toHaveText("Picture 1 of 2. The order is saved.");
    await shopper.visit(editor);
    await expect(words().nth(0)).toHaveValue("Oak");
    await card.getByRole("button", { name: "Take away picture 1" }).click();
    await expect(card.getByRole("status")).toHaveText("The picture is taken away.");
    await expect(words()).toHaveCount(1);
  });

  test("are dropped onto the card", { tag: "@once" }, async ({ office, page, shopper }) => {
    await shopper.visit(await office.draft("Dropped"));
    const bytes = demoPicture("arch-bookends--oak.webp").buffer.toString("base64");
    const carried = await page.evaluateHandle((base64) => {
      const transfer = new DataTransfer();
      const data = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      transfer.items.add(new File([data], "dropped.webp", { type: "image/webp" }));
      return transfer;
    }, bytes);
    const area = page.locator("[data-upload]");
    await area.dispatchEvent("dragover", { dataTransfer: carried });
    await expect(area).toHaveAttribute("data-over", "");
    await area.dispatchEvent("drop", { dataTransfer: carried });
    await expect(page.locator("[data-files] li")).toContainText("Added");
    await expect(page.locator("[data-shots] > li")).toHaveCount(1);
  });
});
