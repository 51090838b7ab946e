// What every module uses: the document's root, finding elements, saying and showing what happens.

const WAIT_BEFORE_TELLING = 300; // milliseconds
const READ_BEFORE_HUSHING = 700;

export const GONE = "The essays could not be reached. Try again.";

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
let messages = 0;

// Shows a message above the question box, and says it; it goes with what is done next.
export function tell(words) {
  told = Date.now();
  messages += 1;
  put(one("#pq-message"), words);
}

// Takes the message away; one that came by the same click stays, unless `even` that is meant.
export function hush(even = false) {
  if (!told || (!even && Date.now() - told < READ_BEFORE_HUSHING)) return;
  told = 0;
  put(one("#pq-message"), "");
}

// Tells what takes long, and nothing of what does not; gives what to call at its end.
export function tellIfSlow(words) {
  hush(true);
  let own = 0;
  const waiting = setTimeout(() => {
    tell(words);
    own = messages;
  }, WAIT_BEFORE_TELLING);
  return () => {
    clearTimeout(waiting);
    if (own && own === messages) hush(true); // what was told since then stays
  };
}

const BUSY = 503;
const TRIES = 5;

// Fetches; while the server is busy it asks again, at most five times.
export async function fetchPatiently(place, options) {
  for (let tries = 1; ; tries += 1) {
    const reply = await fetch(place, options);
    const wait = Number(reply.headers.get("retry-after"));
    if (tries > 1) hush(true);
    if (reply.status !== BUSY || !wait || tries === TRIES) return reply;
    tell("Many are asking at once: asking again …");
    await new Promise((done) => setTimeout(done, wait * 1000 * (0.5 + Math.random())));
  }
}
