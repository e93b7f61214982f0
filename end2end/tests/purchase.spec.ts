import type { Locator } from "@playwright/test";
import { CARDS } from "../pages/pay.ts";
import { movements, orders, stock } from "../support/database.ts";
import { theMailTo } from "../support/mailbox.ts";
import { expect, test } from "../support/test.ts";
import { counted, crock, sample } from "../support/things.ts";

test("from the product to the paid order, the mail, and one less in stock", { tag: "@plain" }, async ({ shopper }, info) => {
  const thing = counted(info);
  const before = await stock(thing.sku);

  await shopper.add(thing.path);
  await expect(shopper.js ? shopper.basket.drawer : shopper.basket.line(thing.title)).toContainText(thing.title);
  await shopper.basket.checkOut.click();
  await shopper.checkout.fill({ email: shopper.email });
  await shopper.checkout.placeOrder();
  expect(await stock(thing.sku)).toMatchObject({ reserved: before.reserved + 1, allocated: before.allocated });

  await shopper.pay.with(CARDS.good);
  const number = await shopper.order.paid();
  await expect(shopper.order.main).toContainText(thing.title);

  expect(await stock(thing.sku)).toEqual({
    on_hand: before.on_hand,
    allocated: before.allocated + 1,
    reserved: before.reserved,
    available: before.available - 1,
  });
  expect(await movements(number)).toEqual([
    { sku: thing.sku, kind: "reserved", quantity: 1 },
    { sku: thing.sku, kind: "allocated", quantity: 1 },
  ]);

  const mail = await theMailTo(shopper.email);
  expect(mail.subject).toContain(String(number));
  const { origin, pathname } = new URL(shopper.page.url());
  for (const part of [mail.text, mail.html]) {
    expect(part).toContain(thing.title);
    expect(part).toContain(origin + pathname);
  }
});

test("after the purchase the basket is empty", { tag: "@plain" }, async ({ shopper }) => {
  await shopper.buy(crock.path);
  await shopper.visit("/cart");
  await expect(shopper.basket.lines).toHaveCount(0);
  const cookies = await shopper.page.context().cookies();
  expect(cookies.filter(({ name }) => name.includes("cart"))).toEqual([]);
});

test("a declined card, then a good one", { tag: "@plain" }, async ({ shopper }) => {
  await shopper.add(crock.path);
  await shopper.placeOrder();
  await shopper.pay.with(CARDS.declined);
  await expect(shopper.pay.alert).toContainText("declined");
  await shopper.pay.with(CARDS.empty);
  await expect(shopper.pay.alert).toContainText("insufficient funds");
  await shopper.pay.with(CARDS.good);
  await shopper.order.paid();
});

test("a card whose bank asks, refused and then confirmed", { tag: "@plain" }, async ({ shopper }) => {
  await shopper.add(crock.path);
  await shopper.placeOrder();
  await shopper.pay.with(CARDS.asks);
  await shopper.pay.answerBank("Fail authentication");
  await expect(shopper.pay.alert).toBeVisible();
  await shopper.pay.with(CARDS.asks);
  await shopper.pay.answerBank("Complete authentication");
  await shopper.order.paid();
});

test("an order of nothing but a free sample is paid by paying its delivery", async ({ shopper }) => {
  await shopper.buy(sample.path);
  const [order] = await orders(shopper.email);
  expect(order?.total).toBe(450);
});

test("with the keyboard alone", async ({ shopper }) => {
  const { page, checkout, product, basket, pay } = shopper;
  const reach = async (target: Locator) => {
    for (let presses = 0; presses < 120; presses += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) {
        return;
      }
      await page.keyboard.press("Tab");
    }
    throw new Error(`Tab does not lead to ${target}`);
  };
  const type = async (target: Locator, text: string) => {
    await reach(target);
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type(text);
  };

  await shopper.visit(crock.path);
  await shopper.touch();
  await reach(product.button);
  await page.keyboard.press("Enter");
  await expect(basket.drawer).toBeVisible();
  await reach(basket.checkOut);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/checkout");
  await type(checkout.field("email"), shopper.email);
  await type(checkout.field("name"), "Marian Teasdale");
  await type(checkout.field("line1"), "14 Stramongate");
  await type(checkout.field("city"), "Kendal");
  await type(checkout.field("postcode"), "LA9 4BH");
  await reach(checkout.button);
  await page.keyboard.press("Enter");

  await expect(page).toHaveURL(/\/c\/pay\//);
  await type(page.getByLabel("Card number"), CARDS.good);
  await type(page.getByLabel("Expiry date"), "04 / 40");
  await type(page.getByLabel("Security code"), "123");
  await type(page.getByLabel("Name on card"), "M Teasdale");
  await type(page.getByLabel("Postcode"), "LA9 4BH");
  await reach(pay.button);
  await page.keyboard.press("Enter");
  await shopper.order.paid();
});
