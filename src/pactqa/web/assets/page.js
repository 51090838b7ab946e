// What every module uses: the document's root, finding elements, saying aloud what happens.

const WAIT_BEFORE_SAYING = 300; // milliseconds
const READ_BEFORE_HUSHING = 700;

export const root = document.documentElement;
export const one = (selector, within = document) => within.querySelector(selector);
export const all = (selector, within = document) => [...within.querySelectorAll(selector)];
export const turns = () => all(".pq-log .pq-turn");
export const box = () => one("#pq-question");

// The same words twice are announced twice: the place is emptied before.
function put(place, words) {
  if (!place) return;
  place.textContent = "";
  clearTimeout(place.putting);
  place.putting = setTimeout(() => { place.textContent = words; }, 60);
}

export function say(words) {
  put(one("#pq-status"), words);
}

let told = 0;

// Shows a message above the question box, and says it; it goes with what is done next.
export function tell(words) {
  told = Date.now();
  put(one("#pq-message"), words);
}

export function hush(unread = true) {
  if (!told || (unread && Date.now() - told < READ_BEFORE_HUSHING)) return;
  told = 0;
  put(one("#pq-message"), "");
}

// Says what takes long, and nothing of what does not; gives what to call at its end.
export function sayIfSlow(words) {
  const waiting = setTimeout(() => say(words), WAIT_BEFORE_SAYING);
  return () => clearTimeout(waiting);
}

// Shows and says that an answer is being looked for; gives what to call at its end.
export function begin() {
  hush(false);
  const waiting = setTimeout(() => root.classList.add("pq-busy"), WAIT_BEFORE_SAYING);
  const stop = sayIfSlow("Looking through the essays…");
  return () => {
    clearTimeout(waiting);
    stop();
    root.classList.remove("pq-busy");
  };
}
