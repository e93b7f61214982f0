import type { Locator } from "@playwright/test";
import type { Shopper } from "./shopper.ts";

/** The basket: the drawer, `/cart`, and the number in the header. */
export class Basket {
  constructor(private readonly shopper: Shopper) {}

  get drawer(): Locator {
    return this.shopper.page.getByRole("dialog", { name: "basket" });
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
    return this.shopper.page.locator("main .sums > div").filter({ hasText: name }).locator("dd");
  }

  /** Types another quantity and sends it, as one does without scripts. */
  async change(title: string, quantity: string): Promise<void> {
    const line = this.line(title);
    await line.getByLabel(/quantity/i).fill(quantity);
    await line.getByRole("button", { name: /update/i }).click();
  }

  async remove(title: string): Promise<void> {
    await this.line(title).getByRole("button", { name: /remove/i }).click();
  }
}
