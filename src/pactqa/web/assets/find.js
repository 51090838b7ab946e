// Finds words in the essay of the panel. Nothing in the essay changes: the places are painted over.

import { all, one } from "./page.js";

const MARKS = "pq-find";
let places = [];
let at = -1;

// Quotation marks, hyphens and white space match whatever kind of them the essay has.
function patternOf(words) {
  const kinds = [[/['’‘]/g, "['’‘]"], [/["“”]/g, "[\"“”]"], [/[-‐–—]/g, "[-‐–—]"], [/\s+/g, "\\s+"]];
  const literal = words.trim().replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
  return new RegExp(kinds.reduce((text, [kind, any]) => text.replace(kind, any), literal), "giu");
}

export function find(words) {
  forgetPlaces();
  const found = one(".pq-found");
  if (!words.trim()) {
    found.textContent = "";
    return;
  }
  const pattern = patternOf(words);
  places = all("#pq-panel :is(.pq-text, h3)").flatMap((block) => placesIn(block, pattern));
  globalThis.CSS?.highlights?.set(MARKS, new Highlight(...places));
  found.textContent = `${places.length} ${places.length === 1 ? "place" : "places"}`;
  step(1);
}

export function step(by) {
  if (!places.length) return;
  at = (at + by + places.length) % places.length;
  globalThis.CSS?.highlights?.set(`${MARKS}-here`, new Highlight(places[at]));
  places[at].startContainer.parentElement.scrollIntoView({ block: "center" });
  if (places.length > 1) one(".pq-found").textContent = `${at + 1} of ${places.length} places`;
}

export function forgetPlaces() {
  places = [];
  at = -1;
  [MARKS, `${MARKS}-here`].forEach((name) => globalThis.CSS?.highlights?.delete(name));
}

// A place may begin in one piece of text and end in another, before and after a marked sentence.
function placesIn(block, pattern) {
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  const pieces = [];
  let length = 0;
  while (walker.nextNode()) {
    pieces.push([length, walker.currentNode]);
    length += walker.currentNode.length;
  }
  const pointAt = (offset) => {
    const [start, node] = pieces.findLast(([begins]) => begins < offset || begins === 0);
    return [node, offset - start];
  };
  return [...block.textContent.matchAll(pattern)].map((match) => {
    const range = new Range();
    range.setStart(...pointAt(match.index));
    range.setEnd(...pointAt(match.index + match[0].length));
    return range;
  });
}
