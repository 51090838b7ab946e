// What a visitor takes away: copies, links and files.

import { all, fetchPatiently, one, root, tellIfSlow, tell, turns } from "./page.js";

// Gives the words with and without their markup to the clipboard.
async function copy(text, html) {
  if (navigator.clipboard?.write && window.isSecureContext) {
    const part = (words, type) => new Blob([words], { type });
    try {
      await navigator.clipboard.write([new ClipboardItem({
        "text/plain": part(text, "text/plain"), "text/html": part(html, "text/html"),
      })]);
      return true;
    } catch { /* not allowed: the older way below may still be */ }
  }
  let copied = false;
  const onCopy = (event) => {
    event.clipboardData.setData("text/plain", text);
    event.clipboardData.setData("text/html", html);
    event.preventDefault();
    event.stopImmediatePropagation();
    copied = true;
  };
  const area = document.createElement("textarea"); // without a selection nothing is copied
  area.value = text;
  area.style = "position: fixed; opacity: 0";
  area.setAttribute("aria-hidden", "true");
  document.body.append(area);
  area.select();
  document.addEventListener("copy", onCopy, true);
  document.execCommand("copy");
  document.removeEventListener("copy", onCopy, true);
  area.remove();
  return copied;
}

const encoder = document.createElement("p");

function encode(words) {
  encoder.textContent = words;
  return encoder.innerHTML;
}

const inline = (words) => words.replace(/\s+/g, " ").trim();

async function copyParts(button, what, parts) {
  const text = parts.map(([words]) => words).join("\n\n");
  const html = parts.map(([words, markup, tag = "p"]) => `<${tag}>${markup ?? encode(words)}</${tag}>`);
  const copied = await copy(text, html.join("\n"));
  button.focus();
  tell(copied ? `Copied: ${what}.` : "Copying is not allowed here.");
  button.classList.toggle("pq-copied", copied);
  setTimeout(() => button.classList.remove("pq-copied"), 2000);
  return copied;
}

// The quotation or its sentence, its citation and place, the editor's notes on it, the reference,
// and what that lacks.
export function copyCard(button) {
  const card = button.closest(".pq-card");
  const { sentence } = button.dataset;
  const quotation = sentence ?? one(".pq-quote", card).textContent;
  const notes = all(".pq-note", card)
    .filter((note) => quotation.includes(one("q bdi", note).textContent));
  const place = `${one(":is(h3, h5) bdi", card).textContent}, ${inline(one(".pq-place", card).textContent)}`;
  const style = `[data-style="${root.dataset.pqStyle}"]`;
  const [citation, reference] = [one(`${style} .pq-cite`, card), one(`.pq-ref${style}`, card)];
  const noted = notes.map((note) => inline(
    `Editor’s note on “${one("q", note).textContent}”: ${note.lastElementChild.textContent}`,
  ));
  const what = sentence === undefined ? "the quotation" : "the sentence";
  copyParts(button, `${what}, its citation, place and reference${noted.length ? ", and the editor’s note" : ""}`, [
    [quotation, undefined, "blockquote"],
    [citation.textContent, citation.innerHTML],
    [place],
    ...noted.map((words) => [words]),
    [reference.textContent, reference.innerHTML],
    ...all(".pq-gaps", card).map((gaps) => [gaps.textContent]),
  ]);
}

// The link alone: what a host put into the address (a token) is not for others.
export function copyLink(button, link) {
  const address = new URL(location.pathname + link, location.origin).href;
  const markup = `<a href="${encode(address).replaceAll('"', "&quot;")}">${encode(address)}</a>`;
  return copyParts(button, "the link", [[address, markup]]);
}

export async function save(kind) {
  if (!turns().length) {
    tell("There is nothing to save yet. Ask a question first.");
    return false;
  }
  const body = new URLSearchParams(new FormData(one(".pq-log")));
  body.set("style", root.dataset.pqStyle);
  const done = tellIfSlow("Writing the file…");
  try {
    const reply = await fetchPatiently(`export/${kind}`, { method: "POST", body });
    const file = reply.ok ? await reply.blob() : null;
    done();
    if (!file) {
      tell(await reply.text());
      return false;
    }
    const named = /filename="([^"]+)"/.exec(reply.headers.get("content-disposition") ?? "");
    download(file, named?.[1] ?? `passages.${kind}`);
    return true;
  } catch {
    done();
    tell("The file could not be written. Try again.");
    return false;
  }
}

export function download(file, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  tell(`Saved as ${name}.`);
}
