import { createHash } from "node:crypto";
import { test as base, expect, type TestInfo } from "@playwright/test";
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
  extraHTTPHeaders: async ({}, use, info) => {
    await use({ "X-Forwarded-For": addressOf(info) });
  },

  guard: [
    async ({ context, forgiven }, use) => {
      const guard = new Guard(context);
      await use(guard);
      expect(guard.faults.filter((fault) => !forgiven?.test(fault))).toEqual([]);
    },
    { auto: true },
  ],

  shopper: async ({ page, javaScriptEnabled, isMobile }, use, info) => {
    const key = keyOf(info).slice(0, 12);
    await use(new Shopper(page, { js: javaScriptEnabled ?? true, phone: isMobile ?? false, email: `e2e-${key}@example.com` }));
  },
});

function keyOf(info: TestInfo): string {
  return createHash("sha256").update(`${info.project.name}/${info.testId}/${info.repeatEachIndex}`).digest("hex");
}

function addressOf(info: TestInfo): string {
  const key = Buffer.from(keyOf(info), "hex");
  return `10.${key[0]}.${key[1]}.${key[2]}`;
}
