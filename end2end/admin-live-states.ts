import { expect } from "@playwright/test";
import type { Shopper } from "./pages/shopper.ts";
import type { State } from "./states.ts";
import { letIn } from "./support/staff.ts";

/** A page of the admin, in the eyes of an owner, and what its script makes of it. */
function live(name: string, path: string, act: (shopper: Shopper) => Promise<void>): State {
  return {
    name: `admin-${name}`,
    async open(shopper) {
      await letIn(shopper.page.context());
      await shopper.visit(path);
      await act(shopper);
    },
  };
}

/** States of the admin that only its script can bring about. */
export const ADMIN_LIVE_STATES: State[] = [
  live("palette", "/admin/orders", async ({ page }) => {
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Search or jump to" }).fill("mug");
    await expect(page.getByRole("option", { name: "Ridge Mug" })).toBeVisible();
  }),
  live("products-chosen", "/admin/products?q=mug", async ({ page }) => {
    await page.getByRole("checkbox", { name: "Choose Ridge Mug" }).check();
    await expect(page.getByRole("group", { name: "With those that are chosen" })).toBeVisible();
  }),
  live("product-unsaved", "/admin/products?q=ridge+mug", async ({ page }) => {
    await page.getByRole("main").getByRole("link", { name: "Ridge Mug", exact: true }).first().click();
    await page.getByLabel("Subtitle").pressSequentially("x");
    await expect(page.getByRole("region", { name: "Save" }).getByRole("status")).toHaveText("Unsaved changes");
  }),
];
