import { cpus } from "node:os";
import { defineConfig, devices } from "@playwright/test";
import { BASE_URL, CHROMIUM } from "./support/addresses.ts";
import type { Options } from "./support/test.ts";

const desktop = { ...devices["Desktop Chrome"], viewport: { width: 1440, height: 900 } };
const phone = {
  ...devices["Desktop Chrome"],
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
};

/** A test runs on a desktop and on a phone; `@once` keeps it to the desktop, `@plain` runs it without JavaScript as well. */
export default defineConfig<Options>({
  testDir: "tests",
  outputDir: "test-results",
  globalSetup: "./support/stock-up.ts",
  forbidOnly: Boolean(process.env["CI"]),
  fullyParallel: true,
  // A test that fails now and then is a fault, in the test or in the shop.
  retries: 0,
  workers: Math.max(2, Math.floor(cpus().length / 2)),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list"]],
  use: {
    baseURL: BASE_URL,
    locale: "en-GB",
    timezoneId: "Europe/London",
    actionTimeout: 10_000,
    navigationTimeout: 15_000,
    trace: "retain-on-failure",
    launchOptions: CHROMIUM,
  },
  projects: [
    { name: "desktop", use: desktop },
    { name: "phone", use: phone, grepInvert: /@once/ },
    { name: "desktop-plain", use: { ...desktop, javaScriptEnabled: false }, grep: /@plain/ },
    { name: "phone-plain", use: { ...phone, javaScriptEnabled: false }, grep: /@plain/ },
  ],
});
