// The whole essay in a panel beside the questions, on a phone above them.

import { leave, linkKind, remember } from "./address.js";
import { forgetPlaces } from "./find.js";
import { all, box, one, root, tellIfSlow, tell, turns } from "./page.js";

const narrow = window.matchMedia("(max-width: 899px)");
let opener = null;

export const isReading = () => root.classList.contains("pq-reading");

export async function openEssay(link, { push = true, from = null, key = "" } = {}) {
  const panel = one("#pq-panel");
  if (!panel) return;
  if (from && !from.closest("#pq-panel")) opener = from;
  const told = tellIfSlow("Opening the essay…");
  try {
    const reply = await fetch(`panel${link}&key=${key}`);
    if (!reply.ok) throw new Error(await reply.text());
    panel.innerHTML = await reply.text();
    told();
  } catch {
    told();
    tell("The essay could not be opened. Try again.");
    return;
  }
  forgetPlaces();
  panel.hidden = false;
  root.classList.add("pq-reading");
  setBackground(narrow.matches);
  if (push) remember(link, "essay", history.state?.pq === "essay");
  const target = one(".pq-target", panel);
  if (target) target.scrollIntoView({ block: "center" });
  else panel.scrollTop = 0;
  (target ?? one("#pq-panel-title", panel)).focus({ preventScroll: Boolean(target) });
}

// Says that the essay was opened for another answer than the one just given.
export function noteNewAnswer(turn) {
  one(".pq-older")?.remove();
  const note = document.createElement("p");
  note.className = "pq-notice pq-older";
  note.textContent = "You opened this before the latest answer. ";
  const place = one(".pq-card a.pq-open", turn)?.cloneNode();
  if (place) {
    place.className = "pq-open";
    place.textContent = "Show the place of its first passage";
    note.append(place);
  }
  one(".pq-panel-head").append(note);
}

// On a phone the panel covers the page, so what is under it must not be reached.
function setBackground(inert) {
  all("#pq-head, #pq-main, #pq-tools, #pq-ask").forEach((part) => { part.inert = inert; });
  const panel = one("#pq-panel");
  panel.setAttribute("role", inert ? "dialog" : "complementary");
  if (inert) panel.setAttribute("aria-modal", "true");
  else panel.removeAttribute("aria-modal");
}

narrow.addEventListener("change", () => {
  if (isReading()) setBackground(narrow.matches);
});

export function closePanel({ focus = true } = {}) {
  const panel = one("#pq-panel");
  if (!panel || panel.hidden) return;
  forgetPlaces();
  panel.hidden = true;
  panel.innerHTML = "";
  root.classList.remove("pq-reading");
  setBackground(false);
  if (focus) (opener?.isConnected ? opener : box())?.focus();
  opener = null;
}

let leaving = false; // the address before comes back, and the page is there already

export function leavePanel() {
  const here = linkKind() === "essay";
  closePanel();
  if (here) leaving = leave(turns().at(-1)?.dataset.link || "");
}

export function hasLeft() {
  const left = leaving;
  leaving = false;
  return left;
}
