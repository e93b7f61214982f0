import { expect } from "@playwright/test";
import { ADMIN_LIVE_STATES } from "./admin-live-states.ts";
import type { Shopper } from "./pages/shopper.ts";
import type { State } from "./states.ts";
import { letIn } from "./support/staff.ts";

/** A page of the admin, in the eyes of an owner. */
function inside(name: string, path: string): State {
  return {
    name: `admin-${name}`,
    async open(shopper) {
      await letIn(shopper.page.context());
      await shopper.visit(path);
    },
  };
}

/** A form of the admin that is refused. */
function refused(name: string, path: string, press: string, fill: (shopper: Shopper) => Promise<void>): State {
  return {
    name: `admin-${name}`,
    async open(shopper) {
      await letIn(shopper.page.context());
      await shopper.visit(path);
      await fill(shopper);
      await shopper.submit(() => shopper.page.getByRole("button", { name: press, exact: true }).click(), 422);
    },
  };
}

/** A page of the admin that a link in the list of another leads to, and is called by. */
function behind(name: string, path: string, link: string): State {
  return {
    name: `admin-${name}`,
    async open(shopper) {
      await letIn(shopper.page.context());
      await shopper.visit(path);
      await shopper.page.getByRole("main").getByRole("link", { name: link, exact: true }).first().click();
      await expect(shopper.page.getByRole("heading", { level: 1 })).toHaveText(link);
    },
  };
}

/** Every kind of page of the admin, and every state that was designed for it. */
export const ADMIN_STATES: State[] = [
  {
    name: "admin-sign-in",
    open: (shopper) => shopper.visit("/admin/sign-in"),
  },
  {
    name: "admin-sign-in-wrong",
    async open(shopper) {
      await shopper.visit("/admin/sign-in");
      await shopper.page.getByLabel("E-mail").fill(shopper.email);
      await shopper.page.getByLabel("Password").fill("not-the-password");
      await shopper.submit(() => shopper.page.getByRole("button", { name: "Continue" }).click(), 422);
      await expect(shopper.page.getByRole("alert")).toContainText("We know no account");
    },
  },
  { name: "admin-forgot", open: (shopper) => shopper.visit("/admin/forgot") },
  { name: "admin-link-over", open: (shopper) => shopper.visit(`/admin/password/${"0".repeat(32)}`) },
  inside("home", "/admin"),
  inside("orders", "/admin/orders"),
  inside("orders-none", "/admin/orders?q=nobody-of-this-name"),
  inside("inventory", "/admin/inventory"),
  inside("stock", "/admin/inventory/RDG-SAG-M"),
  inside("customers", "/admin/customers"),
  inside("search", "/admin/search?q=ridge"),
  inside("search-nothing", "/admin/search?q=zzzzqqqq"),
  inside("me", "/admin/me"),
  inside("second-factor", "/admin/me/second-factor"),
  inside("confirm", "/admin/confirm"),
  inside("staff", "/admin/staff"),
  refused("staff-wrong", "/admin/staff", "Send an invitation", async ({ page }) => {
    await page.getByLabel("E-mail").fill("wren@tarnandtallow.example");
    await page.locator("#name").fill("Somebody");
  }),
  inside("products", "/admin/products"),
  inside("products-low", "/admin/products?stock=low&sort=stock"),
  inside("products-nothing", "/admin/products?q=xylophone"),
  behind("product", "/admin/products?q=ridge+mug", "Ridge Mug"),
  inside("product-new", "/admin/products/new"),
  refused("product-wrong", "/admin/products/new", "Save", async ({ page }) => {
    await page.getByLabel("Subtitle").fill("Without a title");
  }),
  inside("products-table", "/admin/products/table"),
  inside("categories", "/admin/categories"),
  behind("category", "/admin/categories", "Kitchen"),
  inside("brands", "/admin/brands"),
  behind("brand", "/admin/brands", "Harrow Pottery"),
  inside("audit", "/admin/audit"),
  inside("audit-nothing", "/admin/audit?from=2001-01-01&to=2001-01-02"),
  inside("jobs", "/admin/jobs"),
  inside("coupons", "/admin/coupons"),
  refused("coupons-wrong", "/admin/coupons", "Make it", async ({ page }) => {
    await page.getByLabel("Code", { exact: true }).fill("a b");
    await page.getByLabel("Takes off").fill("much");
  }),
  inside("pages", "/admin/pages"),
  inside("page", "/admin/pages/shipping"),
  inside("settings", "/admin/settings"),
  refused("settings-wrong", "/admin/settings", "Save", async ({ page }) => {
    await page.getByLabel("Name", { exact: true }).fill("   ");
  }),
  inside("settings-taxes", "/admin/settings/taxes"),
  refused("settings-taxes-wrong", "/admin/settings/taxes", "Add it", async ({ page }) => {
    await page.getByLabel("What it is called there").fill("VAT");
    await page.getByLabel("Percent").last().fill("many");
  }),
  inside("settings-shipping", "/admin/settings/shipping"),
  inside("settings-zone", "/admin/settings/shipping/new"),
  refused("settings-zone-wrong", "/admin/settings/shipping/new", "Make it", async ({ page }) => {
    await page.getByLabel("Name").fill("   ");
  }),
  inside("settings-mail", "/admin/settings/mail"),
  inside("settings-legal", "/admin/settings/legal"),
  ...ADMIN_LIVE_STATES,
];
