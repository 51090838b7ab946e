// What every module uses: the document's root, finding elements, saying aloud what happens.

const WAIT_BEFORE_SAYING = 300; // milliseconds

export const root = document.documentElement;
export const one = (selector, within = document) => within.querySelector(selector);
export const all = (selector, within = document) => [...within.querySelectorAll(selector)];
export const turns = () => all("#pq-talk .pq-turn");

let saying = 0;

export function say(words) {
  const status = one("#pq-status");
  if (!status) return;
  status.textContent = ""; // the same words twice are announced twice
  clearTimeout(saying);
  saying = setTimeout(() => { status.textContent = words; }, 60);
}

// Says what takes long, and nothing of what does not; gives what to call at its end.
export function sayIfSlow(words) {
  const waiting = setTimeout(() => say(words), WAIT_BEFORE_SAYING);
  return () => clearTimeout(waiting);
}

let wait = () => {};

export function begin() {
  wait();
  const waiting = setTimeout(() => root.classList.add("pq-busy"), WAIT_BEFORE_SAYING);
  const stop = sayIfSlow("Looking through the essays…");
  wait = () => {
    clearTimeout(waiting);
    stop();
  };
}

export function end() {
  wait();
  root.classList.remove("pq-busy");
}
