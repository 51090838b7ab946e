// Looks up quotations, typed or in a file.

import { all, one, say, tell } from "./page.js";
import { parse, sendText } from "./send.js";
import { read, write } from "./store.js";

const TYPED = "typed.txt";
const box = () => one("#pq-quotation-text");

export function startQuotations() {
  const area = one("#pq-quotations");
  box().value = read("quotation-text", "");
  show(read("quotation-found", ""));
  area.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = box().value.trim();
    if (/[\p{L}\p{N}]/u.test(text)) lookUp(TYPED, new Blob([text]));
    else tell("Write the words that are quoted.");
  });
  area.addEventListener("change", ({ target }) => {
    const file = target.files?.[0];
    if (file) lookUp(file.name, file);
    if (target.matches("[data-file]")) target.value = "";
  });
  area.addEventListener("input", ({ target }) => {
    if (target === box()) write("quotation-text", target.value);
  });
  area.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target !== box() || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    event.target.form.requestSubmit();
  });
}

async function lookUp(name, body) {
  const reply = await sendText("claims/quotations", name, body, Number(one("#pq-claims").dataset.most));
  if (reply === null) return;
  const { html } = JSON.parse(reply);
  write("quotation-found", html);
  show(html);
  const found = one(".pq-looked-up .pq-done");
  say(found.textContent);
  all(".pq-looked-up")[0].scrollIntoView({ block: "nearest" });
}

function show(html) {
  one(".pq-looked-up").replaceChildren(parse(html));
}
