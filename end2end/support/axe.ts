import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** Nothing that axe finds, in light and in dark. */
export async function expectAccessible(page: Page): Promise<void> {
  const window = page.viewportSize();
  // As tall as the page: what lies half under a bar that stays in place would be taken for a small target.
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  if (window && height > window.height) {
    await page.setViewportSize({ ...window, height });
  }
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    // A colour on its way from one theme to the other is in neither. What follows a scroll bar always runs.
    await page.waitForFunction(() =>
      document.getAnimations().every(({ playState, timeline }) => playState !== "running" || timeline !== document.timeline),
    );
    const { violations } = await new AxeBuilder({ page })
      .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
      .analyze();
    const found = violations.map(({ id, nodes }) => `${colorScheme}: ${id}: ${nodes.map((node) => node.target).join(", ")}`);
    expect(found).toEqual([]);
  }
  if (window) {
    await page.setViewportSize(window);
  }
}
