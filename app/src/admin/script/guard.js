// Forms that somebody works on for a while: what is not saved yet is said, is asked about before the page is left, and is saved
// by Ctrl+S or ⌘S.

const normal = (text) => text.replace(/\r\n?/g, "\n");

// What a field would hold if nobody had touched it: the browser puts dates and numbers into a form of its own.
const original = (field) => {
  const twin = document.createElement("input");
  twin.type = field.type;
  twin.setAttribute("value", field.defaultValue);
  return twin.value;
};

const chosenFirst = (select) => {
  const options = [...select.options];
  const chosen = options.findLastIndex((option) => option.defaultSelected);
  return Math.max(chosen, 0);
};

// Whether a field is other than it came.
const changed = (field) => {
  if (!field.name || field.disabled) {
    return false;
  }
  switch (field.type) {
    case "hidden":
    case "submit":
    case "button":
    case "reset":
    case "fieldset":
      return false;
    case "checkbox":
    case "radio":
      return field.checked !== field.defaultChecked;
    case "select-one":
      return field.selectedIndex !== chosenFirst(field);
    case "file":
      return field.files.length > 0;
    case "textarea":
      return normal(field.value) !== normal(field.defaultValue);
    default:
      return field.value !== original(field);
  }
};

const SENT = "admin-sent";

// The attribute: a field may be called "action", and then hides the property.
const addressOf = (form) => form.getAttribute("action");

// Whether this page is what came back for a form that was sent, and nothing was saved: what was done is always told.
const cameBack = (form) => {
  const sent = sessionStorage.getItem(SENT);
  return sent === addressOf(form) && !document.querySelector(".toast");
};

const saveButton = (form) => [...form.elements].find((field) => field.type === "submit" && !field.name);

// Where it is said: in the bar that saves the form, or beside its button.
const placeFor = (form) => {
  const place = form.id && document.querySelector(`[data-words="${form.id}"]`);
  const button = saveButton(form);
  if (place || !button) {
    return place;
  }
  const made = document.createElement("p");
  made.className = "unsaved";
  made.setAttribute("role", "status");
  button.after(made);
  return made;
};

class Guarded {
  constructor(form) {
    this.form = form;
    this.back = cameBack(form);
    this.place = placeFor(form);
    this.usual = this.place?.textContent ?? "";
  }

  get unsaved() {
    return this.back || [...this.form.elements].some(changed);
  }

  tell() {
    const { unsaved } = this;
    const words = unsaved ? "Unsaved changes" : this.usual;
    if (this.place && this.place.textContent !== words) {
      this.place.textContent = words;
      this.place.toggleAttribute("data-unsaved", unsaved);
    }
  }
}

export function start() {
  const forms = [...document.querySelectorAll("form[data-guard]")].map((form) => new Guarded(form));
  sessionStorage.removeItem(SENT);
  // The form that the page is being left by, or that everything is let go.
  let leaving;

  const look = () => forms.forEach((guarded) => guarded.tell());
  for (const type of ["input", "change"]) {
    document.addEventListener(type, look);
  }
  addEventListener("pageshow", look);
  look();

  document.addEventListener("click", (event) => {
    if (event.target.closest(".save-bar a")) {
      leaving = "nothing is kept";
    }
  });
  // At the window, after everybody else: who sends a form without leaving has said so by then.
  addEventListener("submit", (event) => {
    if (!event.defaultPrevented) {
      leaving = event.target;
      if (forms.some(({ form }) => form === leaving)) {
        sessionStorage.setItem(SENT, addressOf(leaving));
      }
    }
  });
  addEventListener("beforeunload", (event) => {
    const by = leaving;
    leaving = undefined;
    const lost = forms.some((guarded) => guarded.form !== by && guarded.unsaved);
    if (lost && by !== "nothing is kept") {
      event.preventDefault();
    }
  });

  addEventListener("keydown", (event) => {
    const command = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
    if (!command || event.key.toLowerCase() !== "s") {
      return;
    }
    event.preventDefault();
    const here = forms.find(({ form }) => form === document.activeElement?.form);
    const { form } = here ?? forms.find((guarded) => guarded.unsaved) ?? forms[0];
    form.requestSubmit(saveButton(form));
  });
}
