import type { Locator } from "@playwright/test";
import type { Shopper } from "./shopper.ts";
import { sum } from "./sums.ts";

/** The basket: the drawer, `/cart`, and the number in the header. */
export class Basket {
  constructor(private readonly shopper: Shopper) {}

  get drawer(): Locator {
    return this.shopper.page.getByRole("dialog", { name: /basket/i });
  }

  get badge(): Locator {
    return this.shopper.page.locator("[data-cart-count]:visible");
  }

  /** A row of the basket's page, by the product's title. */
  line(title: string): Locator {
    return this.shopper.page.getByRole("main").locator("li.line").filter({ hasText: title });
  }

  get lines(): Locator {
    return this.shopper.page.getByRole("main").locator("li.line");
  }

  get alert(): Locator {
    return this.shopper.page.getByRole("main").getByRole("alert");
  }

  /** A sum of the summary, by its words. */
  sum(name: string | RegExp): Locator {
    return sum(this.shopper.page, name);
  }

  /** The field of a row's quantity, on the basket's page. */
  quantity(title: string): Locator {
    return this.line(title).getByLabel(`Quantity of ${title}`);
  }

  /** Types another quantity and sends it. */
  async change(title: string, quantity: string): Promise<void> {
    await this.quantity(title).fill(quantity);
    await this.quantity(title).press("Enter");
  }

  async remove(title: string): Promise<void> {
    await this.line(title).getByRole("button", { name: `Remove ${title}` }).click();
  }

  /** On to the checkout, from wherever the basket is shown. */
  get checkOut(): Locator {
    const place = this.shopper.js ? this.drawer : this.shopper.page.getByRole("main");
    return place.getByRole("link", { name: "Check out" });
  }
}
