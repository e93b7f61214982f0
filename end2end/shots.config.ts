import { defineConfig, devices } from "@playwright/test";
import config from "./playwright.config.ts";

/** Pictures instead of tests: one browser window, which each state is brought to at every width and in both themes. */
export default defineConfig({
  ...config,
  testDir: "shots",
  testMatch: "*.shots.ts",
  timeout: 120_000,
  reporter: [["line"]],
  globalTeardown: "./shots/sheet.ts",
  projects: [{ name: "shots", use: { ...devices["Desktop Chrome"], contextOptions: { reducedMotion: "reduce" }, trace: "off" } }],
});
