// The pictures of a product: uploaded by dropping files, each with its progress and its refusal beside it, and put in order by
// dragging or with the arrow keys. All of it posts to the addresses of the plain forms, and reads the page that they answer with.

const EDGE = 64;
const MAX_BYTES = 25 * 1024 * 1024;
const LOST = "It did not arrive. Please try again.";
const SIGNED_OUT = "You are signed out. Sign in again in another tab, then try again.";

const section = document.querySelector("[data-pictures]");
const list = section.querySelector("[data-shots]");
const told = section.querySelector("[data-told]");
const upload = section.querySelector("[data-upload]");
const form = document.getElementById("pictures-form");
const product = document.getElementById("product");

const shots = () => [...list.children];
const place = (shot) => shot.querySelector("input[name$='-place']");
const idOf = (shot) => place(shot).name.slice(0, -"-place".length);
const words = () => shots().map((shot) => shot.querySelector("input[name$='-alt']"));
const tell = (text) => {
  told.textContent = text;
};

// What the answer to a post is: the editor again, a refusal, the door, or nothing at all.
const read = (page, status, url) => {
  if (new URL(url || "/", location.href).pathname.startsWith("/admin/sign-in")) {
    return { refusal: SIGNED_OUT };
  }
  const refusal = page?.getElementById("picture-error")?.textContent.trim();
  if (refusal) {
    return { refusal };
  }
  return status === 200 && page?.querySelector("[data-shots]") ? { page } : { refusal: LOST };
};

const post = async (body) => {
  try {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(body) });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return read(page, answer.status, answer.url);
  } catch {
    return { refusal: LOST };
  }
};

// Numbers follow the places, wherever they are said; so do the names of the pictures where a variant chooses one.
const renumber = () => {
  const flag = list.querySelector(".flag");
  shots().forEach((shot, at) => {
    const number = at + 1;
    place(shot).value = number;
    shot.querySelector("label").textContent = `What picture ${number} shows`;
    shot.querySelector("[data-grip]").setAttribute("aria-label", `Move picture ${number}`);
    shot.querySelector("button[name=remove] .sr").textContent = ` picture ${number}`;
    if (at === 0 && flag) {
      shot.querySelector("figure").append(flag);
    }
    for (const select of product.querySelectorAll("select[name$='-picture']")) {
      const id = idOf(shot);
      const option = [...select.options].find((known) => known.value === id);
      if (option) {
        option.text = `Picture ${number}`;
      } else {
        select.add(new Option(`Picture ${number}`, id));
      }
    }
  });
};

// Makes a picture one that can be moved.
const decorate = (shot) => {
  const grip = shot.querySelector("[data-grip]");
  grip.hidden = false;
  grip.addEventListener("pointerdown", (event) => drag(event, shot));
  grip.addEventListener("keydown", (event) => step(event, shot));
  shot.querySelector("button[name=up]")?.remove();
};

// The pictures of a page that came: new ones are added, and those that are gone go. What was typed for the others stays.
const merge = (page) => {
  const known = new Map(shots().map((shot) => [idOf(shot), shot]));
  const fresh = [...page.querySelector("[data-shots]").children].map((shot) => {
    const id = idOf(shot);
    if (known.has(id)) {
      return known.get(id);
    }
    const added = document.adoptNode(shot);
    decorate(added);
    return added;
  });
  const flag = page.querySelector("[data-shots] .flag") ?? list.querySelector(".flag");
  list.replaceChildren(...fresh);
  for (const old of list.querySelectorAll(".flag")) {
    old.remove();
  }
  if (flag) {
    list.querySelector("figure")?.append(flag);
  }
  renumber();
};

let saving;
let again = false;

// Saves places and words; what changes while that is on its way is saved after it.
const save = async () => {
  if (saving) {
    again = true;
    return saving;
  }
  saving = (async () => {
    let answer;
    do {
      again = false;
      const sent = words().map((field) => [field, field.value]);
      answer = await post(new FormData(form));
      if (answer.page) {
        for (const [field, value] of sent) {
          field.defaultValue = value;
        }
      }
    } while (again);
    return answer;
  })();
  const answer = await saving;
  saving = undefined;
  document.dispatchEvent(new Event("change"));
  return answer;
};

const saveOrder = async (moved) => {
  renumber();
  const where = () => `Picture ${shots().indexOf(moved) + 1} of ${shots().length}`;
  tell(`${where()}.`);
  const { refusal } = await save();
  tell(refusal ?? `${where()}. The order is saved.`);
  complain(refusal);
};

// What is wrong with the order or the words, for everybody to see.
const complain = (refusal) => {
  section.querySelector("[data-problem]")?.remove();
  if (refusal) {
    const problem = document.createElement("p");
    problem.className = "field__error";
    problem.dataset.problem = "";
    problem.textContent = refusal;
    list.after(problem);
  }
};

const KEYS = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1, Home: -Infinity, End: Infinity };

const step = (event, shot) => {
  const by = KEYS[event.key];
  if (by === undefined) {
    return;
  }
  event.preventDefault();
  const all = shots();
  const at = all.indexOf(shot);
  const to = Math.min(Math.max(at + by, 0), all.length - 1);
  if (to !== at) {
    put(shot, all[to], to > at);
    event.target.focus();
  }
};

const put = (shot, beside, behind) => {
  if (behind) {
    beside.after(shot);
  } else {
    beside.before(shot);
  }
  saveOrder(shot);
};

