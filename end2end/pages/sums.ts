import type { Locator, Page } from "@playwright/test";

/** An amount of the page's sums, by the whole of the words before it. */
export function sum(page: Page, name: string | RegExp): Locator {
  const words = page.locator("dt", { hasText: typeof name === "string" ? new RegExp(`^${name}$`) : name });
  return page.locator("main .sums > div").filter({ has: words }).locator("dd");
}
