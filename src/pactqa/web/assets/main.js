// What the page does in the browser beyond Gradio: listens to the visitor, and begins.
//
// The server starts it (see chat.py) with what Gradio gives to the component that holds the log:
// `watch` tells of a new log, `ask` and `rate` send a link and a verdict to the server.

import { linkKind, sameLink } from "./address.js";
import * as answers from "./answers.js";
import { all, begin, one, root, turns } from "./page.js";
import { closePanel, hasLeft, isReading, leavePanel, openEssay } from "./panel.js";
import { chooseStyle, copyCard, save, storedStyle } from "./take.js";

export function start({ watch, ask, rate }) {
  root.lang = "en";
  answers.connect(ask);
  watch("value", answers.logChanged);
  document.addEventListener("click", (event) => onClick(event, rate));
  document.addEventListener("keydown", onKey);
  document.addEventListener("change", onChange);
  document.addEventListener("toggle", answers.noteFold, true);
  window.addEventListener("popstate", () => { if (!hasLeft()) route(); });
  window.addEventListener("beforeprint", () => {
    all("details.pq-more").forEach((item) => { item.open = true; });
  });
  requestAnimationFrame(() => {
    chooseStyle(storedStyle());
    window.pactqa = { done: answers.done };
    if (linkKind()) route();
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
  if (kind !== "question") {
    window.scrollTo({ top: 0 });
    return;
  }
  const turn = turns().findLast((item) => sameLink(item.dataset.link, location.search));
  if (turn) answers.showTurn(turn, true);
  else answers.askLink(location.search, "link");
}

const isPlain = (event) =>
  event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;

function onClick(event, rate) {
  const target = event.target.closest?.("a, button");
  if (!target || !isPlain(event)) return;
  const link = target.getAttribute("href");
  if (target.matches(".pq-open, .pq-number")) {
    openEssay(link, { from: target, key: target.dataset.key });
  } else if (target.matches("a[data-ask]")) answers.askLink(link, "chip");
  else if (target.matches("a[data-card]")) answers.showCard(document.getElementById(link.slice(1)));
  else if (target.matches(".pq-copy")) copyCard(target);
  else if (target.matches(".pq-toggle")) toggleOptions(!isOptionsOpen());
  else if (target.matches(".pq-close")) leavePanel();
  else if (target.matches("[data-save]")) save(target.dataset.save);
  else if (target.matches(".pq-thumb")) {
    rate(Number(target.dataset.turn), target.dataset.verdict);
    answers.noteThumb(target);
  } else {
    if (target.closest("#pq-box")) begin();
    return;
  }
  event.preventDefault();
}

function onKey(event) {
  if (event.key === "Escape" && isReading()) {
    event.preventDefault();
    leavePanel();
  } else if (event.key === "Escape" && isOptionsOpen()) {
    toggleOptions(false);
    one(".pq-toggle").focus();
  } else if (event.key === "Enter" && !event.shiftKey && event.target.closest?.("#pq-box")) {
    if (event.target.value?.trim()) begin();
  }
}

function onChange(event) {
  if (event.target.matches?.("input[name=pq-style]")) chooseStyle(event.target.value);
  if (event.target.closest?.("#pq-only")) setTimeout(answers.countChosen);
}

const isOptionsOpen = () => root.classList.contains("pq-options-open");

function toggleOptions(open) {
  one(".pq-toggle").setAttribute("aria-expanded", String(open));
  root.classList.toggle("pq-options-open", open);
}
