import { leave } from "./database.ts";
import { plenty } from "./things.ts";

/** Before everything: fills the shelves that all tests take from. */
export default async function stockUp(): Promise<void> {
  for (const { sku } of plenty) {
    await leave(sku, 98);
  }
}
