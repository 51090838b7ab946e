// The sheet: claims that were checked, verdicts and remarks. It is kept in this tab only.

import { all, one, root, say, tell } from "./page.js";
import { parse, saveReply, sendJson } from "./send.js";
import { forget, read, write } from "./store.js";

const VERDICTS = ["supports", "contradicts", "not relevant"];
const FOUND = { found: "found", nearby: "nearby", absent: "nothing" };
const SURE_FOR = 8000; // milliseconds in which a second press throws away

const claims = new Map(); // by their number on the page
let next = 1;

const place = () => one(".pq-checked");
export const nextNumber = () => next;
export const count = () => claims.size;
const sameEssays = (some, others) => [...some].sort().join("\n") === [...others].sort().join("\n");
export const findClaim = (words, essays) => [...claims].find(
  ([, claim]) => claim.claim === words && sameEssays(claim.only, essays),
)?.[0] ?? null;
export const articleOf = (number) => document.getElementById(`pq-claim-${number}`);

function keep(number) {
  write(`sheet-claim-${number}`, claims.get(number));
  write("sheet-numbers", [...claims.keys()]);
}

// Adds a claim as the server gave it.
export function addClaim(html, claim) {
  const number = next;
  next += 1;
  claims.set(number, claim);
  place().append(parse(html));
  keep(number);
  showOverview();
  return articleOf(number);
}

export function sheetText(list = [...claims.values()]) {
  const version = Number(one("#pq-claims").dataset.version);
  const quoted = texts.flatMap((text) => text.quoted);
  const style = root.dataset.pqStyle ?? "mla";
  return JSON.stringify({ pactqa_sheet: version, style, claims: list, quoted });
}

// What texts quote belongs to the sheet; of a text that is read again it stands there once.
let texts = [];

export function addQuoting(html, quoted) {
  const added = { html, quoted };
  texts = [...texts.filter((text) => text.quoted.length && text.html !== html), added];
  write("sheet-quoting", texts);
  showQuoting();
}

export function restoreQuoting() {
  texts = read("sheet-quoting", []);
  showQuoting();
}

function showQuoting() {
  one(".pq-texts").replaceChildren(...texts.map(({ html }) => {
    const fold = make("details", "", { class: "pq-more pq-quoting" });
    const content = parse(html);
    const words = one(".pq-done", content);
    const quotes = one(".pq-quoted", content);
    fold.append(
      make("summary", quotes ? `What the text quotes. ${words.textContent}` : words.textContent),
      content,
    );
    words.remove();
    return fold;
  }));
}

// Brings back the sheet of this tab.
export async function restoreSheet() {
  const list = read("sheet-numbers", []).map((number) => read(`sheet-claim-${number}`, null));
  const known = list.filter(Boolean);
  if (known.length) await openSheet(sheetText(known), "the sheet of this tab", true);
}

export async function openSheet(body, name, again = false) {
  const reply = await sendJson(`claims/open?first=${next}&name=${encodeURIComponent(name)}`, body);
  if (!reply) return;
  const opened = await reply.json();
  if (again) forget(["sheet-claim-", "sheet-numbers"]);
  let added = 0;
  opened.claims.forEach((claim, at) => {
    if (findClaim(claim.claim, claim.only) !== null) {
      next += 1; // its number is taken, for the others' stand in their parts of the page
      return;
    }
    addClaim(opened.html[at], claim);
    added += 1;
  });
  if (!again && opened.quoting.quoted.length) addQuoting(opened.quoting.html, opened.quoting.quoted);
  if (opened.notice) tell(opened.notice);
  else if (!again) tell(`Opened: ${added} ${added === 1 ? "claim" : "claims"}.`);
}

export async function saveSheet(kind) {
  const which = one(".pq-which input:checked").value;
  const fields = `style=${root.dataset.pqStyle}&which=${which}`;
  const reply = await sendJson(`claims/sheet/${kind}?${fields}`, sheetText());
  if (reply) await saveReply(reply, `claims.${kind}`);
}

function where(element) {
  const article = element.closest(".pq-claim");
  const number = Number(article.dataset.number);
  const at = element.closest(".pq-evidence")?.dataset.at;
  const claim = claims.get(number);
  return { number, claim, quotation: at === undefined ? null : claim.quotations[Number(at)] };
}

