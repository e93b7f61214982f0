// A list whose rows are chosen: all of the page at once, a range with shift, and a bar that says how many and what to do with
// them. What is done is sent in portions, so that one sees how far it is, and what failed is named.

const PORTION = 10;
const SIGNED_OUT = "You are signed out. Sign in again, then choose anew.";

const element = (name, className, text) => {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
};

const products = (count) => (count === 1 ? "One product" : `${count} products`);

class Bulk {
  constructor(form) {
    this.form = form;
    // The attribute: the field that is called "action" hides the property.
    this.address = form.getAttribute("action");
    this.bar = form.querySelector("[data-bar]");
    this.all = form.querySelector("[data-all] input");
    this.count = form.querySelector("[data-count]");
    this.told = form.querySelector("[data-told]");
    this.progress = form.querySelector("progress");
    this.action = form.elements.action;
    this.by = form.elements.by;
    this.busy = false;
    this.last = undefined;
  }

  get boxes() {
    return [...this.form.querySelectorAll('tbody input[name="id"]')];
  }

  get chosen() {
    return this.boxes.filter((box) => box.checked);
  }

  start() {
    // What is said without words from here on is still said to those who do not see it.
    this.form.querySelector("th [data-plain]").remove();
    this.bar.querySelector("[data-plain]").className = "sr";
    for (const live of this.form.querySelectorAll("[data-all], [data-count], [data-every], [data-none]")) {
      live.hidden = false;
    }
    this.bar.className = "bulk bulk--form";
    this.form.addEventListener("click", (event) => this.click(event));
    this.form.addEventListener("change", (event) => this.change(event));
    this.form.addEventListener("submit", (event) => this.submit(event));
    addEventListener("pageshow", () => this.show());
    addEventListener("beforeunload", (event) => this.busy && event.preventDefault());
    this.show();
  }

  click(event) {
    if (event.target.name === "id") {
      this.range(event.target, event.shiftKey);
    } else if (event.target.closest("[data-every]")) {
      this.choose(true);
    } else if (event.target.closest("[data-none]")) {
      this.choose(false);
      this.all.focus();
    }
  }

  // From the row that was ticked last to this one.
  range(box, shift) {
    const { boxes } = this;
    const [from, to] = [boxes.indexOf(this.last), boxes.indexOf(box)].sort((one, other) => one - other);
    if (shift && from >= 0) {
      for (const between of boxes.slice(from, to)) {
        between.checked = box.checked;
      }
    }
    this.last = box;
    this.show();
  }

  choose(checked) {
    for (const box of this.boxes) {
      box.checked = checked;
    }
    this.show();
  }

  change(event) {
    if (event.target === this.all) {
      this.choose(this.all.checked);
    } else {
      this.show();
    }
  }

  show() {
    const { boxes, chosen } = this;
    this.all.checked = chosen.length > 0 && chosen.length === boxes.length;
    this.all.indeterminate = chosen.length > 0 && chosen.length < boxes.length;
    const words = `${chosen.length} chosen`;
    if (this.count.textContent !== words && !this.busy) {
      this.count.textContent = words;
    }
    this.by.hidden = !["percent", "amount"].includes(this.action.value);
    this.bar.hidden = chosen.length === 0 && !this.busy;
  }

  async submit(event) {
    event.preventDefault();
    if (this.busy) {
      return;
    }
    this.begin();
    const outcome = await this.send(this.chosen);
    this.busy = false;
    await this.refresh(outcome.failed);
    this.end(outcome);
  }

  begin() {
    this.busy = true;
    this.told.replaceChildren();
    this.progress.max = this.chosen.length;
    this.progress.value = 0;
    this.progress.hidden = false;
    this.bar.setAttribute("aria-busy", "true");
  }

  // Portion by portion. A refusal is of all of them, so it ends this; what did not arrive is left, and named at the end.
  async send(boxes) {
    const outcome = { changed: 0, failed: [], refusal: "" };
    for (let at = 0; at < boxes.length; at += PORTION) {
      const portion = boxes.slice(at, at + PORTION);
      this.count.textContent = `${at} of ${boxes.length} done`;
      const answer = await this.ask(portion);
      outcome.changed += answer.changed;
      outcome.refusal = answer.refusal;
      if (answer.refusal) {
        outcome.failed.push(...boxes.slice(at).map(titled));
        break;
      }
      if (answer.lost) {
        outcome.failed.push(...portion.map(titled));
      }
      this.progress.value = at + portion.length;
    }
    return outcome;
  }

  async ask(portion) {
    const fields = new URLSearchParams({ action: this.action.value, by: this.by.value });
    for (const box of portion) {
      fields.append("id", box.value);
    }
    try {
      const answer = await fetch(this.address, {
        method: "POST",
        headers: { accept: "application/json" },
        redirect: "manual",
        body: fields,
      });
      if (answer.type === "opaqueredirect") {
        return { changed: 0, refusal: SIGNED_OUT };
      }
      if (!answer.ok && answer.status !== 422) {
        return { changed: 0, lost: true };
      }
      const { changed, errors } = await answer.json();
      return { changed, refusal: errors.join(" ") };
    } catch {
      return { changed: 0, lost: true };
    }
  }

  // The rows as they are now; what failed stays chosen.
  async refresh(failed) {
    const ids = failed.map(({ id }) => id);
    try {
      const answer = await fetch(location.href);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const rows = page.querySelector("form[data-bulk] tbody");
      if (rows) {
        this.form.querySelector("tbody").replaceWith(document.adoptNode(rows));
      }
    } catch {
      // The rows of before are shown on.
    }
    for (const box of this.boxes) {
      box.checked = ids.includes(box.value);
    }
  }

  end({ changed, failed, refusal }) {
    this.progress.hidden = true;
    this.bar.removeAttribute("aria-busy");
    this.show();
    const told = [];
    if (changed > 0) {
      told.push(element("p", "toast", changed === 1 ? "One product was changed." : `${changed} products were changed.`));
    }
    if (refusal) {
      told.push(element("p", "refusal", refusal));
    } else if (failed.length > 0) {
      const names = failed.map(({ title }) => title).join(", ");
      const them = failed.length === 1 ? "it" : "them";
      told.push(element("p", "refusal", `${products(failed.length)} may not have been changed: ${names}. Look at ${them} before you try again.`));
    } else if (changed === 0) {
      told.push(element("p", "toast", "Nothing had to be changed."));
    }
    this.told.replaceChildren(...told);
    if (refusal) {
      this.action.focus();
    } else {
      // The bar may be gone, and the focus with it.
      this.told.tabIndex = -1;
      this.told.focus({ preventScroll: true });
      this.told.scrollIntoView({ block: "center" });
    }
  }
}

const titled = (box) => ({ id: box.value, title: box.closest("tr").querySelector(".c-main a").textContent });

export function start() {
  for (const form of document.querySelectorAll("form[data-bulk]")) {
    new Bulk(form).start();
  }
}
