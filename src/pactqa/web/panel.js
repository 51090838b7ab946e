// The second part: the whole essay in a panel beside the questions, on a phone above them.

// ---- the essay panel -----------------------------------------------------------------------

let opener = null;

async function openEssay(essay, paragraph, { push = true, key = "" } = {}) {
  const panel = one("#pq-panel");
  if (!panel) return;
  const slow = setTimeout(() => say("Opening the essay…"), WAIT_BEFORE_SAYING);
  let html;
  try {
    html = await server.open_essay({ essay, paragraph, key });
  } catch {
    say("The essay could not be opened. Try again.");
    return;
  } finally {
    clearTimeout(slow);
  }
  panel.innerHTML = html;
  panel.hidden = false;
  root.classList.add("pq-reading");
  setBackground(narrow.matches);
  const link = `?essay=${encodeURIComponent(essay)}${paragraph ? `&p=${paragraph}` : ""}`;
  if (push) remember(link, "essay", history.state?.pq === "essay");
  const target = one(".pq-target", panel);
  if (target) {
    target.scrollIntoView({ block: "center" });
    target.focus({ preventScroll: true });
  } else {
    one("#pq-panel-title", panel)?.focus();
  }
}

function setBackground(inert) {
  // On a phone the panel covers the page, so what is under it must not be reached.
  all("#pq-head, #pq-main, #pq-ask").forEach((part) => { part.inert = inert; });
  const panel = one("#pq-panel");
  panel?.setAttribute("role", inert ? "dialog" : "complementary");
  if (inert) panel?.setAttribute("aria-modal", "true");
  else panel?.removeAttribute("aria-modal");
}

narrow.addEventListener("change", () => {
  if (root.classList.contains("pq-reading")) setBackground(narrow.matches);
});

function closePanel({ focus = true } = {}) {
  const panel = one("#pq-panel");
  if (!panel || panel.hidden) return;
  panel.hidden = true;
  panel.innerHTML = "";
  root.classList.remove("pq-reading");
  setBackground(false);
  if (focus) {
    const target = opener?.isConnected ? opener : one("#pq-box textarea, #pq-box input");
    target?.focus();
  }
  opener = null;
}

let leaving = false;

function leavePanel() {
  const here = ownLink() === "essay";
  closePanel();
  if (!here) return;
  if (history.state?.pushed) {
    leaving = true; // the address before comes back; the page is there already
    history.back();
  } else {
    history.replaceState({ pq: "question" }, "", addressWith(lastLink()));
  }
}
