import { PASSWORD } from "../pages/account.ts";
import { CARDS } from "../pages/pay.ts";
import { expect, test } from "../support/test.ts";
import { crock, towels } from "../support/things.ts";

test("an account is opened, confirmed by mail, left and entered again", { tag: "@plain" }, async ({ shopper }) => {
  const { account, page } = shopper;
  await account.open();
  await account.signOut();
  await expect(account.main).toContainText("You are signed out.");
  await account.signIn("not-the-password", 422);
  await expect(account.main.getByRole("alert")).toContainText("We know no account with this e-mail address and password.");
  await account.signIn();
  await expect(page).toHaveURL(/\/account$/);
  await expect(account.main).toContainText("Nothing ordered yet");
});

test("the basket comes along, and waits while nobody is signed in", { tag: "@plain" }, async ({ shopper }) => {
  const { account, basket } = shopper;
  await account.open();
  await account.signOut();
  await shopper.add(crock.path, 2);
  await account.signIn();
  await shopper.visit("/cart");
  await expect(basket.lines).toHaveCount(1);
  await account.signOut();
  await shopper.visit("/cart");
  await expect(basket.lines).toHaveCount(0);
  await shopper.add(towels.path);
  await account.signIn();
  await shopper.visit("/cart");
  await expect(basket.lines).toHaveCount(2);
});

test("the checkout is filled in, and the order is in the account, to be bought again", { tag: "@plain" }, async ({ shopper }) => {
  const { account, checkout, page } = shopper;
  await account.open();
  await account.keepAddress("Kendal");
  await account.keepAddress("Ambleside");
  await shopper.add(crock.path);
  await shopper.visit("/checkout");
  await expect(checkout.field("email")).toHaveValue(shopper.email);
  await expect(checkout.field("city")).toHaveValue("Kendal");
  await checkout.form.getByLabel("One of your addresses").selectOption({ index: 1 });
  await shopper.submit(() => checkout.form.getByRole("button", { name: "Use this address" }).click(), 200);
  await expect(checkout.field("city")).toHaveValue("Ambleside");
  await checkout.placeOrder();
  await shopper.pay.with(CARDS.good);
  const number = await shopper.order.paid();
  await shopper.visit("/account");
  const card = account.main.getByRole("listitem").filter({ hasText: `Order ${number}` });
  await expect(card).toContainText("Being packed");
  await card.getByRole("link", { name: /Follow it/ }).click();
  await expect(page).toHaveURL(new RegExp(`/account/orders/${number}$`));
  await shopper.submit(() => account.button(/Buy again/).click(), 303);
  await expect(shopper.basket.lines).toHaveCount(1);
});

test("a forgotten password is chosen anew", { tag: "@plain" }, async ({ shopper }) => {
  const { account } = shopper;
  await account.open();
  await account.signOut();
  await shopper.visit("/account/forgot");
  await account.field("E-mail").fill(shopper.email);
  await shopper.submit(() => account.button("Send the link").click(), 303);
  await shopper.visit(await account.link("reset"));
  await account.field("New password").fill("short");
  await shopper.submit(() => account.button("Keep this password").click(), 422);
  await expect(account.main).toContainText("Please take at least 12 characters.");
  await account.field("New password").fill("teapot-ladder-moss");
  await shopper.submit(() => account.button("Keep this password").click(), 303);
  await account.signIn(PASSWORD, 422);
  await account.signIn("teapot-ladder-moss");
});

test("an account is left for good with the password", { tag: "@plain" }, async ({ shopper }) => {
  const { account } = shopper;
  await account.open();
  await shopper.visit("/account/delete");
  await account.field("Your password").fill("not-the-password");
  await shopper.submit(() => account.button("Delete my account").click(), 422);
  await expect(account.main).toContainText("This is not your password.");
  await account.field("Your password").fill(PASSWORD);
  await shopper.submit(() => account.button("Delete my account").click(), 303);
  await expect(account.main).toContainText("Your account is deleted.");
  await account.signIn(PASSWORD, 422);
});
