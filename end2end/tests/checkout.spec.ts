import { ADDRESS } from "../pages/checkout.ts";
import { sum } from "../pages/sums.ts";
import { expect, test } from "../support/test.ts";
import { crock, towels } from "../support/things.ts";

test("with nothing in the basket there is nothing to check out", { tag: "@plain" }, async ({ shopper }) => {
  await shopper.visit("/checkout");
  await expect(shopper.page).toHaveURL("/cart");
  await expect(shopper.page.getByRole("heading", { name: "Your basket is empty" })).toBeVisible();
});

test("everything wrong is told beside its field, and nothing typed is lost", { tag: "@plain" }, async ({ shopper }) => {
  const { checkout, page } = shopper;
  await shopper.add(crock.path);
  await shopper.visit("/checkout");
  await checkout.fill({ email: "marian@example", name: "", city: "Kendal", postcode: "LA9 4B" });
  await shopper.submit(() => checkout.button.click(), 422);

  await expect(checkout.alert).toBeVisible();
  await expect(checkout.error("email")).toContainText("This is not a complete e-mail address.");
  await expect(checkout.error("name")).toContainText("Please tell us your full name.");
  await expect(checkout.error("postcode")).toContainText("It should look like LA9 4BH.");
  for (const [name, value] of Object.entries({ email: "marian@example", line1: ADDRESS.line1, city: "Kendal", postcode: "LA9 4B" })) {
    await expect(checkout.field(name)).toHaveValue(value);
  }
  for (const name of ["email", "name", "postcode"]) {
    await expect(checkout.field(name)).toHaveAttribute("aria-invalid", "true");
    await expect(checkout.field(name)).toHaveAttribute("aria-describedby", new RegExp(`${name}-error`));
  }
  await checkout.alert.getByRole("link").first().click();
  await expect(checkout.field("email")).toBeFocused();

  await checkout.fill({ email: shopper.email });
  await checkout.placeOrder();
  await expect(page.getByText("£48.50").first()).toBeVisible();
});

test("what the browser knows is filled in by itself", async ({ shopper }) => {
  await shopper.add(crock.path);
  await shopper.visit("/checkout");
  const hints = { email: "email", name: "shipping name", line1: "shipping address-line1", postcode: "shipping postal-code" };
  for (const [name, hint] of Object.entries(hints)) {
    await expect(shopper.checkout.field(name)).toHaveAttribute("autocomplete", hint);
  }
  const visible = shopper.checkout.form.locator("input:visible:not([type=radio]):not([type=checkbox]), select:visible");
  expect(await visible.count()).toBeLessThanOrEqual(8);
});

test("another country shows the totals again, before anything is ordered", { tag: "@plain" }, async ({ shopper }) => {
  const { checkout, js } = shopper;
  await shopper.add(crock.path);
  await shopper.visit("/checkout");
  await expect(checkout.sum("Total")).toHaveText("£48.50");
  await checkout.fill({ email: shopper.email });
  await shopper.touch();
  await checkout.field("country").selectOption("US");
  if (!js) {
    await shopper.submit(() => checkout.update.click(), 200);
  }
  // Prices in the United States leave the tax out: 44.00 / 1.2, and delivery there.
  await expect(checkout.sum("1 thing")).toHaveText("£36.67");
  await expect(checkout.sum("Delivery, tracked")).toHaveText("£22.00");
  await expect(checkout.sum("Total")).toHaveText("£58.67");
  await expect(checkout.field("email")).toHaveValue(shopper.email);
  await expect(checkout.field("line1")).toHaveValue(ADDRESS.line1);
  await expect(checkout.field("region")).toBeVisible();
  await checkout.field("region").selectOption("CA");
  await checkout.field("postcode").fill("94110");
  await checkout.placeOrder();
});

test("a total that changed since it was shown is shown again before anything is paid", { tag: "@plain" }, async ({ shopper, context }) => {
  const { checkout } = shopper;
  await shopper.add(crock.path);
  await shopper.visit("/checkout");
  await checkout.fill({ email: shopper.email });
  const other = await context.newPage();
  await other.goto("/cart");
  await other.getByLabel(`Quantity of ${crock.title}`).fill("2");
  await other.getByLabel(`Quantity of ${crock.title}`).press("Enter");
  await expect(sum(other, "Total")).toHaveText("£88.00");

  await shopper.submit(() => checkout.button.click(), 422);
  await expect(checkout.alert).toContainText("The total has changed to £88.00.");
  await expect(checkout.sum("Total")).toHaveText("£88.00");
  await expect(checkout.field("line1")).toHaveValue(ADDRESS.line1);
  await checkout.placeOrder();
});

test("the bill can go elsewhere", { tag: "@plain" }, async ({ shopper }) => {
  const { checkout, page } = shopper;
  await shopper.add(towels.path);
  await shopper.visit("/checkout");
  await checkout.fill({ email: shopper.email });
  await checkout.field("billing_other").check();
  await checkout.fill({
    billing_name: "T. Teasdale",
    billing_line1: "Rue de Rivoli 1",
    billing_city: "Paris",
    billing_postcode: "75001",
  });
  await checkout.field("billing_country").selectOption("FR");
  await checkout.placeOrder();
  await shopper.pay.with("4242 4242 4242 4242");
  await shopper.order.paid();
  await expect(page.getByRole("main")).toContainText("75001 Paris");
});

test("a quicker way of delivery changes the total", { tag: "@plain" }, async ({ shopper }) => {
  const { checkout, js } = shopper;
  await shopper.add(crock.path);
  await shopper.visit("/checkout");
  await shopper.touch();
  await checkout.method(/next day/i).check();
  if (!js) {
    await shopper.submit(() => checkout.update.click(), 200);
  }
  await expect(checkout.sum("Total")).toHaveText("£52.00");
  await expect(checkout.method(/next day/i)).toBeChecked();
});

test("an order is found by its number and its e-mail address", { tag: "@plain" }, async ({ shopper }) => {
  const { page } = shopper;
  const number = await shopper.buy(crock.path);
  await page.context().clearCookies();
  await shopper.visit("/orders/find");
  await page.getByLabel("Order number").fill(String(number));
  await page.getByLabel("E-mail").fill("somebody@example.com");
  await shopper.submit(() => page.getByRole("button", { name: "Find it" }).click(), 422);
  await expect(page.getByText("We find no order with this number and e-mail address.")).toBeVisible();
  await expect(page.getByLabel("Order number")).toHaveValue(String(number));
  await page.getByLabel("E-mail").fill(shopper.email.toUpperCase());
  await shopper.submit(() => page.getByRole("button", { name: "Find it" }).click(), 303);
  await shopper.order.paid();
});
