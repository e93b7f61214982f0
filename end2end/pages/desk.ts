import { createHmac } from "node:crypto";
import { expect, type Locator, type Page } from "@playwright/test";
import { BASE_URL } from "../support/addresses.ts";
import { mailsTo } from "../support/mailbox.ts";
import { letIn } from "../support/staff.ts";
import type { Shopper } from "./shopper.ts";

/** A password that every test takes. */
const PASSWORD = "lantern-oak-ferry";

const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** The code of an authenticator with this key, so many steps of 30 seconds after the present one. */
function code(key: string, steps: number): string {
  const bits = [...key.replace(/[\s=]/g, "")].map((sign) => BASE32.indexOf(sign).toString(2).padStart(5, "0")).join("");
  const secret = new Uint8Array((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = new DataView(new ArrayBuffer(8));
  counter.setBigUint64(0, BigInt(Math.floor(Date.now() / 30_000) + steps));
  const mac = createHmac("sha1", secret).update(counter).digest();
  return String((mac.readUInt32BE((mac.at(-1) ?? 0) & 15) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** The admin, in the hands of somebody of the staff. */
export class Desk {
  constructor(private readonly shopper: Shopper) {}

  get page(): Page {
    return this.shopper.page;
  }

  get main(): Locator {
    return this.page.getByRole("main");
  }

  field(label: string | RegExp): Locator {
    return this.main.getByLabel(label, { exact: true });
  }

  button(name: string | RegExp): Locator {
    return this.main.getByRole("button", { name, exact: true });
  }

  link(name: string | RegExp): Locator {
    return this.main.getByRole("link", { name, exact: true });
  }

  /** Presses what posts a form. */
  async press(name: string, status = 303): Promise<void> {
    await this.shopper.submit(() => this.button(name).click(), status);
  }

  /** An owner invites somebody, who chooses a password by the link in their mail. */
  async join(name: string, role: string): Promise<void> {
    await letIn(this.page.context(), "anew");
    await this.shopper.visit("/admin/staff");
    const form = this.main.getByRole("region", { name: "Invite somebody" });
    await form.getByLabel("E-mail").fill(this.shopper.email);
    await form.getByLabel("Name").fill(name);
    await form.getByLabel("Role").selectOption({ label: role });
    await this.press("Send an invitation");
    await this.leave();
    await this.shopper.visit(await this.linkInMail());
    await this.field("New password").fill(PASSWORD);
    await this.field("The same again").fill(PASSWORD);
    await this.press("Set it");
  }

  /** Sets up an authenticator; its key. */
  async setUpSecondFactor(): Promise<string> {
    await this.shopper.visit("/admin/me");
    await this.link("Set it up").click();
    const key = (await this.main.locator("code").textContent()) ?? "";
    await this.field("The code it shows").fill(code(key, 0));
    await this.press("Switch it on", 200);
    await expect(this.main.locator(".codes li")).toHaveCount(10);
    await this.link("I have them").click();
    await expect(this.main).toContainText("Besides your password you show a code");
    return key;
  }

  /** Signs in, with a code where there is an authenticator. */
  async signIn(key?: string): Promise<void> {
    await this.shopper.visit("/admin/sign-in");
    await this.field("E-mail").fill(this.shopper.email);
    await this.field("Password").fill(PASSWORD);
    await this.press("Continue");
    if (key) {
      // The present code was taken when it was set up, and no code is taken twice.
      await this.field("Six-digit code").fill(code(key, 1));
      await this.press("Sign in");
    }
    await expect(this.page).toHaveURL(/\/admin$/);
  }

  /** Is somebody whom the admin does not know; what the shop knows of the shopper stays. */
  async leave(): Promise<void> {
    await this.page.context().clearCookies({ name: "staff" });
  }

  /** Finds an order as one would who has a shopper on the phone. */
  async findOrder(number: number): Promise<void> {
    await this.shopper.visit("/admin/search");
    await this.field("Search orders, products and customers").fill(this.shopper.email);
    await this.button("Search").click();
    await this.main.getByRole("link", { name: new RegExp(`${number}`) }).first().click();
    await expect(this.main.getByRole("heading", { level: 1 })).toHaveText(`Order ${number}`);
  }

  private async linkInMail(): Promise<string> {
    const start = `${BASE_URL}/admin/password/`;
    const find = async () => (await mailsTo(this.shopper.email)).map((mail) => mail.text ?? "").find((text) => text.includes(start));
    await expect.poll(find, { message: "an invitation", timeout: 30_000 }).toBeTruthy();
    return `/admin/password/${((await find()) ?? "").split(start)[1]?.slice(0, 32)}`;
  }
}
