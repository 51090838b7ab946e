// The questions and their answers: what happens when one is asked, answered or shown again.

import { linkKind, remember } from "./address.js";
import { all, begin, end, one, say, turns } from "./page.js";

let askedFrom = "box";
let shown = 0;
let send = () => {};

export function connect(ask) {
  send = ask;
}

export function askLink(search, from) {
  askedFrom = from;
  begin();
  send(search);
}

export function showTurn(turn, focus) {
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  turn.scrollIntoView({ block: "start", behavior: still ? "auto" : "smooth" });
  if (focus) turn.focus({ preventScroll: true });
}

export function showCard(card) {
  const fold = card.closest("details");
  if (fold) fold.open = true;
  card.scrollIntoView({ block: "start" });
  card.focus({ preventScroll: true });
}

export function logChanged() {
  restore();
  const now = turns();
  if (now.length > shown) {
    const turn = now.at(-1);
    end();
    say(turn.dataset.said);
    if (linkKind() !== "essay" || askedFrom !== "link") {
      remember(turn.dataset.link, "question", askedFrom === "link");
    }
    showTurn(turn, askedFrom !== "box");
    if (askedFrom === "box" && window.matchMedia("(pointer: coarse)").matches) {
      document.activeElement?.blur(); // puts the keyboard on the screen away
    }
  }
  shown = now.length;
  askedFrom = "box";
}

export function done() {
  end();
  countChosen();
  const notice = one(".pq-log > .pq-notice");
  if (notice) {
    say(notice.dataset.said);
    notice.scrollIntoView({ block: "nearest" });
  }
}

// A new answer renders the log anew; what a visitor opened or pressed before stays so.
const opened = new Set();
const verdicts = new Map();

function restore() {
  all("#pq-talk details.pq-more").forEach((item) => {
    if (opened.has(item.closest(".pq-turn").id)) item.open = true;
  });
  all("#pq-talk .pq-thumb").forEach((button) => {
    const pressed = verdicts.get(button.dataset.turn) === button.dataset.verdict;
    button.setAttribute("aria-pressed", String(pressed));
  });
}

export function noteFold(event) {
  if (!event.target.matches?.("#pq-talk details.pq-more")) return;
  const { id } = event.target.closest(".pq-turn");
  if (event.target.open) opened.add(id);
  else opened.delete(id);
}

export function noteThumb({ dataset }) {
  verdicts.set(dataset.turn, dataset.verdict);
  restore();
  say("Thank you.");
}

// How many essays are chosen in the options, said on the button that opens them.
export function countChosen() {
  const count = all("#pq-only input:checked").length;
  const words = count ? `: ${count} ${count === 1 ? "essay" : "essays"}` : "";
  const place = one(".pq-chosen");
  if (place && place.textContent !== words) place.textContent = words;
}
