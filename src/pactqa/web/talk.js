// What the page does in the browser beyond Gradio, first part: saying aloud what happens, the address
// bar, and the questions with their answers.
//
// The parts are joined in the order talk, panel, take, listen (see chat.py) and run once by Gradio, as
// the body of one function with `element`, `trigger`, `server` and `watch` of the component that holds
// the questions and answers. The names of the events that `trigger` gets must stand in quotation
// marks, because that is how Gradio finds them.

const WAIT_BEFORE_SAYING = 300; // milliseconds
const STYLE_KEY = "pactqa-reference-style";
const STYLES = ["mla", "chicago", "apa"];
const OWN_FIELDS = ["q", "essays", "essay", "p"];
const root = document.documentElement;
const narrow = window.matchMedia("(max-width: 899px)");

const one = (selector, within = document) => within.querySelector(selector);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];

// ---- saying what happens -------------------------------------------------------------------

let saying = 0;

function say(words) {
  const status = one("#pq-status");
  if (!status) return;
  status.textContent = ""; // the same words twice are announced twice
  clearTimeout(saying);
  saying = setTimeout(() => { status.textContent = words; }, 60);
}

let waiting = 0;

function begin() {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    root.classList.add("pq-busy");
    say("Looking through the essays…");
  }, WAIT_BEFORE_SAYING);
}

function end() {
  clearTimeout(waiting);
  root.classList.remove("pq-busy");
}

// ---- the address bar -----------------------------------------------------------------------

function addressWith(link) {
  // Fields that are not ours (a forced theme, a host's token) stay as they are.
  const kept = new URLSearchParams(location.search);
  OWN_FIELDS.forEach((name) => kept.delete(name));
  const rest = kept.toString();
  const search = [link.replace(/^\?/, ""), rest].filter(Boolean).join("&");
  return location.pathname + (search ? `?${search}` : "");
}

function ownLink() {
  const fields = new URLSearchParams(location.search);
  if (fields.get("essay")) return "essay";
  return fields.get("q") ? "question" : "";
}

function sameLink(one_, other) {
  const a = new URLSearchParams(one_);
  const b = new URLSearchParams(other);
  return OWN_FIELDS.every((name) => (a.get(name) || "") === (b.get(name) || ""));
}

function remember(link, kind, replace = false) {
  if (sameLink(link, location.search)) replace = true;
  if (replace) {
    history.replaceState({ ...history.state, pq: kind }, "", addressWith(link));
  } else {
    history.pushState({ pq: kind, pushed: true }, "", addressWith(link));
  }
}

function lastLink() {
  return all(".pq-turn", element).at(-1)?.dataset.link || "";
}

function route() {
  const kind = ownLink();
  if (kind === "essay") {
    const fields = new URLSearchParams(location.search);
    openEssay(fields.get("essay"), Number(fields.get("p")) || null, { push: false });
    return;
  }
  closePanel({ focus: false });
  if (kind !== "question") {
    window.scrollTo({ top: 0 });
    return;
  }
  const turn = all(".pq-turn", element).reverse()
    .find((item) => sameLink(item.dataset.link, location.search));
  if (turn) showTurn(turn, true);
  else askLink(location.search, "link");
}

// ---- questions -----------------------------------------------------------------------------

let askedFrom = "box";

function askLink(search, from) {
  askedFrom = from;
  begin();
  trigger("pq_ask", { search });
}

function showTurn(turn, focus) {
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  turn.scrollIntoView({ block: "start", behavior: still ? "auto" : "smooth" });
  if (focus) turn.focus({ preventScroll: true });
}

let shown = 0;

function logChanged() {
  restore();
  const turns = all(".pq-turn", element);
  if (turns.length > shown) {
    const turn = turns.at(-1);
    shown = turns.length;
    end();
    say(turn.dataset.said);
    if (ownLink() !== "essay" || askedFrom !== "link") {
      remember(turn.dataset.link, "question", askedFrom === "link");
    }
    showTurn(turn, askedFrom !== "box");
    if (askedFrom === "box" && window.matchMedia("(pointer: coarse)").matches) {
      document.activeElement?.blur(); // puts the keyboard on the screen away
    }
  }
  shown = turns.length;
  askedFrom = "box";
}

function done() {
  end();
  countChosen();
  const notice = one(":scope .pq-log > .pq-notice", element);
  if (notice) {
    say(notice.dataset.said);
    notice.scrollIntoView({ block: "nearest" });
  }
}

// A new answer renders the log anew; what a visitor opened or pressed before stays so.
const opened = new Set();
const verdicts = new Map();

function restore() {
  all("details.pq-more", element).forEach((item) => {
    if (opened.has(item.closest(".pq-turn").id)) item.open = true;
  });
  all(".pq-thumb", element).forEach((button) => {
    const pressed = verdicts.get(button.dataset.turn) === button.dataset.verdict;
    button.setAttribute("aria-pressed", String(pressed));
  });
}

element.addEventListener("toggle", (event) => {
  const turn = event.target.closest?.(".pq-turn");
  if (!turn || !event.target.matches("details.pq-more")) return;
  if (event.target.open) opened.add(turn.id);
  else opened.delete(turn.id);
}, true);

function showCard(card) {
  const fold = card.closest("details");
  if (fold) fold.open = true;
  card.scrollIntoView({ block: "start" });
  card.focus({ preventScroll: true });
}
