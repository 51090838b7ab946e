// What an editor does in the tab "Essays": log in, upload, edit, remove, restore, refresh.

import { showEssays } from "./essays.js";
import { all, GONE, one, say, tell, tellIfSlow } from "./page.js";
import { BYTES_TYPE, JSON_TYPE, parse } from "./send.js";

const LOOK_AGAIN = 700; // milliseconds
const MUST_LOG_IN = 401;
const TAKEN = 409;

const place = () => one(".pq-editor");
const token = () => one(".pq-editing")?.dataset.csrf ?? "";
let watching = false;

export function startEditor() {
  const area = one("#pq-essays");
  if (!place()) return;
  area.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches(".pq-login-form")) logIn(form);
    else if (form.matches(".pq-proposed-essay")) addEssay(form, event.submitter);
    else if (form.matches(".pq-edit-form")) saveEdit(form);
    else return;
    event.preventDefault();
  });
  area.addEventListener("click", ({ target }) => act(target.closest("button")));
  area.addEventListener("change", ({ target }) => {
    if (target.matches("[data-editor=upload]")) upload(target);
  });
}

function act(button) {
  if (!button) return;
  const { editor, edit, remove, restore } = button.dataset;
  if (edit) openEdit(edit);
  else if (remove) removeEssay(button);
  else if (restore) change("editor/restore", { name: restore }, showRemoved);
  else if (editor === "refresh") change("editor/refresh", {});
  else if (editor === "removed") toggleRemoved(button);
  else if (editor === "logout") logOut();
  else if (editor === "discard") discard(button.closest("form"));
  else if (editor === "another-note") addNote(button.form);
  else if (editor === "close-edit") closeEdit();
}

// Shows the form to log in, or what an editor can do.
export async function showEditor({ focus = "" } = {}) {
  if (!place()) return;
  const html = await get("editor");
  if (html === null) return;
  place().replaceChildren(parse(html));
  if (focus) one(focus)?.focus();
  if (token()) followRefresh();
}

async function get(address) {
  try {
    const reply = await fetch(address);
    if (reply.ok) return await reply.text();
    await refuse(reply);
  } catch {
    tell(GONE);
  }
  return null;
}

const fetchAsEditor = (address, body, type) => fetch(address, {
  method: "POST", headers: { "content-type": type, "x-csrf-token": token() }, body,
});

// Gives the reply, or null after it has said what is wrong.
async function post(address, body, { quiet = [] } = {}) {
  const told = tellIfSlow("One moment…");
  try {
    const reply = await fetchAsEditor(address, body, JSON_TYPE);
    told();
    if (reply.ok || quiet.includes(reply.status)) return reply;
    await refuse(reply);
  } catch {
    told();
    tell(GONE);
  }
  return null;
}

async function refuse(reply) {
  tell(await reply.text());
  // The session is over: what was typed stays until the list is loaded anew.
  if (reply.status === MUST_LOG_IN && token()) await showEditor();
}

async function change(address, value, after) {
  const reply = await post(address, JSON.stringify(value));
  if (!reply) return false;
  const { done } = await reply.json();
  if (done) tell(done);
  await after?.();
  followRefresh();
  return true;
}

async function logIn(form) {
  const { name, password } = form;
  const reply = await post("editor/login", JSON.stringify({ name: name.value, password: password.value }));
  if (!reply) {
    password.select();
    return;
  }
  await showEditor({ focus: "#pq-editor-title" });
  await showEssays();
}

async function logOut() {
  if (!await post("editor/logout", "{}")) return;
  await showEditor({ focus: ".pq-login summary" });
  await showEssays();
  tell("You are logged out.");
}

// One after the other, so that each is shown when it comes, and one bad file stops no other.
async function upload(input) {
  const files = [...input.files];
  const most = Number(one(".pq-editing").dataset.most);
  input.value = ""; // the same file can be chosen again
  const bad = one(".pq-unread");
  bad.replaceChildren();
  let good = 0;
  for (const [at, file] of files.entries()) {
    if (files.length > 1) say(`Reading ${at + 1} of ${files.length}: ${file.name}`);
    const why = file.size > most
      ? `${file.name}: the file is larger than the ${most.toLocaleString("en")} bytes that are read.`
      : await propose(file);
    if (why === null) return;
    if (why) {
      const item = document.createElement("li");
      item.textContent = why;
      bad.append(item);
    } else good += 1;
  }
  const first = one(good ? ".pq-proposed-essay h3" : ".pq-unread");
  first?.scrollIntoView({ block: "start" });
  if (good) first?.focus({ preventScroll: true });
  const refused = files.length - good;
  tell(`${good} of ${files.length} ${files.length === 1 ? "file" : "files"} can be added.${
    refused ? ` What is wrong with the ${refused === 1 ? "other" : "others"} stands below.` : ""}`);
}

