import { expect, test } from "../support/test.ts";

const cards = "main li.product-card";

test("a listing is sorted, and paged to its end and back", { tag: "@plain" }, async ({ shopper }) => {
  const { page } = shopper;
  await shopper.visit("/search?q=stoneware&sort=price-asc");
  const titles = async () => page.locator(`${cards} h3`).allInnerTexts();
  const prices = async () =>
    (await page.locator(`${cards} .price`).allInnerTexts()).map((text) => Number(/£([\d.]+)/.exec(text.replace(",", ""))?.[1]));
  const first = await titles();
  expect(first).toHaveLength(24);
  expect(await prices()).toEqual((await prices()).toSorted((one, other) => one - other));

  await page.getByRole("link", { name: "Next" }).click();
  const second = await titles();
  expect(second.length).toBeGreaterThan(0);
  expect(first.filter((title) => second.includes(title))).toEqual([]);
  await expect(page).toHaveURL(/after=/);

  await page.getByRole("link", { name: "Previous" }).click();
  expect(await titles()).toEqual(first);
});

test("another order is chosen from a menu", { tag: "@plain" }, async ({ shopper }) => {
  const { page } = shopper;
  await shopper.visit("/categories/table");
  await page.getByLabel("Sort by").selectOption("title");
  await page.getByRole("button", { name: "Sort" }).click();
  await expect(page).toHaveURL(/sort=title/);
  const titles = await page.locator(`${cards} h3`).allInnerTexts();
  expect(titles).toEqual(titles.toSorted((one, other) => one.localeCompare(other, "en")));
});

test("a search finds things by what they are called and made of, and by half a word", { tag: "@plain" }, async ({ shopper }) => {
  const { page } = shopper;
  await shopper.visit("/search");
  await page.getByRole("main").getByRole("searchbox").fill("teapot");
  await page.getByRole("main").getByRole("searchbox").press("Enter");
  await expect(page).toHaveURL(/\/search\?q=teapot/);
  await expect(page.locator(cards).filter({ hasText: "Round Teapot" })).toBeVisible();
  for (const [query, title] of [
    ["walnut board", "Round Board with Handle"],
    ["harrow pottery", "Ridge Mug"],
    ["casser", "Iron Casserole"],
    ["skilet", "Iron Skillet"],
  ]) {
    await shopper.visit(`/search?q=${encodeURIComponent(query ?? "")}`);
    await expect(page.locator(cards).filter({ hasText: title ?? "" }).first()).toBeVisible();
  }
});

test("a search that finds nothing leads on", { tag: "@plain" }, async ({ shopper }) => {
  const { page } = shopper;
  await shopper.visit("/search?q=zzzzqqqq");
  await expect(page.locator(cards)).toHaveCount(0);
  await expect(page.getByRole("heading", { name: "Nothing found" })).toBeVisible();
  await expect(page.getByRole("searchbox")).toHaveValue("zzzzqqqq");
  await expect(page.getByRole("main").locator('a[href^="/categories/"]').first()).toBeVisible();
});

test("from the home page to a product over links", { tag: "@plain" }, async ({ shopper }) => {
  const { page } = shopper;
  await shopper.visit("/");
  await page.getByRole("main").locator('a[href="/categories/kitchen"]').first().click();
  await page.getByRole("main").locator('a[href="/categories/kitchen/mugs-cups"]').first().click();
  await page.getByRole("link", { name: "Ridge Mug", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Ridge Mug" })).toBeVisible();
  await page.getByRole("navigation", { name: "Breadcrumbs" }).getByRole("link", { name: /mugs/i }).click();
  await expect(page).toHaveURL("/categories/kitchen/mugs-cups");
});

test("choosing changes price, picture, stock and address; what is never made cannot be chosen", async ({ shopper }) => {
  const { page, product } = shopper;
  await shopper.visit("/products/ridge-mug?variant=RDG-BON-M");
  await shopper.touch();
  await expect(product.price).toContainText("£28.00");
  await expect(page.locator(".gallery .is-lead img")).toHaveAttribute("alt", /bone/i);
  await expect(product.value("Size", /^L/)).toBeDisabled();

  await product.choose("Glaze", "Slate");
  await product.choose("Size", "L");
  await expect(page).toHaveURL(/variant=RDG-SLA-L/);
  await expect(product.price).toContainText("£34.00");
  await expect(product.stock).toContainText("Only 2 left");
  await expect(page.locator(".gallery .is-lead img")).toHaveAttribute("alt", /slate/i);

  await product.choose("Glaze", /Sage/);
  await expect(page).toHaveURL(/variant=RDG-SAG-L/);
  await expect(product.stock).toHaveText("Sold out at the moment");
  await page.reload();
  await expect(product.value("Size", /^L/)).toBeChecked();
});

test("what is not there says so, and leads on", { tag: "@plain" }, async ({ shopper }) => {
  for (const path of ["/nothing", "/products/nothing", "/products/bead-garland", "/categories/nothing", "/pages/nothing", "/orders/nothing"]) {
    await shopper.visit(path, 404);
    await expect(shopper.page.getByRole("main").getByRole("link").first()).toBeVisible();
  }
});
