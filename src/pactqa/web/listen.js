// The last part: listens to the visitor, and begins.

// ---- listening -------------------------------------------------------------------------------

function plainClick(event) {
  return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
}

function onClick(event) {
  const target = event.target.closest?.("a, button");
  if (!target || !plainClick(event)) return;
  if (target.matches(".pq-copy")) copyCard(target);
  else if (target.matches(".pq-toggle")) {
    toggleOptions(target.getAttribute("aria-expanded") !== "true");
  } else if (target.matches(".pq-close")) leavePanel();
  else if (target.matches(".pq-thumb")) {
    verdicts.set(target.dataset.turn, target.dataset.verdict);
    restore();
    trigger("pq_thumb", { turn: Number(target.dataset.turn), verdict: target.dataset.verdict });
    say("Thank you.");
  } else if (target.matches("[data-save]")) {
    begin();
    trigger("pq_export", { format: target.dataset.save, style: chosenStyle() });
  } else if (target.matches("a.pq-open, a.pq-number")) {
    event.preventDefault();
    const fields = new URLSearchParams(target.getAttribute("href"));
    if (!target.closest("#pq-panel")) opener = target;
    openEssay(fields.get("essay"), Number(fields.get("p")) || null, { key: target.dataset.key });
  } else if (target.matches("a[data-ask]")) {
    event.preventDefault();
    askLink(target.getAttribute("href"), "chip");
  } else if (target.matches("a[data-card]")) {
    event.preventDefault();
    const card = document.getElementById(target.getAttribute("href").slice(1));
    if (card) showCard(card);
  } else if (target.closest("#pq-box")) begin();
}

function onKey(event) {
  if (event.key === "Escape" && root.classList.contains("pq-reading")) {
    event.preventDefault();
    leavePanel();
  } else if (event.key === "Escape" && root.classList.contains("pq-options-open")) {
    toggleOptions(false);
    one(".pq-toggle")?.focus();
  } else if (event.key === "Enter" && !event.shiftKey && event.target.closest?.("#pq-box")) {
    if (event.target.value?.trim()) begin();
  }
}

document.addEventListener("click", onClick);
document.addEventListener("keydown", onKey);
document.addEventListener("change", (event) => {
  if (event.target.matches?.("input[name=pq-style]")) chooseStyle(event.target.value);
  if (event.target.closest?.("#pq-only")) setTimeout(countChosen);
});
window.addEventListener("popstate", () => {
  if (leaving) leaving = false;
  else route();
});
window.addEventListener("beforeprint", () => {
  all("details.pq-more").forEach((item) => { item.open = true; });
});

root.lang = "en";
watch("value", logChanged);
window.pactqa = { done, save };
requestAnimationFrame(() => {
  chooseStyle(storedStyle());
  if (ownLink()) route();
});
