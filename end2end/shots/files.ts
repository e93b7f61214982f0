import { fileURLToPath } from "node:url";

export const FOLDER = fileURLToPath(new URL("../../target/shots/", import.meta.url));
export const THEMES = ["light", "dark"] as const;
/** Widths with the heights of their windows. */
export const HEIGHTS = [
  [390, 844],
  [768, 1024],
  [1440, 900],
] as const;

export function file(state: string, width: number, theme: string): string {
  return `${FOLDER}${name(state, width, theme)}`;
}

export function name(state: string, width: number, theme: string): string {
  return `${state}-${width}-${theme}.png`;
}
