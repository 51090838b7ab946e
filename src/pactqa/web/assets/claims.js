// Checks claims: reads a text, proposes its sentences, asks for one claim after the other.

import { showCard } from "./answers.js";
import { only } from "./options.js";
import { all, one, root, say, tell } from "./page.js";
import { parse, send, sendText } from "./send.js";
import {
  addClaim, addQuoting, articleOf, chooseFilter, count, emptySheet, findClaim, nextNumber, noteRemark,
  openSheet, removeClaim, restoreQuoting, restoreSheet, saveSheet, setVerdict,
} from "./sheet.js";
import { forget, read, write } from "./store.js";

const TYPED = "text.txt";
const LONGEST_CLAIM = 2000;
const VERDICT_KEYS = { 1: "supports", 2: "contradicts", 3: "not relevant" };

const box = () => one("#pq-claim-text");
const proposed = () => one(".pq-proposed");
const ticks = () => all(".pq-proposal [name=claim]");
const plural = (number, noun) => `${number} ${number === 1 ? noun : `${noun}s`}`;
let restoring = Promise.resolve();

export function startClaims() {
  const area = one("#pq-claims");
  area.addEventListener("submit", (event) => {
    event.preventDefault();
    if (event.target.matches(".pq-claims-form")) readTyped();
    else if (event.target.matches(".pq-proposal")) {
      checkAll(ticks().filter((tick) => tick.checked).map((tick) => tick.value));
    }
  });
  area.addEventListener("click", ({ target }) => act(target.closest("button")));
  area.addEventListener("change", ({ target }) => {
    if (target.matches("[data-file]")) readFile(target);
    else if (target.matches("[name=claim]")) keepTicks();
  });
  area.addEventListener("input", ({ target }) => {
    if (target === box()) write("sheet-text", target.value);
    else if (target.matches(".pq-remark textarea")) noteRemark(target);
  });
  area.addEventListener("keydown", onKey);
  document.addEventListener("click", ({ target }) => {
    if (target.closest?.("[data-claims=print]")) window.print();
  });
}

// Brings back what this tab had: the text, its sentences with their ticks, and the sheet.
export function restoreClaims() {
  if (!box().value) box().value = read("sheet-text", "");
  const html = read("sheet-proposal", "");
  if (html) {
    propose(html);
    const ticked = read("sheet-ticks", null);
    if (ticked) ticks().forEach((tick, at) => { tick.checked = ticked.includes(at); });
    countTicks();
  }
  restoreQuoting();
  restoring = restoreSheet();
}

// Checks a claim that a link names, unless the sheet has it.
export async function askAbout(claim) {
  box().value = claim;
  await restoring;
  await checkAll([claim]);
}

function onKey(event) {
  const { target, key } = event;
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
  if (key === "Enter" && target === box() && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    target.form.requestSubmit();
  } else if (plain && !target.matches("textarea, input") && target.closest(".pq-evidence")) {
    if (key !== "0" && !VERDICT_KEYS[key]) return;
    const card = target.closest(".pq-evidence");
    const pressed = one("[data-verdict][aria-pressed=true]", card)?.dataset.verdict;
    const wanted = VERDICT_KEYS[key] ?? pressed;
    if (wanted) setVerdict(card, wanted);
    event.preventDefault();
  }
}

function act(button) {
  if (!button) return;
  const { verdict, filter, sheet, tick, claims } = button.dataset;
  if (verdict) setVerdict(button.closest(".pq-evidence"), verdict);
  else if (filter) chooseFilter(filter);
  else if (sheet) saveSheet(sheet);
  else if (tick) tickAll(tick);
  else if (claims === "cancel") cancel();
  else if (claims === "remove") removeClaim(button);
  else if (claims === "unpropose") {
    propose("");
    box().focus();
  } else if (claims === "anew" && emptySheet(button)) {
    propose("");
    box().value = "";
    box().focus();
    tell("This is a new sheet.");
  }
}

