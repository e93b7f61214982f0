// The script of the admin's pages. They are whole without it: links lead and forms post. Each thing that it adds is a file of
// its own, and comes only where a page has a use for it. `scripts/dev/build.py` leaves out these comments and puts the files'
// names in, which change with their content.

// What a page may have, and what is added to it.
const parts = [
  ["form[data-guard]", () => import("./guard.js")],
  ["form[data-bulk]", () => import("./bulk.js")],
  ["[data-pictures]", () => import("./pictures.js")],
];
for (const [selector, load] of parts) {
  if (document.querySelector(selector)) {
    load().then((part) => part.start());
  }
}

// The palette comes when it is asked for. Where it cannot come, the page of the search is as good.
const apple = /mac|iphone|ipad/i.test(navigator.platform);
const open = async (from) => {
  try {
    (await import("./palette.js")).open(from, apple);
  } catch {
    location.assign("/admin/search");
  }
};

const plain = (event) => !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);

addEventListener("keydown", (event) => {
  const command = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
  if (command && event.key.toLowerCase() === "k") {
    event.preventDefault();
    open();
  }
});

document.addEventListener("click", (event) => {
  if (plain(event) && event.target.closest("[data-palette]")) {
    event.preventDefault();
    open();
  }
});

// Whoever types into the field beside the navigation goes on in the palette.
document.addEventListener("input", (event) => {
  if (event.target.closest("[data-palette]")) {
    open(event.target);
  }
});

for (const key of document.querySelectorAll("[data-palette-key]")) {
  key.textContent = apple ? "⌘K" : "Ctrl K";
  key.hidden = false;
}
