import { existsSync, writeFileSync } from "node:fs";
import { STATES } from "../states.ts";
import { FOLDER, HEIGHTS, file, name, THEMES } from "./files.ts";

/** One page with all of the pictures, to look over. */
export default function sheet(): void {
  const rows = STATES.map(({ name: state }) => {
    const pictures = THEMES.flatMap((theme) => HEIGHTS.map(([width]) => ({ theme, width }))).filter(({ theme, width }) =>
      existsSync(file(state, width, theme)),
    );
    const cells = pictures.map(({ theme, width }) => {
      const source = name(state, width, theme);
      return `<a href="${source}"><img src="${source}" alt="${state}, ${width} wide, ${theme}" loading="lazy" width="${width / 4}"></a>`;
    });
    return `<h2 id="${state}">${state}</h2><div>${cells.join("")}</div>`;
  });
  const style = "body{font:1rem system-ui;margin:2rem;background:#888}div{display:flex;gap:1rem;align-items:start;overflow-x:auto}";
  writeFileSync(`${FOLDER}index.html`, `<!doctype html><meta charset="utf-8"><title>Shots</title><style>${style}</style>${rows.join("\n")}\n`);
}
