import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, type Locator, type Page } from "@playwright/test";
import { BASE_URL } from "../support/addresses.ts";
import { letIn } from "../support/staff.ts";

/** A file of the demo's pictures, under a name of its own. */
export function demoPicture(file: string): { name: string; mimeType: string; buffer: Buffer } {
  const path = new URL(`../../demo/pictures/${file}`, import.meta.url);
  return { name: file, mimeType: "image/webp", buffer: readFileSync(path) };
}

/** The admin, in the hands of an owner, with products of this test's own. */
export class BackOffice {
  /** Stands in the titles of this test's products, and in no other. */
  readonly word = `probe${randomBytes(4).toString("hex")}`;

  constructor(readonly page: Page) {}

  async enter(): Promise<void> {
    await letIn(this.page.context());
  }

  get main(): Locator {
    return this.page.getByRole("main");
  }

  get palette(): Locator {
    return this.page.getByRole("dialog", { name: "Search or jump to" });
  }

  get options(): Locator {
    return this.palette.getByRole("option");
  }

  /** Makes a draft, as the form of the editor would; the address of its editor. */
  async draft(name: string): Promise<string> {
    const title = `${name} ${this.word}`;
    const sku = `${this.word}-${name.replace(" ", "-")}`;
    const answer = await this.page.request.post("/admin/products/new", {
      form: { title, status: "draft", "variant-0-made": "on", "variant-0-sku": sku, "variant-0-price": "10.00" },
      headers: { "Sec-Fetch-Site": "same-origin" },
      maxRedirects: 0,
    });
    expect(answer.status()).toBe(303);
    return new URL(answer.headers()["location"] ?? "", BASE_URL).pathname;
  }

  /** Several of them. */
  async drafts(count: number): Promise<void> {
    for (let number = 1; number <= count; number += 1) {
      await this.draft(`Thing ${number}`);
    }
  }

  /** Opens the palette by the key, wherever the focus is. */
  async summon(): Promise<void> {
    await this.page.keyboard.press("Control+k");
    await expect(this.palette).toBeVisible();
  }
}
