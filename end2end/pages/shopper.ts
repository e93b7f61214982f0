import { expect, type Page } from "@playwright/test";
import { orders } from "../support/database.ts";
import { Account } from "./account.ts";
import { Basket } from "./basket.ts";
import { Checkout } from "./checkout.ts";
import { Desk } from "./desk.ts";
import { OrderPage } from "./order.ts";
import { CARDS, PayPage } from "./pay.ts";
import { ProductPage } from "./product.ts";

export interface Traits {
  /** Whether their browser runs scripts. */
  js: boolean;
  /** Whether it is a phone. */
  phone: boolean;
  /** Nobody else's address. */
  email: string;
}

/** Somebody in the shop, with the pages that they come by. */
export class Shopper {
  readonly account: Account;
  readonly product: ProductPage;
  readonly basket: Basket;
  readonly checkout: Checkout;
  readonly pay: PayPage;
  readonly order: OrderPage;
  /** The same person at work. */
  readonly desk: Desk;

  constructor(
    readonly page: Page,
    readonly traits: Traits,
  ) {
    this.account = new Account(this);
    this.product = new ProductPage(this);
    this.basket = new Basket(this);
    this.checkout = new Checkout(this);
    this.pay = new PayPage(this);
    this.order = new OrderPage(this);
    this.desk = new Desk(this);
  }

  get js(): boolean {
    return this.traits.js;
  }

  get email(): string {
    return this.traits.email;
  }

  /** Goes to a page, which answers with the status. */
  async visit(path: string, status = 200): Promise<void> {
    const response = await this.page.goto(path);
    expect(response?.status(), path).toBe(status);
  }

  /** Touches the page, and waits until its islands answer; does nothing where there are no scripts. */
  async touch(): Promise<void> {
    if (this.js) {
      await this.page.keyboard.press("Shift");
      await this.page.locator("html[data-live]").waitFor({ state: "attached" });
    }
  }

  /** Presses what posts a form, and waits for the page that answers, which has the status. */
  async submit(press: () => Promise<void>, status: number): Promise<void> {
    const answered = this.page.waitForResponse((response) => {
      const request = response.request();
      return request.isNavigationRequest() && request.method() === "POST";
    });
    await press();
    expect((await answered).status()).toBe(status);
    await this.page.waitForLoadState();
  }

  /** Puts one thing into the basket. */
  async add(path: string, quantity = 1): Promise<void> {
    await this.visit(path);
    await this.product.quantity.fill(String(quantity));
    await this.product.add();
  }

  /** From the basket to the pay page, with an address in the United Kingdom. */
  async placeOrder(): Promise<void> {
    await this.visit("/checkout");
    await this.checkout.fill({ email: this.email });
    await this.checkout.placeOrder();
  }

  /** Goes to the page of the order placed last. */
  async openOrder(): Promise<void> {
    const order = (await orders(this.email)).at(-1);
    await this.visit(`/orders/${order?.token}`);
  }

  /** Buys one thing, all the way to the paid order; its number. */
  async buy(path: string): Promise<number> {
    await this.add(path);
    await this.placeOrder();
    await this.pay.with(CARDS.good);
    return this.order.paid();
  }
}