function readTyped() {
  const text = box().value.trim();
  if (!/[\p{L}\p{N}]/u.test(text)) tell("Write what is claimed as a sentence.");
  else readText(TYPED, new Blob([text]), text);
}

async function readFile(input) {
  const file = input.files[0];
  input.value = ""; // the same file can be chosen again
  if (!file) return;
  if (input.dataset.file === "sheet") {
    await restoring;
    await openSheet(file, file.name);
    if (count()) one("#pq-sheet-title").focus();
  } else readText(file.name, file);
}

async function readText(name, body, typed = "") {
  const most = Number(one("#pq-claims").dataset.most);
  const html = await sendText("claims/propose", name, body, most);
  if (html === null) return;
  const rows = all("[name=claim]", parse(html));
  const single = typed && rows.length <= 1 && !typed.includes("\n") && typed.length <= LONGEST_CLAIM;
  propose(single ? "" : html);
  if (!single) {
    write("sheet-proposal", html);
    keepTicks();
    one(".pq-proposal legend").scrollIntoView({ block: "start" });
    (one(".pq-proposal .pq-ask") ?? box()).focus({ preventScroll: true });
    say(one(".pq-proposal legend").textContent);
  }
  const quoting = sendText("claims/quotations", name, body).then((found) => {
    if (!found) return;
    const { html, quoted } = JSON.parse(found);
    if (quoted.length || !single) addQuoting(html, quoted);
  });
  if (single) await checkAll([typed]);
  await quoting;
}

function propose(html) {
  if (!html) forget(["sheet-proposal", "sheet-ticks"]);
  proposed().replaceChildren(parse(html));
}

function tickAll(which) {
  ticks().forEach((tick) => {
    tick.checked = which === "all" || (which === "proposed" && "proposed" in tick.dataset);
  });
  keepTicks();
}

function keepTicks() {
  write("sheet-ticks", ticks().flatMap((tick, at) => (tick.checked ? [at] : [])));
  countTicks();
}

function countTicks() {
  const words = plural(ticks().filter((tick) => tick.checked).length, "claim");
  const shown = one(".pq-ticked");
  if (shown) shown.textContent = words;
}

let running = null;

function cancel() {
  running?.abort();
}

// One after the other, so that each is shown when it comes, and the rest can be left.
async function checkAll(list) {
  if (!list.length) {
    tell("Tick at least one sentence.");
    return;
  }
  cancel();
  const own = new AbortController();
  running = own;
  let done = 0;
  let last = null;
  for (const claim of list) {
    showProgress(done, list.length);
    const known = findClaim(claim, only());
    if (known !== null) last = articleOf(known);
    else {
      const added = await checkOne(claim, own.signal);
      if (!added) break;
      last = added;
    }
    done += 1;
  }
  if (running !== own) return;
  running = null;
  one(".pq-progress").hidden = true;
  if (list.length === 1 && last) {
    last.hidden = false;
    showCard(last);
    say(one(".pq-done", last).textContent);
  } else if (done) {
    if (done === list.length) one("#pq-sheet-title").focus();
    tell(done === list.length ? `${plural(done, "claim")} checked.`
      : `Stopped: ${done} of ${list.length} claims are checked. Press Check to go on.`);
  }
}

async function checkOne(claim, signal) {
  const place = `claims/check?number=${nextNumber()}&style=${root.dataset.pqStyle ?? "mla"}`;
  const reply = await send(place, JSON.stringify({ claim, essays: only() }), "application/json", signal);
  if (!reply || signal.aborted) return null;
  const checked = await reply.json();
  return addClaim(checked.html, checked.claim);
}

function showProgress(done, all_) {
  const place = one(".pq-progress");
  place.hidden = false;
  one(".pq-progress-words", place).textContent = `Checking ${done + 1} of ${all_}…`;
  const bar = one("progress", place);
  bar.max = all_;
  bar.value = done;
}
