// What a visitor takes away: copies, files, and the style of their references.

import { all, one, root, say, sayIfSlow, turns } from "./page.js";

const STYLE_KEY = "pactqa-reference-style";

async function copyText(text) {
  if (navigator.clipboard && window.isSecureContext) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch { /* not allowed: the older way below may still be */ }
  }
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "pq-sr";
  area.setAttribute("aria-hidden", "true");
  document.body.append(area);
  area.select();
  const copied = document.execCommand("copy");
  area.remove();
  return copied;
}

export async function copyCard(button) {
  const card = button.closest(".pq-card");
  const quotation = one(".pq-quote", card).textContent;
  const reference = one(`.pq-ref[data-style="${root.dataset.pqStyle}"]`, card).textContent;
  const copied = await copyText(`${quotation}\n\n${reference}`);
  button.focus();
  say(copied ? "Copied: the quotation and its reference." : "Copying is not allowed here.");
  button.classList.toggle("pq-copied", copied);
  setTimeout(() => button.classList.remove("pq-copied"), 2000);
}

export async function save(kind) {
  const asked = turns().map((turn) => ["turn", turn.dataset.asked]);
  if (!asked.length) {
    say("There is nothing to save yet. Ask a question first.");
    return;
  }
  const told = sayIfSlow("Writing the file…");
  try {
    const body = new URLSearchParams([["style", root.dataset.pqStyle], ...asked]);
    const reply = await fetch(`export/${kind}`, { method: "POST", body });
    if (!reply.ok) {
      say(await reply.text());
      return;
    }
    download(await reply.blob(), `passages.${kind}`);
  } catch {
    say("The file could not be written. Try again.");
  } finally {
    told();
  }
}

function download(file, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  say(`Saved as ${name}.`);
}

// The style is remembered in this browser only; one that stores nothing forgets it, no more.
export function chooseStyle(style) {
  root.dataset.pqStyle = style;
  all("input[name=pq-style]").forEach((input) => { input.checked = input.value === style; });
  try {
    localStorage.setItem(STYLE_KEY, style);
  } catch { /* as said */ }
}

export function storedStyle() {
  const styles = all("input[name=pq-style]").map((input) => input.value);
  let stored = null;
  try {
    stored = localStorage.getItem(STYLE_KEY);
  } catch { /* as said */ }
  return styles.includes(stored) ? stored : "mla";
}
