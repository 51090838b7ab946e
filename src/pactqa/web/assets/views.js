// The tabs: the questions, and beside them claims, quotations, reasons and the essays.

import { addressWith } from "./address.js";
import { askAbout, restoreClaims, startClaims } from "./claims.js";
import { showEditor, startEditor } from "./editor.js";
import { askAbout as askAboutEssay, showEssays, startEssays } from "./essays.js";
import { all, one, root } from "./page.js";
import { startQuotations } from "./quotations.js";
import { loadReasons } from "./reasons.js";

const views = () => all(".pq-view").map((view) => view.dataset.view);
const opened = new Set();

export const isElsewhere = () => Boolean(root.dataset.pqView);

export function startViews() {
  startClaims();
  startQuotations();
  startEssays(() => goTo(""));
  startEditor();
  document.addEventListener("click", (event) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest?.("a[data-to-view], a[data-claim], a.pq-home");
    if (!link) return;
    event.preventDefault();
    if (link.matches("[data-claim]")) leadToClaim(link.dataset.claim);
    else goTo(link.dataset.toView ?? "");
  });
  window.addEventListener("popstate", showAddressed);
  showAddressed();
}

function showAddressed() {
  const fields = new URLSearchParams(location.search);
  const claim = fields.get("claim")?.trim();
  show(claim ? "claims" : fields.get("view") ?? "");
  if (claim) askAbout(claim);
  const only = fields.get("essays");
  if (only && !fields.get("q") && !fields.get("essay")) askAboutEssay(only);
}

function goTo(view) {
  if (view === (root.dataset.pqView ?? "")) return;
  push(view ? { view } : {});
  show(view);
  window.scrollTo({ top: 0 });
}

function leadToClaim(claim) {
  push({ claim });
  show("claims");
  askAbout(claim);
}

function push(fields) {
  const address = new URL(addressWith(""), location.href);
  ["view", "claim"].forEach((name) => address.searchParams.delete(name));
  Object.entries(fields).forEach(([name, value]) => address.searchParams.set(name, value));
  history.pushState({ pq: "view", pushed: true }, "", address);
}

function show(wanted) {
  const view = views().includes(wanted) ? wanted : "";
  if (view) root.dataset.pqView = view;
  else delete root.dataset.pqView;
  all(".pq-view").forEach((part) => { part.hidden = part.dataset.view !== view; });
  all(".pq-tabs [data-to-view]").forEach((link) => {
    if (link.dataset.toView === view) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  });
  if (view === "essays") showEssays(); // anew each time: they come and go
  if (!view || opened.has(view)) return;
  opened.add(view);
  if (view === "claims") restoreClaims();
  if (view === "reasons") loadReasons(one(".pq-reason-table"));
  if (view === "essays") showEditor();
}
