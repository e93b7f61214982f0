import { expect } from "@playwright/test";
import { ADMIN_STATES } from "./admin-states.ts";
import { CARDS } from "./pages/pay.ts";
import type { Shopper } from "./pages/shopper.ts";
import { SANDBOX_URL } from "./support/addresses.ts";
import { leave } from "./support/database.ts";
import { theMailTo } from "./support/mailbox.ts";
import { carafe, crock, sample, towels } from "./support/things.ts";

/** A page in one of its states, and the way there. */
export interface State {
  name: string;
  open: (shopper: Shopper) => Promise<void>;
  /** Not one of the shop's own pages: pictured, and otherwise tested where it is made. */
  elsewhere?: true;
}

function page(name: string, path: string, status = 200): State {
  return { name, open: (shopper) => shopper.visit(path, status) };
}

async function fillBasket(shopper: Shopper) {
  for (const thing of [crock, carafe, towels]) {
    await shopper.add(thing.path);
  }
}

async function openCheckout(shopper: Shopper) {
  await fillBasket(shopper);
  await shopper.visit("/checkout");
}

/** Every kind of page, and every state that was designed for it. */
export const STATES: State[] = [
  page("home", "/"),
  page("category", "/categories/kitchen"),
  page("category-below", "/categories/kitchen/mugs-cups?sort=price-asc"),
  {
    name: "search-second-page",
    async open(shopper) {
      await shopper.visit("/search?q=stoneware");
      await shopper.page.getByRole("link", { name: "Next" }).click();
      await expect(shopper.page).toHaveURL(/after=/);
    },
  },
  page("search-start", "/search"),
  page("search-found", "/search?q=oak"),
  page("search-nothing", "/search?q=zzzzqqqq"),
  page("product", "/products/ridge-mug"),
  page("product-low", "/products/ridge-mug?variant=RDG-SAG-M"),
  page("product-sold-out-variant", "/products/ridge-mug?variant=RDG-SAG-L"),
  page("product-sold-out", "/products/salt-cellar"),
  page("product-three-options", "/products/leather-notebook"),
  page("product-on-sale", "/products/espresso-cup"),
  page("product-free", sample.path),
  page("product-long-name", "/products/striped-tea-towels"),
  {
    name: "product-refused",
    async open(shopper) {
      await shopper.visit(crock.path);
      await shopper.product.quantity.fill("99");
      await shopper.touch();
      await shopper.product.button.click();
      await expect(shopper.page.getByText(/We have only \d+ left/)).toBeVisible();
    },
  },
  {
    name: "drawer",
    async open(shopper) {
      await fillBasket(shopper);
      await expect(shopper.basket.drawer).toContainText(towels.title);
    },
  },
  page("basket-empty", "/cart"),
  {
    name: "basket",
    async open(shopper) {
      await fillBasket(shopper);
      await shopper.visit("/cart");
    },
  },
  {
    name: "basket-short",
    async open(shopper) {
      await fillBasket(shopper);
      await leave("MOO-TEN-S", 4);
      await shopper.add("/products/moon-vase?variant=MOO-TEN-S", 4);
      await leave("MOO-TEN-S", 2);
      await shopper.visit("/cart");
      await expect(shopper.basket.line("Moon Vase")).toContainText("We have only 2 left");
    },
  },
  {
    name: "basket-refused",
    async open(shopper) {
      await shopper.add(crock.path);
      await shopper.visit("/cart");
      await shopper.submit(() => shopper.basket.change(crock.title, "99"), 422);
    },
  },
  { name: "checkout", open: openCheckout },
  {
    name: "checkout-wrong",
    async open(shopper) {
      await openCheckout(shopper);
      await shopper.checkout.fill({ email: "marian@example", postcode: "LA9 4B" });
      await shopper.submit(() => shopper.checkout.button.click(), 422);
    },
  },
  {
    name: "checkout-abroad",
    async open(shopper) {
      await openCheckout(shopper);
      await shopper.touch();
      await shopper.checkout.field("country").selectOption("US");
      await expect(shopper.checkout.field("region")).toBeVisible();
      await shopper.checkout.field("billing_other").check();
    },
  },
  {
    name: "pay",
    elsewhere: true,
    async open(shopper) {
      await fillBasket(shopper);
      await shopper.placeOrder();
    },
  },
  {
    name: "pay-declined",
    elsewhere: true,
    async open(shopper) {
      await fillBasket(shopper);
      await shopper.placeOrder();
      await shopper.pay.with(CARDS.declined);
      await expect(shopper.pay.alert).toBeVisible();
    },
  },
  {
    name: "order-unpaid",
    async open(shopper) {
      await fillBasket(shopper);
      await shopper.placeOrder();
      await shopper.openOrder();
    },
  },
  {
    name: "order-paid",
    async open(shopper) {
      await fillBasket(shopper);
      await shopper.placeOrder();
      await shopper.pay.with(CARDS.good);
      await shopper.order.paid();
    },
  },
  {
    name: "mail",
    elsewhere: true,
    async open(shopper) {
      await shopper.buy(crock.path);
      const mail = await theMailTo(shopper.email);
      await shopper.visit(`${SANDBOX_URL}/mail/${mail.id}/html`);
    },
  },
  page("find-order", "/orders/find"),
  {
    name: "find-order-wrong",
    async open(shopper) {
      await shopper.visit("/orders/find");
      await shopper.page.getByLabel("Order number").fill("1");
      await shopper.page.getByLabel("E-mail").fill("somebody@example.com");
      await shopper.submit(() => shopper.page.getByRole("button", { name: "Find it" }).click(), 422);
    },
  },
  page("account-sign-in", "/account/sign-in"),
  {
    name: "account-sign-in-wrong",
    async open(shopper) {
      await shopper.visit("/account/sign-in");
      await shopper.account.field("E-mail").fill(shopper.email);
      await shopper.account.field("Your password").fill("not-the-password");
      await shopper.submit(() => shopper.account.button("Sign in").click(), 422);
    },
  },
  page("account-sign-up", "/account/sign-up"),
  {
    name: "account-sign-up-wrong",
    async open(shopper) {
      await shopper.visit("/account/sign-up");
      await shopper.account.field("Full name").fill("Marian");
      await shopper.account.field("E-mail").fill("marian@example");
      await shopper.account.field("New password").fill("short");
      await shopper.submit(() => shopper.account.button("Open the account").click(), 422);
    },
  },
  page("account-sent", "/account/sent"),
  page("account-forgot", "/account/forgot"),
  page("account-link-over", "/account/reset/over", 410),
  {
    name: "account-confirm",
    async open(shopper) {
      await shopper.account.signUp();
      await shopper.visit(await shopper.account.link("confirm"));
    },
  },
  {
    name: "account-empty",
    async open(shopper) {
      await shopper.account.open();
      await shopper.visit("/account");
    },
  },
  {
    name: "account-orders",
    async open(shopper) {
      await shopper.account.open();
      await fillBasket(shopper);
      await shopper.placeOrder();
      await shopper.pay.with(CARDS.good);
      await shopper.order.paid();
      await shopper.visit("/account");
    },
  },
  {
    name: "account-addresses",
    async open(shopper) {
      await shopper.account.open();
      await shopper.account.keepAddress("Kendal");
      await shopper.account.keepAddress("Ambleside");
      await shopper.visit("/account/addresses");
    },
  },
  {
    name: "account-address-wrong",
    async open(shopper) {
      await shopper.account.open();
      await shopper.visit("/account/addresses/new");
      await shopper.account.field("Postcode").fill("LA9 4B");
      await shopper.submit(() => shopper.account.button("Keep it").click(), 422);
    },
  },
  ...["details", "email", "password", "sessions", "delete"].map((name) => ({
    name: `account-${name}`,
    async open(shopper: Shopper) {
      await shopper.account.open();
      await shopper.visit(`/account/${name}`);
    },
  })),
  {
    name: "checkout-signed-in",
    async open(shopper) {
      await shopper.account.open();
      await shopper.account.keepAddress("Kendal");
      await openCheckout(shopper);
    },
  },
  ...["about", "makers", "care", "shipping", "returns", "contact", "privacy", "terms"].map((name) => page(name, `/pages/${name}`)),
  page("not-found", "/nothing", 404),
  page("refused", "/cart/lines", 405),
  {
    name: "too-often",
    async open(shopper) {
      let status = 200;
      for (let asked = 0; status !== 429 && asked < 200; asked += 1) {
        status = (await shopper.page.request.get("/search?q=oak")).status();
      }
      await shopper.visit("/search?q=oak", 429);
    },
  },
  page("styleguide", "/styleguide"),
  ...ADMIN_STATES,
];
