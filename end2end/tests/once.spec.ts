import { CARDS } from "../pages/pay.ts";
import { Shopper } from "../pages/shopper.ts";
import { leave, orders, stock } from "../support/database.ts";
import { mailsTo, theMailTo } from "../support/mailbox.ts";
import { expect, test } from "../support/test.ts";
import { crock, fought, tumblers } from "../support/things.ts";

/** One order, paid by one payment, told by one mail. */
async function expectOneOrder(shopper: Shopper) {
  const placed = await orders(shopper.email);
  expect(placed).toHaveLength(1);
  expect(placed[0]).toMatchObject({ status: "open", payment_status: "paid", successes: 1 });
  await theMailTo(shopper.email);
  expect(await mailsTo(shopper.email)).toHaveLength(1);
}

test("pressing twice ends in one order", { tag: "@plain" }, async ({ shopper }) => {
  await shopper.add(crock.path);
  await shopper.visit("/checkout");
  await shopper.checkout.fill({ email: shopper.email });
  await shopper.checkout.button.dblclick();
  await expect(shopper.page).toHaveURL(/\/c\/pay\//);
  await shopper.pay.fill(CARDS.good);
  await shopper.pay.button.dblclick();
  await shopper.order.paid();
  await expectOneOrder(shopper);
});

test("two tabs end in one order", async ({ shopper, context }) => {
  await shopper.add(crock.path);
  const other = new Shopper(await context.newPage(), shopper.traits);
  for (const one of [shopper, other]) {
    await one.visit("/checkout");
    await one.checkout.fill({ email: shopper.email });
  }
  await Promise.all([shopper.checkout.placeOrder(), other.checkout.placeOrder()]);
  await shopper.pay.with(CARDS.good);
  await shopper.order.paid();
  await other.page.reload();
  await expect(other.pay.button).toHaveCount(0);
  await expectOneOrder(shopper);
});

test("going back and paying again ends in one order", { tag: "@plain" }, async ({ shopper }) => {
  const { page } = shopper;
  await shopper.add(crock.path);
  await shopper.placeOrder();
  await shopper.pay.back.click();
  await expect(page).toHaveURL("/checkout");
  await shopper.checkout.fill({ email: shopper.email });
  await shopper.checkout.placeOrder();
  await shopper.pay.with(CARDS.good);
  await shopper.order.paid();
  await page.reload();
  await page.goBack();
  await page.goForward();
  await expectOneOrder(shopper);
});

test("a basket that changed before it was paid is charged as it is now", async ({ shopper }) => {
  await shopper.add(crock.path);
  await shopper.placeOrder();
  await shopper.add(tumblers.path);
  await shopper.placeOrder();
  await expect(shopper.page.getByText("Low Tumblers, Pair")).toBeVisible();
  await shopper.pay.with(CARDS.good);
  await shopper.order.paid();
  await expect(shopper.order.main).toContainText("Utensil Crock");
  await expect(shopper.order.main).toContainText("Low Tumblers, Pair");
  await expectOneOrder(shopper);
});

test("the last one is sold to one of two", { tag: "@plain" }, async ({ shopper, browser, extraHTTPHeaders, javaScriptEnabled }, info) => {
  const thing = fought(info);
  await leave(thing.sku, 1);
  const context = await browser.newContext({
    baseURL: info.project.use.baseURL ?? "",
    extraHTTPHeaders: { ...extraHTTPHeaders },
    javaScriptEnabled: javaScriptEnabled ?? true,
  });
  const rival = new Shopper(await context.newPage(), { ...shopper.traits, email: `rival-${shopper.email}` });
  for (const one of [shopper, rival]) {
    await one.add(thing.path);
    await one.visit("/checkout");
    await one.checkout.fill({ email: one.email });
  }
  await rival.checkout.placeOrder();
  await shopper.submit(() => shopper.checkout.button.click(), 422);
  await expect(shopper.checkout.alert).toContainText("Something in your basket has changed.");
  await expect(shopper.page.getByText("This has sold out since you chose it.").first()).toBeAttached();
  expect(await orders(shopper.email)).toEqual([]);
  await rival.pay.with(CARDS.good);
  await rival.order.paid();
  expect(await stock(thing.sku)).toMatchObject({ available: 0 });
  await context.close();
});
