import { expect, type Locator } from "@playwright/test";
import { orders } from "../support/database.ts";
import type { Shopper } from "./shopper.ts";

/** `/orders/…`. */
export class OrderPage {
  constructor(private readonly shopper: Shopper) {}

  get main(): Locator {
    return this.shopper.page.getByRole("main");
  }

  /** Waits for the page of an order that is paid, the shopper's only one; its number. */
  async paid(): Promise<number> {
    // The pay page posts to `#payment`, and browsers carry that along.
    await expect(this.shopper.page).toHaveURL(/\/orders\/[\w-]+(#payment)?$/);
    const [order, ...others] = await orders(this.shopper.email);
    expect(others).toEqual([]);
    expect(order).toMatchObject({ status: "open", payment_status: "paid", successes: 1 });
    await expect(this.main).toContainText(String(order?.number));
    await expect(this.main).toContainText(this.shopper.email);
    return order?.number ?? 0;
  }
}
