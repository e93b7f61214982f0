import { expect, type Locator } from "@playwright/test";
import { SANDBOX_URL } from "../support/addresses.ts";
import type { Shopper } from "./shopper.ts";

/** Stripe's test cards. */
export const CARDS = {
  good: "4242 4242 4242 4242",
  declined: "4000 0000 0000 0002",
  empty: "4000 0000 0000 9995",
  asks: "4000 0025 0000 3155",
};

/** The pay page, and the bank's question behind it. */
export class PayPage {
  constructor(private readonly shopper: Shopper) {}

  get button(): Locator {
    return this.shopper.page.getByRole("button", { name: /^Pay £/ });
  }

  get alert(): Locator {
    return this.shopper.page.getByRole("alert");
  }

  get back(): Locator {
    return this.shopper.page.getByRole("link", { name: /^Back to/ });
  }

  async fill(card: string): Promise<void> {
    const { page } = this.shopper;
    await expect(page).toHaveURL((url) => url.href.startsWith(`${SANDBOX_URL}/c/pay/`));
    await page.getByLabel("Card number").fill(card);
    await page.getByLabel("Expiry date").fill("04 / 40");
    await page.getByLabel("Security code").fill("123");
    await page.getByLabel("Name on card").fill("M Teasdale");
    await page.getByLabel("Country").selectOption("GB");
    await page.getByLabel("Postcode").fill("LA9 4BH");
  }

  /** Pays with a card; where that leads depends on the card. */
  async with(card: string): Promise<void> {
    await this.fill(card);
    await this.button.click();
  }

  async answerBank(answer: "Complete authentication" | "Fail authentication"): Promise<void> {
    await this.shopper.page.getByRole("button", { name: answer }).click();
  }
}
