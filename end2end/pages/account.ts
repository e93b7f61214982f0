import { expect, type Locator } from "@playwright/test";
import { BASE_URL } from "../support/addresses.ts";
import { mailsTo } from "../support/mailbox.ts";
import type { Shopper } from "./shopper.ts";

/** A password that every test takes. */
export const PASSWORD = "kettle-window-otter";

/** `/account` and its door. */
export class Account {
  constructor(private readonly shopper: Shopper) {}

  get main(): Locator {
    return this.shopper.page.getByRole("main");
  }

  field(label: string): Locator {
    return this.main.getByLabel(label, { exact: true });
  }

  button(name: string | RegExp): Locator {
    return this.main.getByRole("button", { name });
  }

  /** Where the link of this kind in the latest mail leads. */
  async link(kind: "confirm" | "reset" | "email"): Promise<string> {
    const start = `${BASE_URL}/account/${kind}/`;
    const find = async () => {
      const texts = (await mailsTo(this.shopper.email)).map((mail) => mail.text ?? "");
      return texts.reverse().find((text) => text.includes(start));
    };
    await expect.poll(find, { message: `a mail with ${start}`, timeout: 30_000 }).toBeTruthy();
    const text = (await find()) ?? "";
    return `/account/${kind}/${text.split(start)[1]?.slice(0, 32)}`;
  }

  /** Fills in the form that opens an account. */
  async signUp(): Promise<void> {
    await this.shopper.visit("/account/sign-up");
    await this.field("Full name").fill("Marian Teasdale");
    await this.field("E-mail").fill(this.shopper.email);
    await this.field("New password").fill(PASSWORD);
    await this.shopper.submit(() => this.button("Open the account").click(), 303);
    await expect(this.main.getByRole("heading", { level: 1 })).toHaveText("Look into your mail");
  }

  /** Opens an account, and is in. */
  async open(): Promise<void> {
    await this.signUp();
    await this.shopper.visit(await this.link("confirm"));
    await this.field("Your password").fill(PASSWORD);
    await this.shopper.submit(() => this.button("Confirm and sign in").click(), 303);
    await expect(this.main).toContainText("Your address is confirmed.");
  }

  async signIn(password = PASSWORD, status = 303): Promise<void> {
    await this.shopper.visit("/account/sign-in");
    await this.field("E-mail").fill(this.shopper.email);
    await this.field("Your password").fill(password);
    await this.shopper.submit(() => this.button("Sign in").click(), status);
  }

  async signOut(): Promise<void> {
    await this.shopper.visit("/account");
    await this.shopper.submit(() => this.button("Sign out").click(), 303);
  }

  /** Keeps an address in the book. */
  async keepAddress(city: string): Promise<void> {
    await this.shopper.visit("/account/addresses/new");
    await this.field("Full name").fill("Marian Teasdale");
    await this.field("Address").fill("14 Stramongate");
    await this.field("Town or city").fill(city);
    await this.field("Postcode").fill("LA9 4BH");
    await this.shopper.submit(() => this.button("Keep it").click(), 303);
  }
}