export function setVerdict(card, verdict) {
  const { number, claim, quotation } = where(card);
  quotation.verdict = quotation.verdict === verdict ? null : verdict;
  all("[data-verdict]", card).forEach((button) => {
    button.setAttribute("aria-pressed", String(button.dataset.verdict === quotation.verdict));
  });
  keep(number);
  showOverview();
  const rest = claim.quotations.filter((other) => !other.verdict).length;
  say(`${quotation.verdict ?? "No verdict"}. ${rest} without a verdict.`);
}

export function noteRemark(area) {
  const { number, claim, quotation } = where(area);
  (quotation ?? claim).remark = area.value;
  keep(number);
}

// Asks for a second press where something is lost that a person wrote.
let asked = null;
function isSure(button, words) {
  if (asked === button) {
    asked = null;
    return true;
  }
  asked = button;
  setTimeout(() => { if (asked === button) asked = null; }, SURE_FOR);
  tell(words);
  return false;
}

const isJudged = (claim) => Boolean(
  claim.remark || claim.quotations.some((quotation) => quotation.verdict || quotation.remark),
);

export function removeClaim(button) {
  const { number, claim } = where(button);
  if (isJudged(claim) && !isSure(button, "It has verdicts or remarks. Press again to remove it.")) return;
  const others = all(".pq-claim");
  const at = others.indexOf(articleOf(number));
  articleOf(number).remove();
  claims.delete(number);
  forget([`sheet-claim-${number}`]);
  write("sheet-numbers", [...claims.keys()]);
  showOverview();
  (others[at + 1] ?? others[at - 1] ?? one("#pq-claim-text")).focus();
  say("The claim was removed.");
}

export function emptySheet(button) {
  const judged = [...claims.values()].some(isJudged);
  if (judged && !isSure(button, "Save the sheet to keep it. Press again to throw it away.")) return false;
  claims.clear();
  forget(["sheet-"]);
  restoreQuoting();
  place().replaceChildren();
  showOverview();
  return true;
}

let filter = "all";
const matches = {
  all: () => true,
  open: (claim) => claim.quotations.some((quotation) => !quotation.verdict),
  contradicts: (claim) => claim.quotations.some((quotation) => quotation.verdict === "contradicts"),
  lacking: (claim) => claim.status !== "found",
};

export function chooseFilter(name) {
  filter = name;
  showOverview();
  let shown = 0;
  claims.forEach((claim, number) => {
    const fits = matches[filter](claim);
    articleOf(number).hidden = !fits;
    shown += fits ? 1 : 0;
  });
  all("[data-filter]").forEach((button) => {
    button.setAttribute("aria-pressed", String(button.dataset.filter === filter));
  });
  tell(`${shown} of ${claims.size} ${claims.size === 1 ? "claim" : "claims"}.`);
}

function make(tag, words, attributes = {}) {
  const element = document.createElement(tag);
  element.textContent = words;
  Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
  return element;
}

// How many verdicts of each kind a claim has, and a way to it.
function showOverview() {
  one(".pq-sheet").hidden = !claims.size;
  one(".pq-filters").hidden = claims.size < 2;
  const table = document.createElement("table");
  const heads = ["Claim", "In the essays", ...VERDICTS, "no verdict"];
  const row = document.createElement("tr");
  row.append(...heads.map((words) => make("th", words, { scope: "col" })));
  table.append(document.createElement("thead"), document.createElement("tbody"));
  table.tHead.append(row);
  claims.forEach((claim, number) => {
    const line = document.createElement("tr");
    const head = make("th", "", { scope: "row" });
    const link = make("a", claim.claim, { href: `#pq-claim-${number}`, "data-card": "" });
    head.append(link);
    const counts = [...VERDICTS, null].map((verdict) => claim.quotations
      .filter((quotation) => (quotation.verdict ?? null) === verdict).length);
    const cells = [FOUND[claim.status] ?? claim.status, ...counts];
    line.append(head, ...cells.map((words, at) => make("td", String(words), {
      "data-head": heads[at + 1], ...(words === 0 ? { class: "pq-none" } : {}),
    })));
    table.tBodies[0].append(line);
  });
  one(".pq-overview").replaceChildren(table);
}
