import { expect, test } from "../support/test.ts";
import { crock } from "../support/things.ts";

const PUBLIC = [
  "/",
  "/categories/kitchen",
  "/categories/kitchen/mugs-cups?sort=price-desc",
  "/search?q=oak",
  "/products/ridge-mug",
  "/products/ridge-mug?variant=RDG-BON-M",
  "/pages/about",
  "/nothing",
];

test("public pages are the same bytes for everybody and set no cookie", { tag: "@once" }, async ({ shopper, playwright, baseURL }) => {
  await shopper.add(crock.path);
  const stranger = await playwright.request.newContext({ baseURL: baseURL ?? "" });
  const known = shopper.page.context().request;
  for (const path of PUBLIC) {
    const answers = [await stranger.get(path), await known.get(path)];
    const [one, other] = await Promise.all(answers.map((answer) => answer.text()));
    expect(one, path).toBe(other);
    for (const answer of answers) {
      expect(answer.headers()["set-cookie"], path).toBeUndefined();
      expect(answer.headers()["vary"] ?? "", path).not.toMatch(/cookie/i);
    }
  }
  await stranger.dispose();
});

test("personal pages are kept by nobody", { tag: "@once" }, async ({ shopper, request }) => {
  await shopper.buy(crock.path);
  const order = new URL(shopper.page.url()).pathname;
  for (const path of ["/cart", "/checkout", order, "/orders/find"]) {
    const answer = await request.get(path);
    expect(answer.headers()["cache-control"], path).toBe("private, no-store");
  }
});

test("a campaign's parameters lead to the same page with its own address", { tag: "@once" }, async ({ request }) => {
  const html = await (await request.get("/products/ridge-mug?utm_source=mail&gclid=1")).text();
  expect(html).toMatch(/<link rel="canonical" href="[^"?]+\/products\/ridge-mug"/);
});

test("nothing of the islands is loaded before the first touch", async ({ page }) => {
  const loaded: string[] = [];
  page.on("request", (request) => loaded.push(new URL(request.url()).pathname));
  await page.goto("/products/ridge-mug", { waitUntil: "networkidle" });
  expect(loaded.filter((path) => /\.(js|wasm)$/.test(path))).toEqual([]);
  await page.keyboard.press("Shift");
  await page.locator("html[data-live]").waitFor({ state: "attached" });
  expect(loaded.filter((path) => path.endsWith(".wasm"))).toHaveLength(1);
});

test.describe("where the islands never come", () => {
  test.use({ forgiven: /\.wasm|Failed to fetch/ });

  test("a form posts by itself", async ({ shopper }) => {
    const { page, product } = shopper;
    await page.route("**/*.wasm", (route) => route.abort());
    await shopper.visit(crock.path);
    await product.button.click();
    await expect(page).toHaveURL("/cart");
    await expect(shopper.basket.line(crock.title)).toBeVisible();
  });
});

test.describe("with less motion", () => {
  test.use({ contextOptions: { reducedMotion: "reduce" } });

  test("nothing moves", async ({ shopper }) => {
    await shopper.add(crock.path);
    const moving = await shopper.page.evaluate(() =>
      document
        .getAnimations()
        .filter((animation) => animation.timeline instanceof DocumentTimeline)
        .filter((animation) => Number(animation.effect?.getComputedTiming().endTime) > 10)
        .map((animation) => `${animation.constructor.name} of ${(animation.effect as KeyframeEffect).target?.className}`),
    );
    expect(moving).toEqual([]);
  });
});

test("the first Tab leads over the header", async ({ shopper }) => {
  const { page } = shopper;
  await shopper.visit("/");
  await page.keyboard.press("Tab");
  const skip = page.locator(":focus");
  await expect(skip).toHaveAttribute("href", "#main");
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(page.locator("#main")).toBeFocused();
});
