import { leave } from "../support/database.ts";
import { expect, test } from "../support/test.ts";
import { carafe, crock, dwindling, scarce, towels } from "../support/things.ts";

test("the number in the header follows the basket", async ({ shopper }) => {
  const { basket } = shopper;
  await shopper.visit("/");
  await expect(basket.badge).toHaveCount(0);
  await shopper.add(crock.path, 2);
  await shopper.visit("/");
  await expect(basket.badge).toHaveText("2");
  await shopper.add(towels.path);
  await shopper.visit("/cart");
  await expect(basket.badge).toHaveText("3");
});

test("quantities change, and things are taken out", { tag: "@plain" }, async ({ shopper }) => {
  const { basket } = shopper;
  await shopper.add(crock.path);
  await shopper.add(towels.path);
  await shopper.visit("/cart");
  await shopper.submit(() => basket.change(crock.title, "3"), 303);
  await expect(basket.line(crock.title)).toContainText("£132.00");
  await expect(basket.sum("Total")).toHaveText("£162.00");
  await shopper.submit(() => basket.remove(crock.title), 303);
  await expect(basket.lines).toHaveCount(1);
  await shopper.submit(() => basket.change(towels.title, "0"), 303);
  await expect(basket.lines).toHaveCount(0);
});

test("a quantity that cannot be is told, and stays as it was typed", { tag: "@plain" }, async ({ shopper }) => {
  const { basket } = shopper;
  await shopper.add(crock.path);
  for (const [typed, told] of [
    ["two", "Please choose a quantity from 1 to 99."],
    ["100", "Please choose a quantity from 1 to 99."],
    ["99", /We have only \d+ left/],
  ] as const) {
    await shopper.visit("/cart");
    await shopper.submit(() => basket.change(crock.title, typed), 422);
    await expect(basket.alert).toContainText(told);
    await expect(basket.quantity(crock.title)).toHaveValue(typed);
  }
  await shopper.visit("/cart");
  await expect(basket.quantity(crock.title)).toHaveValue("1");
});

test("more than there are is refused on the product's page, with what is left", { tag: "@plain" }, async ({ shopper }, info) => {
  const thing = scarce(info);
  await leave(thing.sku, 3);
  await shopper.visit(thing.path);
  await expect(shopper.product.stock).toContainText("Only 3 left");
  await shopper.product.quantity.fill("5");
  await shopper.touch();
  if (shopper.js) {
    await shopper.product.button.click();
  } else {
    await shopper.submit(() => shopper.product.button.click(), 422);
  }
  await expect(shopper.page.getByText("We have only 3 left.")).toBeVisible();
  await expect(shopper.product.quantity).toHaveValue("5");

  await shopper.product.quantity.fill("2");
  await shopper.product.add();
  await shopper.visit(thing.path);
  await shopper.product.quantity.fill("2");
  await shopper.touch();
  await shopper.product.button.click();
  await expect(shopper.page.getByText("We have only 3 left, and 2 of them in your basket already.")).toBeVisible();
});

test("what sells out meanwhile is told in the basket, and stops the checkout", { tag: "@plain" }, async ({ shopper }, info) => {
  const { basket, page } = shopper;
  const thing = dwindling(info);
  await leave(thing.sku, 3);
  await shopper.add(thing.path, 3);
  await leave(thing.sku, 2);
  await shopper.visit("/cart");
  await expect(basket.line(thing.title)).toContainText("We have only 2 left. Please change the quantity.");
  await shopper.submit(() => basket.change(thing.title, "2"), 303);
  await leave(thing.sku, 0);
  await page.reload();
  await expect(basket.line(thing.title)).toContainText("This has sold out since you chose it.");
  await expect(page.getByRole("main").getByRole("link", { name: "Check out" })).toHaveCount(0);
});

test("a code takes ten per cent off; one that we do not know is told", { tag: "@plain" }, async ({ shopper }) => {
  const { basket, page } = shopper;
  await shopper.add(carafe.path);
  await shopper.visit("/cart");
  const code = page.getByLabel("Discount code");
  const open = page.getByText("Add a code");
  const use = async (text: string, status: number) => {
    if (!(await code.isVisible())) {
      await open.click();
    }
    await code.fill(text);
    await shopper.submit(() => page.getByRole("button", { name: "Apply" }).click(), status);
  };
  await use("NOSUCHCODE", 422);
  await expect(page.getByText("We do not know the code “NOSUCHCODE”.")).toBeVisible();
  await expect(code).toHaveValue("NOSUCHCODE");
  await use("welcome10", 303);
  await expect(basket.sum("Code WELCOME10")).toHaveText("−£5.80");
  await expect(basket.sum("Total")).toHaveText("£52.20");
});

test("the drawer shows what was added, changes it, and gives the focus back", async ({ shopper }) => {
  const { basket, page, product } = shopper;
  await shopper.add(crock.path);
  const { drawer } = basket;
  await expect(drawer).toContainText(crock.title);
  await drawer.getByRole("button", { name: `One more ${crock.title}` }).click();
  await expect(drawer.locator(".sums dd")).toHaveText("£88.00");
  await expect(basket.badge).toHaveText("2");
  await page.keyboard.press("Escape");
  await expect(drawer).toBeHidden();
  await expect(product.button).toBeFocused();
});
