// What Lighthouse says, as a phone, of the pages that shoppers come to first. Run by `make lighthouse`.
import { mkdir, writeFile } from "node:fs/promises";
import { launch } from "chrome-launcher";
import lighthouse, { generateReport } from "lighthouse";

const GOAL = 98;
const PAGES = { home: "/", listing: "/categories/kitchen", product: "/products/ridge-mug" };
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const OUT = new URL("../../target/lighthouse/", import.meta.url);

/** What it says of a page. A browser that has just been started sometimes misses how the first page began: then again. */
async function judged(url, options) {
  for (let triesLeft = 3; ; ) {
    const { lhr } = await lighthouse(url, options);
    if (!lhr.runtimeError) {
      return lhr;
    }
    triesLeft -= 1;
    if (triesLeft === 0) {
      throw new Error(`${url} could not be measured: ${lhr.runtimeError.code}`);
    }
  }
}

const chrome = await launch({
  chromePath: process.env.CHROMIUM_PATH,
  chromeFlags: [
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  ],
});
try {
  await mkdir(OUT, { recursive: true });
  let missed = false;
  for (const [name, path] of Object.entries(PAGES)) {
    const options = { port: chrome.port, onlyCategories: CATEGORIES, logLevel: "error" };
    const lhr = await judged(process.env.BASE_URL + path, options);
    await writeFile(new URL(`${name}.html`, OUT), generateReport(lhr, "html"));
    const scores = CATEGORIES.map((category) => Math.round((lhr.categories[category].score ?? 0) * 100));
    console.log(`${name.padEnd(8)} ${CATEGORIES.map((category, index) => `${category} ${scores[index]}`).join("   ")}`);
    const lost = CATEGORIES.flatMap((category) => lhr.categories[category].auditRefs)
      .filter(({ id, weight }) => weight > 0 && (lhr.audits[id].score ?? 1) < 0.9)
      .map(({ id }) => `${id} (${lhr.audits[id].displayValue ?? lhr.audits[id].score})`);
    if (lost.length > 0) {
      console.log(`         ${lost.join(", ")}`);
    }
    missed ||= scores.some((score) => score < GOAL);
  }
  console.log(`\nreports: target/lighthouse/; ${missed ? `a score is below ${GOAL}` : `every score is ${GOAL} or more`}`);
  process.exitCode = missed ? 1 : 0;
} finally {
  chrome.kill();
}
