// The questions and their answers: asked, added to the log, shown again, kept over a reload.

import { addressWith, linkKind, questionLinks, remember, sameLink } from "./address.js";
import { setOnly, only } from "./options.js";
import { all, box, fetchPatiently, GONE, one, root, say, tell, tellIfSlow, turns } from "./page.js";
import { isReading, noteNewAnswer } from "./panel.js";
import { forget, read, write } from "./store.js";

const SAID_MAX = 24; // what was asked or suggested so long ago may be suggested again
let version = "";
let parts = 0;
let asking = Promise.resolve();

const log = () => one(".pq-log");
export const askedLink = (turn) => one("[name=turn]", turn).value;

// Asks the question of the box, which is left there if it cannot be asked.
export async function askTyped() {
  const question = box().value;
  if (!question.trim()) {
    tell("Ask something in words.");
    return;
  }
  const link = new URLSearchParams([["q", question], ...leaning()]);
  if (only().length) link.set("essays", only().join());
  const turn = (await ask([`?${link}`]))[0];
  if (!turn) return;
  if (box().value === question) box().value = "";
  if (window.matchMedia("(pointer: coarse)").matches) box().blur(); // puts the keyboard away
}

export async function askLink(link) {
  setOnly(new URLSearchParams(link).get("essays")?.split(",") ?? []);
  (await ask([link]))[0]?.focus({ preventScroll: true });
}

// Shows the questions of the address; those that are not on the page are asked.
export async function showAddress() {
  const links = questionLinks(location.search);
  const missing = links.filter((link) => !findTurn(link));
  if (missing.length) {
    setOnly(new URLSearchParams(missing.at(-1)).get("essays")?.split(",") ?? []);
    (await ask(missing, { keepAddress: true }))[0]?.focus({ preventScroll: true });
  } else showTurn(findTurn(links[0]), true);
}

const findTurn = (link) => turns().findLast(
  (turn) => sameLink(link, turn.dataset.link) || sameLink(link, askedLink(turn)),
);

// What a question may lean on: the one before that found something, and what it has shown.
function leaning() {
  const before = turns().filter((turn) => turn.dataset.searched);
  const previous = before.at(-1)?.dataset.searched;
  if (!previous) return [];
  const shown = before.filter((turn) => turn.dataset.searched === previous)
    .flatMap((turn) => all("[name=take]", turn).map((tick) => tick.value));
  return [["previous", previous], ["shown", shown.join()]];
}

// One after another, so that the log has the order in which they were asked.
function ask(links, options = {}) {
  asking = asking.then(() => askNow(links, options), () => askNow(links, options));
  return asking;
}

async function askNow(links, { keepAddress = false }) {
  const done = tellIfSlow("Looking through the essays…");
  const html = await fetchTurns(links);
  done();
  const added = add(html);
  if (!added.length) return added;
  root.classList.remove("pq-home");
  say(added.at(-1).dataset.said);
  if (!keepAddress) remember(added.at(-1).dataset.link, "question", false);
  if (isReading()) noteNewAnswer(added.at(-1));
  showTurn(added[0], false);
  return added;
}

async function fetchTurns(links) {
  const said = turns().flatMap((turn) => [
    one(".pq-question bdi", turn).textContent,
    ...all(".pq-suggestions a", turn).map((link) => link.textContent),
  ]);
  const body = new URLSearchParams([
    ["first", turns().length + 1],
    ...said.slice(-SAID_MAX).map((words) => ["said", words.slice(0, 200)]),
    ...links.map((link) => ["turn", link]),
  ]);
  try {
    const reply = await fetchPatiently("turns", { method: "POST", body });
    const text = await reply.text();
    if (reply.ok) return text;
    return notice(text);
  } catch {
    return notice(GONE);
  }
}

function notice(words) {
  const item = document.createElement("p");
  item.className = "pq-notice";
  item.textContent = words;
  return item.outerHTML;
}

// Adds what the server gave to the log, and keeps it as it came; gives the turns in it.
function add(html, keep = true) {
  const template = document.createElement("template");
  template.innerHTML = html;
  const added = all(".pq-turn", template.content);
  const notices = [...template.content.children].filter((item) => item.matches(".pq-notice"));
  if (notices.length) tell(notices.map((item) => item.textContent).join(" "));
  log().append(...added);
  if (keep && added.length) {
    write(`part-${parts}`, html);
    parts += 1;
    write("log", { version, parts, asked: turns().map(askedLink) });
  }
  return added;
}

// Brings back the conversation of this tab: as it came, or asked anew if that cannot be read.
export async function restore(assets) {
  version = assets;
  const kept = read("log", {});
  const html = Array.from({ length: kept.parts ?? 0 }, (_, at) => read(`part-${at}`, ""));
  if (kept.version === assets && html.every(Boolean)) {
    html.forEach((part) => add(part, false));
    parts = html.length;
  } else if (kept.asked?.length) {
    forget(["part-", "log", "marks"]);
    add(await fetchTurns(kept.asked));
  }
  restoreMarks();
}

export function startAnew() {
  forget(["part-", "log", "marks", "only"]);
  parts = 0;
  log().replaceChildren();
  setOnly([]);
  goHome();
  tell("This is a new conversation.");
  box()?.focus();
}

export function goHome() {
  if (linkKind()) history.pushState({ pq: "home", pushed: true }, "", addressWith(""));
  root.classList.add("pq-home");
  window.scrollTo({ top: 0 });
}

export function lessonLink() {
  return `?${turns().map((turn) => askedLink(turn).slice(1)).join("&")}`;
}

export function showTurn(turn, focus) {
  root.classList.remove("pq-home");
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

// What a visitor opened, selected and pressed stays so over a reload.
export function keepMarks() {
  const fold = ({ id }, at) => `${id} ${at}`;
  write("marks", {
    open: turns().flatMap((turn) => all("details.pq-more", turn)
      .flatMap((item, at) => (item.open ? [fold(turn, at)] : []))),
    ticks: all(".pq-log [name=take]:checked").map((tick) => tick.closest(".pq-card").id),
    pressed: all(".pq-thumb[aria-pressed=true]")
      .map((thumb) => [thumb.closest(".pq-turn").id, thumb.dataset.verdict]),
  });
}

function restoreMarks() {
  const { open = [], ticks = [], pressed = [] } = read("marks", {});
  open.map((place) => place.split(" ")).forEach(([id, at]) => {
    const item = all(`#${id} details.pq-more`)[at];
    if (item) item.open = true;
  });
  ticks.forEach((id) => {
    const tick = one(`#${id} [name=take]`);
    if (tick) tick.checked = true;
  });
  pressed.forEach(([id, verdict]) => {
    one(`#${id} .pq-thumb[data-verdict="${verdict}"]`)?.setAttribute("aria-pressed", "true");
  });
}

// Tells whether it is the first verdict on its answer: only that one counts.
export function pressThumb(thumb) {
  const isFirst = !one(".pq-thumb[aria-pressed=true]", thumb.parentElement);
  if (isFirst) thumb.setAttribute("aria-pressed", "true");
  keepMarks();
  tell(isFirst ? "Thank you." : "Your first verdict on this answer counts.");
  return isFirst;
}
