// The third part: what a visitor takes away (copies, files, references) and the options.

// ---- copying and saving --------------------------------------------------------------------

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

async function copyCard(button) {
  const card = button.closest(".pq-card");
  const quotation = one(".pq-quote", card).textContent;
  const reference = one(`.pq-ref[data-style="${chosenStyle()}"]`, card).textContent;
  const copied = await copyText(`${quotation}\n\n${reference}`);
  button.focus();
  say(copied ? "Copied: the quotation and its reference." : "Copying is not allowed here.");
  button.classList.toggle("pq-copied", copied);
  setTimeout(() => button.classList.remove("pq-copied"), 2000);
}

function save(payload) {
  if (!payload) return;
  const file = JSON.parse(payload);
  if (file.message) {
    say(file.message);
    return;
  }
  const bytes = Uint8Array.from(atob(file.base64), (character) => character.charCodeAt(0));
  const address = URL.createObjectURL(new Blob([bytes], { type: file.type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = file.name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
  say(`Saved as ${file.name}.`);
}

// ---- the reference style, remembered in this browser only ------------------------------------

function chosenStyle() {
  return root.dataset.pqStyle;
}

function chooseStyle(style) {
  root.dataset.pqStyle = style;
  all("input[name=pq-style]").forEach((input) => { input.checked = input.value === style; });
  try {
    localStorage.setItem(STYLE_KEY, style);
  } catch { /* a browser that stores nothing forgets it, no more */ }
}

function storedStyle() {
  try {
    const stored = localStorage.getItem(STYLE_KEY);
    if (STYLES.includes(stored)) return stored;
  } catch { /* as above */ }
  return STYLES[0];
}

// ---- the options above the question box --------------------------------------------------------

function toggleOptions(open) {
  const button = one(".pq-toggle");
  button?.setAttribute("aria-expanded", String(open));
  root.classList.toggle("pq-options-open", open);
}

function countChosen() {
  const count = all("#pq-only input:checked").length;
  const words = count ? `: ${count} ${count === 1 ? "essay" : "essays"}` : "";
  const place = one(".pq-chosen");
  if (place && place.textContent !== words) place.textContent = words;
}
