// What can be set: the essays to ask and the style of the references. It holds at once.

import { all, box, one, root, tell } from "./page.js";
import { read, write } from "./store.js";

let chosen = read("only", []);

export const only = () => chosen;

export function setOnly(ids) {
  chosen = ids;
  write("only", ids);
  all("[data-many]").forEach((place) => offerChosen(place.parentElement));
  all("[name=only]").forEach((input) => { input.checked = ids.includes(input.value); });
  showOnly();
}

// Where there are too many essays to offer all, those chosen are offered, to be left out again.
function offerChosen(fields) {
  for (const id of chosen) {
    const escaped = CSS.escape(id);
    if (one(`[name=only][value="${escaped}"]`, fields)) continue;
    const [label, input, title] = ["label", "input", "bdi"].map((tag) => document.createElement(tag));
    label.className = "pq-tick";
    Object.assign(input, { type: "checkbox", name: "only", value: id });
    title.textContent = one(`.pq-row-of[data-essay="${escaped}"] h3`)?.textContent ?? id;
    label.append(input, " ", title);
    fields.append(label);
  }
}

export const focusBox = () => box()?.focus();

export function noteOnly(input) {
  setOnly(all("[name=only]:checked", input.closest("fieldset")).map(({ value }) => value));
}

// The same choice holds for claims: it stands there, too.
function offerOnly() {
  const fields = one("#pq-only fieldset")?.cloneNode(true);
  const place = one(".pq-where");
  if (!place) return;
  place.hidden = !fields;
  one("fieldset", place)?.remove();
  if (!fields) return;
  one("legend", fields).textContent = "Look only in these essays (none ticked: all)";
  place.append(fields);
}

// How many essays are chosen, said on the button that opens the options.
function showOnly() {
  const count = chosen.length;
  const words = count ? `: ${count} ${count === 1 ? "essay" : "essays"}` : "";
  const place = one(".pq-chosen");
  if (place && place.textContent !== words) place.textContent = words;
  const where = one(".pq-where-chosen");
  if (where) where.textContent = words || ": all";
  const again = one(".pq-again");
  if (again) again.hidden = !one(".pq-log .pq-turn");
}

export const isOpen = () => root.classList.contains("pq-options-open");

export function openOptions(open, focus = false) {
  if (open === isOpen()) return;
  const ticked = all(".pq-log [name=take]:checked").length;
  one(".pq-taking").textContent = ticked
    ? `Saves the ${ticked === 1 ? "one passage" : `${ticked} passages`} that you selected.`
    : "Saves the passages shown open. To choose others, select them first.";
  showOnly();
  one(".pq-toggle").setAttribute("aria-expanded", String(open));
  // What has the focus must not vanish with it, however the options are closed.
  const holdsFocus = one("#pq-options").contains(document.activeElement);
  root.classList.toggle("pq-options-open", open);
  if (!open && (focus || holdsFocus)) one(".pq-toggle").focus();
}

const styleInputs = () => all(".pq-styles input");

export function chooseStyle(style) {
  root.dataset.pqStyle = style;
  styleInputs().forEach((input) => { input.checked = input.value === style; });
  write("style", style);
}

export function noteStyle(input) {
  chooseStyle(input.value);
  tell(`The references are in ${input.parentElement.textContent.trim()}.`);
}

export function restoreOptions() {
  const inputs = all("#pq-take .pq-styles input");
  const kept = read("style", "");
  // Else the one that the server has marked as chosen: PACTQA_STYLE.
  const input = inputs.find(({ value }) => value === kept)
    ?? inputs.find(({ defaultChecked }) => defaultChecked);
  if (input) chooseStyle(input.value);
  offerOnly();
  setOnly(chosen);
}
