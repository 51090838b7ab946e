// The tab "Essays": the list, and asking about one of them.

import { focusBox, setOnly } from "./options.js";
import { GONE, one, tell } from "./page.js";
import { parse } from "./send.js";

const WAIT_FOR_MORE = 300; // milliseconds

const area = () => one("#pq-essays");
let typing = 0;
let asked = 0;

export function startEssays(leave) {
  area().addEventListener("submit", (event) => {
    if (!event.target.matches(".pq-list-form")) return;
    event.preventDefault();
    showFound();
  });
  area().addEventListener("input", ({ target }) => {
    if (!target.matches(".pq-list-form [name=find]")) return;
    clearTimeout(typing);
    typing = setTimeout(showFound, WAIT_FOR_MORE);
  });
  area().addEventListener("change", ({ target }) => {
    if (target.matches(".pq-list-form [name=order]")) showFound();
  });
  area().addEventListener("click", (event) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest("[data-page], [data-about]");
    if (!link) return;
    event.preventDefault();
    if (link.dataset.page) turnTo(link.dataset.page);
    else {
      leave();
      askAbout(link.dataset.about);
    }
  });
}

// The essay is the only one that is asked, until that is changed in the options.
export function askAbout(essay) {
  setOnly([essay]);
  focusBox();
  tell("Only this essay is asked now. To ask others, see the options.");
}

const fields = (form) => (form ? new URLSearchParams(new FormData(form)) : new URLSearchParams(location.search));

async function showFound() {
  clearTimeout(typing);
  await showEssays(fields(one(".pq-list-form", area())));
}

async function turnTo(page) {
  clearTimeout(typing);
  const wanted = fields(one(".pq-list-form", area()));
  wanted.set("page", page);
  await showEssays(wanted);
  const place = one(".pq-listed", area());
  place.scrollIntoView({ block: "start" });
  place.focus({ preventScroll: true });
}

let shown = null;

// Shows the list; without `wanted` as it was, for the essays may have changed.
export async function showEssays(wanted = shown ?? fields(null)) {
  asked += 1;
  const own = asked;
  shown = wanted;
  let html = "";
  try {
    const reply = await fetch(`essays?${wanted}`);
    html = await reply.text();
  } catch {
    tell(GONE);
    return;
  }
  if (own !== asked) return;
  const place = one(".pq-list", area());
  const typed = one(".pq-list-form [name=find]", place);
  const focused = place.contains(document.activeElement) ? placeOf(document.activeElement) : "";
  const part = parse(html);
  const field = one("[name=find]", part);
  // What is being typed stays, with its cursor.
  if (typed && field && focused === "[name=find]") {
    const rest = [...part.children].filter((item) => !item.matches(".pq-list-form"));
    [...place.children].filter((item) => !item.matches(".pq-list-form")).forEach((item) => item.remove());
    const at = [...part.children].findIndex((item) => item.matches(".pq-list-form"));
    typed.form.before(...rest.filter((_, number) => number < at));
    typed.form.after(...rest.filter((_, number) => number >= at));
  } else {
    place.replaceChildren(part);
    if (focused) (one(focused, place) ?? one(".pq-listed", place))?.focus({ preventScroll: true });
  }
}

// Where the same thing stands in the new list.
function placeOf(item) {
  if (item.name) return `[name=${item.name}]`;
  const key = ["edit", "remove", "about"].find((name) => item.dataset[name]);
  return key ? `[data-${key}="${CSS.escape(item.dataset[key])}"]` : ".pq-listed";
}
