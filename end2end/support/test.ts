import { randomBytes } from "node:crypto";
import { test as base, expect } from "@playwright/test";
import { Shopper } from "../pages/shopper.ts";
import { Guard } from "./guard.ts";

export { expect };

export interface Options {
  /** Faults that a test is about, which then fail nothing. */
  forgiven: RegExp | undefined;
}

interface Fixtures {
  guard: Guard;
  shopper: Shopper;
}

/** `test` of this suite: every context is guarded, and every test is a shopper of its own. */
export const test = base.extend<Options & Fixtures>({
  forgiven: [undefined, { option: true }],

  // The limits are per client, and all of these come from one machine: each says who it is, as the proxy in front would.
  extraHTTPHeaders: async ({}, use) => {
    await use({ "X-Forwarded-For": ["10", ...randomBytes(3)].join(".") });
  },

  guard: [
    async ({ context, forgiven }, use) => {
      const guard = new Guard(context);
      await use(guard);
      expect(guard.faults.filter((fault) => !forgiven?.test(fault))).toEqual([]);
    },
    { auto: true },
  ],

  shopper: async ({ page, javaScriptEnabled, isMobile }, use) => {
    const email = `e2e-${randomBytes(6).toString("hex")}@example.com`;
    await use(new Shopper(page, { js: javaScriptEnabled ?? true, phone: isMobile ?? false, email }));
  },
});
