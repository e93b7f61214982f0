import { expect, type Locator } from "@playwright/test";
import type { Shopper } from "./shopper.ts";
import { sum } from "./sums.ts";

/** What is typed at the checkout, by the names of the form. */
export const ADDRESS = {
  name: "Marian Teasdale",
  line1: "14 Stramongate",
  city: "Kendal",
  postcode: "LA9 4BH",
};

/** `/checkout`. */
export class Checkout {
  constructor(private readonly shopper: Shopper) {}

  get form(): Locator {
    return this.shopper.page.locator('main form[action="/checkout"]');
  }

  field(name: string): Locator {
    return this.form.locator(`[name="${name}"]`);
  }

  get button(): Locator {
    return this.form.getByRole("button", { name: /^(Pay £|Place order)/ });
  }

  /** What shows the totals again where no script does it. */
  get update(): Locator {
    return this.form.locator('button[name="action"][value="update"]');
  }

  get alert(): Locator {
    return this.shopper.page.getByRole("main").getByRole("alert");
  }

  sum(name: string | RegExp): Locator {
    return sum(this.shopper.page, name);
  }

  method(name: string | RegExp): Locator {
    return this.form.getByRole("radio", { name });
  }

  /** The message under a field. */
  error(name: string): Locator {
    return this.shopper.page.locator(`#${name}-error`);
  }

  async fill(values: Record<string, string>): Promise<void> {
    for (const [name, value] of Object.entries({ ...ADDRESS, ...values })) {
      await this.field(name).fill(value);
    }
  }

  /** Places the order and waits for the pay page. */
  async placeOrder(): Promise<void> {
    await this.button.click();
    await expect(this.shopper.page).toHaveURL(/\/c\/pay\//);
  }
}
