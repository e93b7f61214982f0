import { STATES } from "../states.ts";
import { test } from "../support/test.ts";
import { HEIGHTS, file, THEMES } from "./files.ts";

for (const state of STATES) {
  test(state.name, async ({ shopper }) => {
    const { page } = shopper;
    await state.open(shopper);
    // Neither a pointer nor a focus of the way here belongs to the picture.
    await page.mouse.move(0, 0);
    for (const [width, height] of HEIGHTS) {
      await page.setViewportSize({ width, height });
      for (const theme of THEMES) {
        await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
        await page.evaluate(everythingLoaded);
        await page.screenshot({ path: file(state.name, width, theme), fullPage: true, animations: "disabled" });
      }
    }
  });
}

/** Loads what waits to be scrolled to, and every font. */
async function everythingLoaded() {
  const pictures = [...document.images].filter((image) => image.checkVisibility());
  for (const image of pictures) {
    image.loading = "eager";
  }
  await Promise.all(pictures.map((image) => image.decode().catch(() => undefined)));
  await document.fonts.ready;
}
