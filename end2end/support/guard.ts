import type { BrowserContext, ConsoleMessage, Page, Request, Response } from "@playwright/test";
import { BASE_URL } from "./addresses.ts";

/** What no page may ever do: complain, break its own policy, ask for what is not there, or talk to anybody outside. */
export class Guard {
  readonly faults: string[] = [];
  /** Answers that the browser reports as errors, and that are the shop's honest words: a 404 page, a 422 form. */
  readonly #refusals = new Set<string>();

  constructor(context: BrowserContext) {
    context.on("page", (page) => this.#watch(page));
    context.on("request", (request) => this.#request(request));
    context.on("response", (response) => this.#response(response));
    context.on("requestfailed", (request) => this.#failed(request));
    context.on("console", (message) => this.#console(message));
  }

  #watch(page: Page) {
    // A transition between two pages that is left out is told as an error, by the browser and of no script.
    page.on("pageerror", (error) => error.message.startsWith("Transition was") || this.faults.push(`script: ${error.message}`));
    page.on("crash", () => this.faults.push(`crash: ${page.url()}`));
  }

  #request(request: Request) {
    const { protocol, hostname } = new URL(request.url());
    if (protocol.startsWith("http") && hostname !== "127.0.0.1") {
      this.faults.push(`outside: ${request.url()}`);
    }
  }

  #response(response: Response) {
    const request = response.request();
    const ours = request.isNavigationRequest() || new URL(response.url()).pathname.startsWith("/api/");
    const status = response.status();
    if (status >= 400 && status < 500 && ours) {
      this.#refusals.add(response.url());
    } else if (status >= 400) {
      this.faults.push(`${status}: ${request.method()} ${response.url()}`);
    }
  }

  #failed(request: Request) {
    const reason = request.failure()?.errorText ?? "";
    // Left behind when the page was.
    if (reason !== "net::ERR_ABORTED") {
      this.faults.push(`${reason}: ${request.url()}`);
    }
  }

  #console(message: ConsoleMessage) {
    const { url } = message.location();
    const loud = message.type() === "error" || message.type() === "warning";
    const refusal = message.text().startsWith("Failed to load resource") && this.#refusals.has(url);
    if (loud && !refusal && message.page()?.url().startsWith(BASE_URL)) {
      this.faults.push(`console: ${message.text()} (${url})`);
    }
  }
}
