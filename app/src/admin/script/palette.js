// The palette: where to go and what there is, found while one types. The dialog stands in the page (`palette.rs`); the parts of
// the admin are in it, and orders, products and customers are asked for. The focus stays in the field, which names the line that
// Enter opens.

// How long somebody has to pause before the shop is asked.
const PAUSE = 120;
const KINDS = ["orders", "products", "customers"];

const dialog = document.getElementById("palette");
const field = dialog.querySelector("input");
const list = dialog.querySelector("[role=listbox]");
const told = dialog.querySelector("[data-told]");
const everything = list.querySelector("[data-all]");
const fixed = [...list.querySelectorAll("[role=option]:not([data-all])")].map((line) => ({
  line,
  words: line.querySelector("span"),
  text: line.textContent,
}));

let waiting;
let asking;
// Whether the line was chosen by a person: then it stays, whatever else is found.
let moved = false;

const typed = () => field.value.trim();
const shown = () => [...list.querySelectorAll("[role=option]")].filter((line) => line.checkVisibility());
const chosen = () => list.querySelector("[aria-selected=true]");

// Puts a text into an element, with what was typed marked in it.
const mark = (place, text, words) => {
  const parts = [];
  let rest = text;
  for (;;) {
    const found = words.map((word) => [rest.toLowerCase().indexOf(word), word.length]).filter(([at]) => at >= 0);
    const [at, length] = found.sort(([one], [other]) => one - other)[0] ?? [-1];
    // Where small letters are longer than great ones, nothing is marked.
    if (at < 0 || rest.toLowerCase().length !== rest.length) {
      break;
    }
    const marked = document.createElement("mark");
    marked.textContent = rest.slice(at, at + length);
    parts.push(rest.slice(0, at), marked);
    rest = rest.slice(at + length);
  }
  place.replaceChildren(...parts, rest);
};

const wordsOf = (text) => text.toLowerCase().split(/\s+/).filter(Boolean);

const choose = (line) => {
  chosen()?.setAttribute("aria-selected", "false");
  if (line) {
    line.setAttribute("aria-selected", "true");
    line.scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", line.id);
  } else {
    field.removeAttribute("aria-activedescendant");
  }
};

// Groups without lines go, each line has a name, and one of them is chosen.
const settle = () => {
  for (const group of list.querySelectorAll("[role=group]")) {
    group.hidden = ![...group.querySelectorAll("[role=option]")].some((line) => !line.hidden);
  }
  const lines = shown();
  lines.forEach((line, at) => {
    line.id = `palette-line-${at}`;
  });
  const kept = moved && lines.includes(chosen()) ? chosen() : lines[0];
  choose(kept);
};

// The lines that are always there, as far as they fit.
const filter = () => {
  const words = wordsOf(typed());
  for (const { line, words: place, text } of fixed) {
    const lower = text.toLowerCase();
    line.hidden = !words.every((word) => lower.includes(word));
    mark(place, text, words);
  }
  const label = typed() ? `Search the whole shop for “${typed()}”` : "Search the whole shop";
  everything.querySelector("span").textContent = label;
  everything.href = typed() ? `/admin/search?q=${encodeURIComponent(typed())}` : "/admin/search";
};

const lineOf = (group, hit, words) => {
  const line = document.createElement("a");
  line.setAttribute("role", "option");
  line.setAttribute("aria-selected", "false");
  line.tabIndex = -1;
  line.href = hit.href;
  const title = document.createElement("span");
  mark(title, hit.title, words);
  const beside = document.createElement("span");
  beside.className = "soft tiny";
  beside.textContent = hit.beside;
  line.append(group.querySelector("template").content.cloneNode(true), title, beside);
  return line;
};

const show = (hits) => {
  const words = wordsOf(typed());
  let count = 0;
  for (const kind of KINDS) {
    const group = list.querySelector(`[data-kind="${kind}"]`);
    for (const line of group.querySelectorAll("[role=option]")) {
      line.remove();
    }
    group.append(...hits[kind].map((hit) => lineOf(group, hit, words)));
    count += hits[kind].length;
  }
  settle();
  return count;
};

const NOTHING = { orders: [], products: [], customers: [] };

const ask = async () => {
  asking?.abort();
  asking = new AbortController();
  const { signal } = asking;
  try {
    const answer = await fetch(`/admin/search.json?q=${encodeURIComponent(typed())}`, { signal, redirect: "error" });
    const hits = answer.ok ? await answer.json() : NOTHING;
    if (!signal.aborted) {
      const count = show(hits);
      told.textContent = count === 1 ? "One thing was found." : `${count || "No"} things were found.`;
      delete list.dataset.busy;
    }
  } catch {
    // Another word was typed, or the shop does not answer: the line that leads to the search stays.
    if (!signal.aborted) {
      show(NOTHING);
      delete list.dataset.busy;
    }
  }
};

const change = () => {
  clearTimeout(waiting);
  asking?.abort();
  moved = false;
  filter();
  if (typed()) {
    list.dataset.busy = "";
    waiting = setTimeout(ask, PAUSE);
    settle();
  } else {
    delete list.dataset.busy;
    show(NOTHING);
  }
};

const move = (by) => {
  const lines = shown();
  const at = lines.indexOf(chosen());
  moved = true;
  choose(lines[(at + by + lines.length) % lines.length]);
};

const keys = {
  ArrowDown: () => move(1),
  ArrowUp: () => move(-1),
  Enter: (event) => {
    const line = chosen();
    if (line && (event.ctrlKey || event.metaKey)) {
      window.open(line.href, "_blank", "noopener");
    } else {
      line?.click();
    }
  },
};

field.addEventListener("input", change);
dialog.addEventListener("keydown", (event) => {
  const answer = keys[event.key];
  if (answer && event.target === field && !event.isComposing) {
    event.preventDefault();
    answer(event);
  }
});
list.addEventListener("pointermove", (event) => {
  const line = event.target.closest("[role=option]");
  if (line && line !== chosen()) {
    moved = true;
    choose(line);
  }
});
dialog.addEventListener("click", (event) => {
  // A click on the dialog itself is one beside what is in it.
  if (event.target === dialog || event.target.closest("[data-close]")) {
    dialog.close();
  }
});
dialog.addEventListener("close", () => {
  clearTimeout(waiting);
  asking?.abort();
});

/** Opens it with what was typed into another field so far; a second time closes it. The browser gives the focus back then. */
export function open(from, apple) {
  const text = from?.value ?? "";
  if (from) {
    from.value = "";
  }
  if (dialog.open && text) {
    // What came while it was being opened.
    field.value += text;
    change();
    return;
  }
  if (dialog.open) {
    if (!from) {
      dialog.close();
    }
    return;
  }
  if (apple) {
    dialog.querySelector("[data-mod]").textContent = "⌘";
  }
  field.value = text;
  dialog.showModal();
  field.focus();
  change();
}
