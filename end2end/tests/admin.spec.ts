import { CARDS } from "../pages/pay.ts";
import { expectAccessible } from "../support/axe.ts";
import { movements } from "../support/database.ts";
import { mailsTo } from "../support/mailbox.ts";
import { letIn } from "../support/staff.ts";
import { refundsOf } from "../support/stripe.ts";
import { expect, test } from "../support/test.ts";
import { carafe, tumblers } from "../support/things.ts";

test("an order is found, sent in part and refunded in part by somebody who shows a code", async ({ shopper }) => {
  test.slow();
  const { desk, page } = shopper;
  await shopper.add(tumblers.path, 2);
  await shopper.add(carafe.path);
  await shopper.placeOrder();
  await shopper.pay.with(CARDS.good);
  const number = await shopper.order.paid();

  await desk.join("Hana Lister", "Manager");
  await desk.signIn();
  const key = await desk.setUpSecondFactor();
  await desk.leave();
  await desk.signIn(key);

  await desk.findOrder(number);
  await desk.link("Send it").click();
  await expectAccessible(page);
  await desk.field(new RegExp(`How many of ${carafe.title}`)).fill("0");
  await desk.field(/^Carrier/).fill("Royal Mail");
  await desk.field(/^Tracking number/).fill("AB123456785GB");
  await desk.press("Send it");
  await expect(desk.main).toContainText("Part sent");
  await expect(desk.main).toContainText("AB123456785GB");

  await desk.link("Refund").click();
  await expectAccessible(page);
  await desk.field(new RegExp(`Not sent.*${carafe.title}`)).fill("1");
  await desk.field("Reason").fill("   ");
  await desk.press("Refund", 422);
  await expect(desk.main).toContainText("Please say why");
  await desk.field("Reason").fill("Chipped in the store room");
  await desk.press("Refund");

  const back = async () => (await refundsOf(number)).map((refund) => refund.status);
  await expect.poll(back, { message: "the refund at Stripe", timeout: 30_000 }).toEqual(["succeeded"]);
  await expect(async () => {
    await page.reload();
    await expect(desk.main.locator(".page-head")).toContainText("Part refunded", { timeout: 500 });
  }).toPass({ timeout: 30_000 });
  const [refund] = await refundsOf(number);
  const amount = `£${((refund?.amount ?? 0) / 100).toFixed(2)}`;
  await expect(desk.main.locator(".timeline")).toContainText(`Hana Lister refunded ${amount}`);
  await expect(desk.main.locator(".timeline")).toContainText("Hana Lister sent 2");
  await expectAccessible(page);

  const subjects = async () => (await mailsTo(shopper.email)).map((mail) => mail.subject);
  await expect.poll(subjects, { timeout: 30_000 }).toContain(`Your order ${number} is on its way`);
  await expect.poll(subjects, { timeout: 30_000 }).toContain(`${amount} of your order ${number} goes back`);

  const moved = (await movements(number)).map(({ sku, kind, quantity }) => `${kind} ${sku} ${quantity}`);
  expect(moved.slice(-2)).toEqual([`shipped ${tumblers.sku} 2`, `deallocated ${carafe.sku} 1`]);

  await desk.leave();
  await letIn(page.context());
  await shopper.visit("/admin/audit");
  await expect(desk.main).toContainText(`refunded ${amount} of order ${number}: Chipped in the store room`);
  await expect(desk.main).toContainText(`of order ${number}`);
});

test("a product with three options and a picture is made, put on sale and bought", { tag: "@once" }, async ({ shopper }) => {
  test.slow();
  const { desk, page } = shopper;
  const title = `Walnut Tray ${shopper.email.slice(4, 10)}`;
  await letIn(page.context());
  await shopper.visit("/admin/products/new");
  await page.locator("#title").fill(title);
  await desk.field("Subtitle").fill("Turned from one board");
  const options = [
    ["Size", ["Small", "Large"]],
    ["Finish", ["Oiled", "Waxed"]],
    ["Handles", ["Brass", "Leather"]],
  ] as const;
  const step = (name: RegExp) => shopper.submit(() => desk.main.getByRole("button", { name }).last().click(), 200);
  for (const [at, [option, values]] of options.entries()) {
    await step(/^Add an option/);
    await page.locator(`[name="option-${at}-name"]`).fill(option);
    for (const [place, value] of values.entries()) {
      if ((await page.locator(`[name="option-${at}-value-${place}-name"]`).count()) === 0) {
        await step(/^Add a value/);
      }
      await page.locator(`[name="option-${at}-value-${place}-name"]`).fill(value);
    }
  }
  await desk.press("Save", 422);
  await expectAccessible(page);
  const rows = desk.main.getByRole("checkbox", { name: /is made$/ });
  await expect(rows).toHaveCount(8);
  for (let at = 0; at < 8; at += 1) {
    await page.locator(`[name="variant-${at}-sku"]`).fill(`${title.slice(-6).toUpperCase()}-${at}`);
    await page.locator(`[name="variant-${at}-price"]`).fill(`${48 + at}.00`);
    await page.locator(`[name="variant-${at}-stock"]`).fill("5");
  }
  await rows.nth(7).uncheck();
  await page.locator("#status").selectOption("active");
  await desk.press("Save");
  await page.getByLabel("Add pictures").setInputFiles("../demo/pictures/arch-bookends--oak.webp");
  await expect(page.locator(".shots--edit li")).toHaveCount(1);
  await expectAccessible(page);

  await shopper.visit(`/products/${title.toLowerCase().replaceAll(" ", "-")}`);
  await shopper.touch();
  await shopper.product.choose("Size", "Large");
  await shopper.product.choose("Finish", "Waxed");
  await shopper.product.choose("Handles", "Brass");
  await expect(shopper.product.price).toContainText("£54.00");
  await shopper.product.add();
  await shopper.placeOrder();
  await shopper.pay.with(CARDS.good);
  const number = await shopper.order.paid();
  const moved = (await movements(number)).map(({ sku, kind }) => `${kind} ${sku}`);
  expect(moved.at(-1)).toBe(`allocated ${title.slice(-6).toUpperCase()}-6`);
});

test("a table of products is tried before it is taken in", { tag: "@once" }, async ({ shopper }) => {
  const { desk, page } = shopper;
  await letIn(page.context());
  await shopper.visit("/admin/products/table");
  const faulty = "Handle,Title,Variant SKU,Variant Price\nfaulty-row,Faulty Row,FLT-1,not a price\n";
  await page.locator('input[type="file"]').setInputFiles({ name: "faulty.csv", mimeType: "text/csv", buffer: Buffer.from(faulty) });
  await shopper.submit(() => desk.main.getByRole("button", { name: "Look what it would do" }).first().click(), 422);
  await expect(desk.main).toContainText("is not an amount of GBP");
  await expectAccessible(page);
});
