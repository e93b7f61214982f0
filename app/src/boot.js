// The only script that stands in the pages, the same bytes on every one of them: its hash is in the Content-Security-Policy.
// It shows the number of things in the basket, and loads the islands at the first pointer, focus or key. Nothing waits for
// either: links lead and forms post without it. `boot.min.js` is this file without comments and line ends; a test holds that.
((d, w) => {
  // The addresses of the islands' script and wasm, from this script's own data attributes.
  const { js, wasm } = d.currentScript.dataset;

  // The badge reads a cookie that is a hint and no more, so that pages are the same bytes for everybody.
  const badge = () => {
    const count = /(?:^|; )cart_count=(\d+)/.exec(d.cookie)?.[1] | 0;
    for (const el of d.querySelectorAll("[data-cart-count]")) {
      el.textContent = count;
      el.hidden = !count;
    }
  };
  badge();
  // `cart` comes from an island that changed the basket; the others where a page is shown or turned to again.
  for (const type of ["pageshow", "focus", "cart"]) w.addEventListener(type, badge);

  const touches = ["pointerover", "pointerdown", "touchstart", "focusin", "keydown"];
  const start = async () => {
    for (const type of touches) w.removeEventListener(type, start);
    const mod = await import(js);
    await mod.default({ module_or_path: wasm });
    if (d.readyState == "loading") await new Promise((go) => d.addEventListener("DOMContentLoaded", go));
    mod.hydrate();
    // In the order of the document, so that an island comes before those within it; the island around another one's place
    // lends it its context first.
    for (const el of d.querySelectorAll("leptos-island")) {
      el.parentElement.closest("leptos-children")?.$$on_hydrate?.();
      await mod[el.dataset.component](el);
    }
    // From here on the islands answer.
    d.documentElement.dataset.live = "";
  };
  for (const type of touches) w.addEventListener(type, start, { passive: true });
})(document, window);