// A finger or a mouse holds a picture: where it would go is marked, and it goes there when it is let go.
const drag = (start, shot) => {
  if (start.button !== 0) {
    return;
  }
  start.preventDefault();
  start.target.focus();
  shot.dataset.held = "";
  let beside;
  const behind = () => shots().indexOf(beside) > shots().indexOf(shot);
  const over = (event) => {
    // Near the edge of the window the page moves on, under the bars that stay there.
    scrollBy(0, (event.clientY > innerHeight - EDGE) * 16 - (event.clientY < 2 * EDGE) * 16);
    const found = document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-shots] > li");
    if (beside) {
      delete beside.dataset.drop;
    }
    beside = found === shot ? undefined : found;
    if (beside) {
      beside.dataset.drop = behind() ? "behind" : "before";
    }
  };
  const end = (event) => {
    stop.abort();
    delete shot.dataset.held;
    if (beside) {
      delete beside.dataset.drop;
      if (event.type === "pointerup") {
        put(shot, beside, behind());
      }
    }
  };
  const stop = new AbortController();
  const { signal } = stop;
  addEventListener("pointermove", over, { signal });
  addEventListener("pointerup", end, { signal });
  addEventListener("pointercancel", end, { signal });
  addEventListener("keydown", (event) => event.key === "Escape" && end(event), { signal });
};

// One file on its way. The bar fills while it is sent; then the shop makes its sizes of it.
const send = (file, { bar, state }) =>
  new Promise((resolve) => {
    const body = new FormData();
    body.append("picture", file);
    const request = new XMLHttpRequest();
    request.open("POST", document.getElementById("upload-form").action);
    request.responseType = "document";
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      bar.value = loaded / total;
    });
    request.upload.addEventListener("load", () => {
      bar.removeAttribute("value");
      state.textContent = "Being prepared";
    });
    request.addEventListener("loadend", () => resolve(read(request.response, request.status, request.responseURL)));
    request.send(body);
  });

const rowOf = (file) => {
  const row = document.createElement("li");
  const name = document.createElement("span");
  name.textContent = file.name;
  const bar = document.createElement("progress");
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute("aria-label", `${file.name}, sent so far`);
  const state = document.createElement("span");
  state.textContent = "Waiting";
  row.append(name, bar, state);
  upload.querySelector("[data-files]").append(row);
  return { row, bar, state };
};

const take = async (file, shown) => {
  const { row, bar, state } = shown;
  state.textContent = "Sending";
  const tooLarge = file.size > MAX_BYTES && { refusal: "It is larger than 25 MB." };
  const answer = tooLarge || (await send(file, shown));
  bar.remove();
  if (answer.refusal) {
    const before = `${file.name}: `;
    const { refusal } = answer;
    state.textContent = refusal.startsWith(before) ? refusal.slice(before.length) : refusal;
    row.dataset.refused = "";
  } else {
    state.textContent = "Added";
    merge(answer.page);
  }
  return !answer.refusal;
};

let queue = Promise.resolve();
let waiting = 0;

// One after another: a picture is work for the shop, and the first one is to be seen soon.
const takeAll = (files) => {
  const rows = [...files].map((file) => [file, rowOf(file)]);
  waiting += rows.length;
  queue = queue.then(async () => {
    let added = 0;
    for (const [file, row] of rows) {
      added += await take(file, row);
      waiting -= 1;
    }
    const refused = rows.length - added;
    tell(`${added === 1 ? "One picture was" : `${added} pictures were`} added${refused ? `, ${refused} refused` : ""}.`);
  });
};

const startUpload = () => {
  const input = upload.querySelector("input[type=file]");
  const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");
  upload.dataset.live = "";
  for (const plain of upload.querySelectorAll("[data-plain], button")) {
    plain.hidden = true;
  }
  for (const live of upload.querySelectorAll("[data-live]")) {
    live.hidden = false;
  }
  input.addEventListener("change", () => {
    takeAll(input.files);
    input.value = "";
  });
  section.addEventListener("dragover", (event) => {
    if (carriesFiles(event)) {
      event.preventDefault();
      upload.dataset.over = "";
    }
  });
  section.addEventListener("dragleave", (event) => {
    if (!section.contains(event.relatedTarget)) {
      delete upload.dataset.over;
    }
  });
  section.addEventListener("drop", (event) => {
    if (carriesFiles(event)) {
      event.preventDefault();
      delete upload.dataset.over;
      takeAll(event.dataTransfer.files);
    }
  });
  addEventListener("beforeunload", (event) => waiting > 0 && event.preventDefault());
};

// Words are saved, and a picture is taken away, without leaving what else is typed on the page.
const startForms = () => {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { submitter } = event;
    const answer = submitter?.name === "remove" ? await post(new FormData(form, submitter)) : await save();
    if (answer.page && submitter?.name === "remove") {
      merge(answer.page);
      (words()[0] ?? upload.querySelector("input")).focus();
    }
    tell(answer.refusal ?? (submitter?.name === "remove" ? "The picture is taken away." : "The words are saved."));
    complain(answer.refusal);
  });
  product.addEventListener("submit", async (event) => {
    if (words().every((field) => field.value === field.defaultValue)) {
      return;
    }
    event.preventDefault();
    const { submitter } = event;
    const { refusal } = await save();
    complain(refusal);
    if (!refusal) {
      product.requestSubmit(submitter);
    }
  });
};

export function start() {
  if (upload) {
    shots().forEach(decorate);
    startForms();
    startUpload();
  }
}
