import { STATES } from "../states.ts";
import { expectAccessible } from "../support/axe.ts";
import { expect, test } from "../support/test.ts";

for (const state of STATES.filter(({ elsewhere }) => !elsewhere)) {
  test(`${state.name}: open to everybody, and as wide as its window`, async ({ shopper }) => {
    const { page } = shopper;
    await state.open(shopper);
    await expectAccessible(page);
    const height = page.viewportSize()?.height ?? 900;
    for (const width of shopper.traits.phone ? [320, 390] : [768, 1440, 1920]) {
      await page.setViewportSize({ width, height });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(wide, `at ${width}`).toBe(0);
    }
    await expect(page).toHaveTitle(/Tarn & Tallow|Mercer/);
    await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
  });
}
