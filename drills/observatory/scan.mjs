// What MDN's Observatory says of a host: its score, and each thing that costs or misses points. Run by `make drills`.
import { writeFile } from "node:fs/promises";

// The list of hosts that browsers know to be https is fetched when it is installed; no host of a drill is on it.
const list = new URL("node_modules/@mdn/mdn-http-observatory/conf/hsts-preload.json", import.meta.url);
await writeFile(list, "{}", { flag: "wx" }).catch((error) => {
  if (error.code !== "EEXIST") {
    throw error;
  }
});
const { scan } = await import("@mdn/mdn-http-observatory");
const { scan: found, tests } = await scan(process.argv[2]);
const lost = Object.entries(tests).filter(([, test]) => !test.pass || test.scoreModifier < 0);
console.log(JSON.stringify({ score: found.score, grade: found.grade, lost: lost.map(([name, test]) => `${name}: ${test.result}`) }));
