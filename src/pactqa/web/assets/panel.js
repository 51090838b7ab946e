// The whole essay in a panel beside the questions, on a phone above them.

import { leave, linkKind, remember } from "./address.js";
import { all, one, root, say, sayIfSlow, turns } from "./page.js";

const narrow = window.matchMedia("(max-width: 899px)");
let opener = null;

export const isReading = () => root.classList.contains("pq-reading");

export async function openEssay(link, { push = true, from = null, key = "" } = {}) {
  const panel = one("#pq-panel");
  if (!panel) return;
  if (from && !from.closest("#pq-panel")) opener = from;
  const told = sayIfSlow("Opening the essay…");
  try {
    const reply = await fetch(`panel${link}&key=${key}`);
    if (!reply.ok) throw new Error(await reply.text());
    panel.innerHTML = await reply.text();
  } catch {
    say("The essay could not be opened. Try again.");
    return;
  } finally {
    told();
  }
  panel.hidden = false;
  root.classList.add("pq-reading");
  setBackground(narrow.matches);
  if (push) remember(link, "essay", history.state?.pq === "essay");
  const target = one(".pq-target", panel);
  target?.scrollIntoView({ block: "center" });
  (target ?? one("#pq-panel-title", panel)).focus({ preventScroll: Boolean(target) });
}

// On a phone the panel covers the page, so what is under it must not be reached.
function setBackground(inert) {
  all("#pq-head, #pq-main, #pq-ask").forEach((part) => { part.inert = inert; });
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
  panel.hidden = true;
  panel.innerHTML = "";
  root.classList.remove("pq-reading");
  setBackground(false);
  if (focus) (opener?.isConnected ? opener : one("#pq-box :is(textarea, input)"))?.focus();
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
