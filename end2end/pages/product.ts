import { expect, type Locator } from "@playwright/test";
import type { Shopper } from "./shopper.ts";

/** `/products/…`. */
export class ProductPage {
  constructor(private readonly shopper: Shopper) {}

  private get form(): Locator {
    return this.shopper.page.locator('main form[action="/cart/lines"]');
  }

  get quantity(): Locator {
    return this.form.getByLabel("Quantity");
  }

  get button(): Locator {
    return this.form.getByRole("button", { name: "Add to basket" });
  }

  get price(): Locator {
    return this.shopper.page.locator("main .buy__price");
  }

  get stock(): Locator {
    return this.form.locator(".stock");
  }

  value(option: string, value: string | RegExp): Locator {
    return this.form.getByRole("group", { name: option }).getByRole("radio", { name: value });
  }

  async choose(option: string, value: string | RegExp): Promise<void> {
    await this.value(option, value).check();
  }

  /** Adds what is chosen: it is seen in the drawer, or without scripts in the basket. */
  async add(): Promise<void> {
    await this.shopper.touch();
    await this.button.click();
    if (this.shopper.js) {
      await expect(this.shopper.basket.drawer).toBeVisible();
    } else {
      await expect(this.shopper.page).toHaveURL("/cart");
    }
  }
}
