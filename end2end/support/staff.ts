import { randomBytes } from "node:crypto";
import type { BrowserContext } from "@playwright/test";
import { BASE_URL } from "./addresses.ts";

/** Who runs the demo shop. */
export const WREN = { email: "wren@tarnandtallow.example", password: "candle-house-yard" };

/** One session for all tests of a worker: an account is tried only so often in a minute. */
let session: Promise<string> | undefined;

async function signIn(): Promise<string> {
  const response = await fetch(`${BASE_URL}/admin/sign-in`, {
    method: "POST",
    redirect: "manual",
    headers: { "X-Forwarded-For": ["10", ...randomBytes(3)].join("."), "Sec-Fetch-Site": "same-origin" },
    body: new URLSearchParams({ email: WREN.email, password: WREN.password }),
  });
  const value = /(?:^|[ ,])staff=([^;]+)/.exec(response.headers.getSetCookie().join(", "))?.[1];
  if (!value) {
    throw new Error(`the staff cannot sign in: ${response.status}`);
  }
  return value;
}

/** Lets a browser in as an owner of the shop; `anew` where something is done that only those may do who signed in a moment ago. */
export async function letIn(context: BrowserContext, how: "anew" | "as before" = "as before"): Promise<void> {
  const value = how === "anew" ? signIn() : (session ??= signIn());
  await context.addCookies([{ name: "staff", value: await value, url: BASE_URL }]);
}
