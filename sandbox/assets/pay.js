// Comfort for the pay page; everything works without it.
const form = document.querySelector("[data-pay]");

if (form) {
  const field = (name) => form.elements.namedItem(name);
  const number = field("number");
  const expiry = field("expiry");
  const digits = (text, most) => text.replace(/\D/g, "").slice(0, most);

  const groupNumber = (text) => {
    const all = digits(text, 19);
    const amex = /^3[47]/.test(all);
    return amex
      ? [all.slice(0, 4), all.slice(4, 10), all.slice(10, 15)].filter(Boolean).join(" ")
      : (all.match(/.{1,4}/g) ?? []).join(" ");
  };

  const groupExpiry = (text) => {
    let all = digits(text, 4);
    if (/^[2-9]/.test(all)) all = `0${all}`.slice(0, 4);
    return all.length > 2 ? `${all.slice(0, 2)} / ${all.slice(2)}` : all;
  };

  // Only while typing at the end: a correction in the middle keeps its place.
  const format = (input, group) =>
    input?.addEventListener("input", (event) => {
      const atEnd = input.selectionStart === input.value.length;
      if (atEnd && event.inputType !== "deleteContentBackward") input.value = group(input.value);
    });
  format(number, groupNumber);
  format(expiry, groupExpiry);

  const fill = (card) => {
    const empty = (name, value) => {
      const input = field(name);
      if (input && !input.value.trim()) input.value = value;
    };
    number.value = card;
    expiry.value = "12 / 34";
    field("cvc").value = "123";
    empty("email", "payer@example.com");
    empty("name", "Sandbox Payer");
    empty("postcode", field("country").value === "US" ? "10001" : "LA1 1AA");
    form.querySelector(".button--pay").focus();
  };

  form.addEventListener("click", (event) => {
    const test = event.target.closest("[data-number]");
    if (test) {
      event.preventDefault();
      fill(test.dataset.number);
    }
  });

  const pay = form.querySelector(".button--pay");
  const label = pay.textContent;
  form.addEventListener("submit", (event) => {
    if (pay.getAttribute("aria-disabled") === "true") event.preventDefault();
    if (event.submitter && event.submitter !== pay) return;
    pay.setAttribute("aria-disabled", "true");
    pay.textContent = "Paying…";
  });
  addEventListener("pageshow", () => {
    pay.removeAttribute("aria-disabled");
    pay.textContent = label;
  });

  // Another way of delivery changes the total, which the server knows.
  form.addEventListener("change", (event) => {
    if (event.target.name !== "shipping_rate") return;
    const update = document.createElement("input");
    Object.assign(update, { type: "hidden", name: "update", value: "shipping" });
    form.append(update);
    HTMLFormElement.prototype.submit.call(form);
  });

  form.querySelector("[aria-invalid]")?.focus();

  // On a phone a long order would push the form away: it can be unfolded.
  const order = document.querySelector(".summary__more");
  if (matchMedia("(max-width: 55.99rem)").matches && order.querySelectorAll("li").length > 3) order.open = false;
}
