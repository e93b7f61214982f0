import { expect } from "@playwright/test";
import { SANDBOX_URL } from "./addresses.ts";

export interface Mail {
  id: number;
  to: string[];
  from: string;
  subject: string;
  text: string | null;
  html: string | null;
}

/** Every mail that came for somebody, the oldest first. */
export async function mailsTo(email: string): Promise<Mail[]> {
  const response = await fetch(`${SANDBOX_URL}/mail.json`);
  const mails = (await response.json()) as Mail[];
  return mails.filter((mail) => mail.to.some((to) => to.toLowerCase() === email.toLowerCase()));
}

/** The one mail that somebody gets, once it is there. */
export async function theMailTo(email: string): Promise<Mail> {
  await expect.poll(async () => (await mailsTo(email)).length, { message: `a mail to ${email}`, timeout: 30_000 }).toBe(1);
  const [mail] = await mailsTo(email);
  return mail as Mail;
}