// Gives "" if it is shown, else why it cannot be added; null if nobody is logged in any more.
async function propose(file) {
  const address = `editor/propose?name=${encodeURIComponent(file.name)}`;
  const told = tellIfSlow(`Reading ${file.name}…`);
  try {
    const reply = await fetchAsEditor(address, file, BYTES_TYPE);
    told();
    const text = await reply.text();
    if (reply.ok) {
      one(".pq-proposals").append(parse(text));
      return "";
    }
    if (reply.status !== MUST_LOG_IN) return text;
    tell(text);
    await showEditor();
    return null;
  } catch {
    told();
    return `${file.name}: could not be sent. Try again.`;
  }
}

const described = (form) => ({
  title: form.elements.title.value, author: form.elements.author.value, year: form.elements.year.value,
});

async function addEssay(form, button) {
  const replace = button?.matches("[data-replace]") ?? false;
  const value = { proposal: form.dataset.proposal, replace, ...described(form) };
  const reply = await post("editor/add", JSON.stringify(value), { quiet: [TAKEN] });
  if (!reply) return;
  if (reply.status === TAKEN) {
    one("[data-replace]", form).hidden = false;
    tell(await reply.text());
    return;
  }
  tell((await reply.json()).done);
  takeAway(form);
  followRefresh();
}

async function discard(form) {
  await post("editor/discard", JSON.stringify({ proposal: form.dataset.proposal }));
  takeAway(form);
}

// What had the focus goes, so it is given to what comes next.
function takeAway(form) {
  const next = form.nextElementSibling ?? form.previousElementSibling;
  form.remove();
  (next ? one("h3", next) : one("#pq-editor-title"))?.focus();
}

async function openEdit(essay) {
  const html = await get(`editor/essay?id=${encodeURIComponent(essay)}`);
  if (html === null) return;
  one(".pq-edit-place").replaceChildren(parse(html));
  const title = one("#pq-edit-title");
  title.scrollIntoView({ block: "start" });
  title.focus({ preventScroll: true });
}

function closeEdit() {
  const { essay } = one(".pq-edit-form").dataset;
  one(".pq-edit-place").replaceChildren();
  (one(`[data-edit="${CSS.escape(essay)}"]`) ?? one("#pq-editor-title")).focus();
}

function addNote(form) {
  const rows = all(".pq-note-row", form);
  const row = rows.at(-1).cloneNode(true);
  row.setAttribute("aria-label", `Note ${rows.length + 1}`);
  all("textarea", row).forEach((field) => { field.value = ""; });
  rows.at(-1).after(row);
  one("textarea", row).focus();
}

async function saveEdit(form) {
  const notes = all(".pq-note-row", form).map((row) => ({
    quote: one("[name=quote]", row).value, note: one("[name=note]", row).value,
  }));
  const value = { essay: form.dataset.essay, notes, ...described(form) };
  if (await change("editor/edit", value)) closeEdit();
}

// Asked once more on the button itself: the second click removes.
async function removeEssay(button) {
  if (!button.dataset.sure) {
    button.dataset.sure = "yes";
    button.dataset.words = button.innerHTML;
    button.firstChild.textContent = "Really remove";
    setTimeout(() => {
      delete button.dataset.sure;
      if (button.isConnected) button.firstChild.textContent = "Remove";
    }, 5000);
    say("Press again to remove the essay. It can be restored.");
    return;
  }
  if (await change("editor/remove", { essay: button.dataset.remove })) one("#pq-editor-title").focus();
}

async function toggleRemoved(button) {
  const list = one("#pq-removed");
  list.hidden = !list.hidden;
  button.setAttribute("aria-expanded", String(!list.hidden));
  if (!list.hidden) await showRemoved();
}

async function showRemoved() {
  const list = one("#pq-removed");
  if (list.hidden) return;
  const html = await get("editor/removed");
  if (html === null) return;
  const focused = list.contains(document.activeElement);
  list.replaceChildren(parse(html));
  if (focused) one("[data-editor=removed]").focus();
}

// Shows how far a refresh is until it ends, and then the list as it is now.
async function followRefresh() {
  if (watching) return;
  watching = true;
  let had = false;
  try {
    for (;;) {
      const reply = await fetch("editor/refresh");
      if (!reply.ok) return;
      const { running, number, html } = await reply.json();
      showRefresh(html);
      had ||= running || number !== seen;
      seen = number;
      if (!running) break;
      await new Promise((done) => { setTimeout(done, LOOK_AGAIN); });
    }
  } catch {
    tell(GONE);
  } finally {
    watching = false;
  }
  if (had) {
    await showEssays();
    await showRemoved();
  }
}

let seen = 0;

// Changed only where it says something else, since it is read aloud.
function showRefresh(html) {
  const there = one(".pq-refreshing");
  if (there && there.dataset.html !== html) {
    there.dataset.html = html;
    there.replaceChildren(parse(html));
  }
}
