// What the page does in the browser beyond Gradio: listens to the visitor, and begins.
//
// The server starts it (see chat.py): `assets` is the version of these files, `rate` sends a verdict.

import { linkKind } from "./address.js";
import * as answers from "./answers.js";
import * as finding from "./find.js";
import * as options from "./options.js";
import { all, box, hush, one, root, tell, turns } from "./page.js";
import { closePanel, hasLeft, isReading, leavePanel, openEssay } from "./panel.js";
import { copyCard, copyLink, save } from "./take.js";
import { isElsewhere, startViews } from "./views.js";

export function start({ assets, rate }) {
  root.lang = "en";
  document.addEventListener("click", (event) => onClick(event, rate));
  document.addEventListener("keydown", onKey);
  document.addEventListener("change", onChange);
  document.addEventListener("input", onInput);
  document.addEventListener("submit", (event) => {
    if (!event.target.matches(".pq-log, .pq-form")) return;
    event.preventDefault();
    if (event.target.matches(".pq-log")) return;
    options.openOptions(false);
    answers.askTyped();
  });
  document.addEventListener("toggle", ({ target }) => {
    if (target.matches?.(".pq-log details.pq-more")) answers.keepMarks();
  }, true);
  window.addEventListener("popstate", () => { if (!hasLeft()) route(); });
  unfoldOnPaper();
  requestAnimationFrame(async () => {
    options.restoreOptions();
    await answers.restore(assets);
    startViews();
    window.pactqa = { greeted: options.restoreOptions };
    const touch = window.matchMedia("(pointer: coarse)").matches;
    if (!touch && !linkKind()) box()?.focus({ preventScroll: true }); // would open a keyboard
    if (linkKind() || turns().length) route();
  });
}

// Shows what the address names.
function route() {
  const kind = linkKind();
  if (kind === "essay") {
    openEssay(location.search, { push: false });
    return;
  }
  closePanel({ focus: false });
  if (kind === "question") answers.showAddress();
  else if (!isElsewhere()) answers.goHome();
}

// On paper every passage stands, whatever is folded on the screen.
function unfoldOnPaper() {
  let folded = [];
  window.addEventListener("beforeprint", () => {
    folded = all(".pq-log details.pq-more:not([open])");
    folded.forEach((item) => { item.open = true; });
  });
  window.addEventListener("afterprint", () => {
    folded.forEach((item) => { item.open = false; });
  });
}

const isPlain = (event) =>
  event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;

function onClick(event, rate) {
  const { target: place } = event;
  if (!place.closest?.("#pq-message")) hush();
  if (options.isOpen() && !place.closest?.("#pq-ask")) options.openOptions(false);
  // A click with the mouse sets and closes; the arrow keys go through the styles one by one.
  if (place.closest?.(".pq-styles label") && event.detail > 0) options.openOptions(false);
  const target = place.closest?.("a, button");
  if (target && isPlain(event) && act(target, rate)) event.preventDefault();
}

function act(target, rate) {
  const link = target.getAttribute("href");
  if (target.matches(".pq-open, .pq-number")) {
    openEssay(link, { from: target, key: target.dataset.key });
  } else if (target.matches("a[data-ask]")) answers.askLink(link);
  else if (target.matches("a[data-card]")) answers.showCard(document.getElementById(link.slice(1)));
  else if (target.matches(".pq-skip")) answers.showTurn(turns().at(-1), true);
  else if (target.matches(".pq-home")) {
    closePanel({ focus: false });
    answers.goHome();
  } else if (target.matches(".pq-new")) {
    closePanel({ focus: false });
    options.openOptions(false);
    answers.startAnew();
  } else if (target.matches(".pq-again button")) askAgain();
  else if (target.matches(".pq-copy")) copyCard(target);
  else if (target.matches(".pq-copy-link")) copyLink(target, target.dataset.link);
  else if (target.matches(".pq-lesson")) copyLesson(target);
  else if (target.matches(".pq-toggle")) options.openOptions(!options.isOpen());
  else if (target.matches(".pq-done-button")) options.openOptions(false, true);
  else if (target.matches(".pq-close")) leavePanel();
  else if (target.matches("[data-find]")) finding.step(Number(target.dataset.find));
  else if (target.matches("[data-save]")) saveAs(target.dataset.save);
  else if (target.matches(".pq-thumb")) {
    const link = answers.askedLink(target.closest(".pq-turn"));
    if (answers.pressThumb(target)) rate(link, target.dataset.verdict);
  } else return false;
  return true;
}

async function saveAs(kind) {
  if (await save(kind)) options.openOptions(false, true);
}

async function copyLesson(button) {
  if (!turns().length) tell("There is no question to link to yet.");
  else if (await copyLink(button, answers.lessonLink())) options.openOptions(false, true);
}

function askAgain() {
  const link = new URLSearchParams(answers.askedLink(turns().at(-1)));
  if (options.only().length) link.set("essays", options.only().join());
  else link.delete("essays");
  options.openOptions(false);
  answers.askLink(`?${link}`);
}

function onKey(event) {
  const finds = event.target.matches?.(".pq-find input");
  if (event.key === "Escape" && options.isOpen()) options.openOptions(false, true);
  else if (event.key === "Escape" && isReading()) leavePanel();
  else if (event.key === "Enter" && !event.shiftKey && !event.isComposing
    && event.target === box()) event.target.form.requestSubmit();
  else if (event.key === "Enter" && finds) finding.step(event.shiftKey ? -1 : 1);
  else return;
  event.preventDefault();
}

function onChange({ target }) {
  if (target.matches?.(".pq-styles input")) options.noteStyle(target);
  else if (target.matches?.("[name=only]")) options.noteOnly(target);
  else if (target.matches?.(".pq-log [name=take]")) answers.keepMarks();
}

function onInput({ target }) {
  if (target.matches?.(".pq-find input")) finding.find(target.value);
}
