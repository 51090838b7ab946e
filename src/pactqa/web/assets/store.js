// What the page keeps of a conversation: in this tab only, because computers are shared.

const PREFIX = "pactqa-";

export function read(name, otherwise) {
  try {
    return JSON.parse(sessionStorage.getItem(PREFIX + name)) ?? otherwise;
  } catch {
    return otherwise; // a browser that stores nothing forgets at a reload, no more
  }
}

export function write(name, value) {
  try {
    sessionStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch { /* as said, or full: what is missing is asked anew */ }
}

export function forget(names) {
  try {
    Object.keys(sessionStorage)
      .filter((key) => names.some((name) => key.startsWith(PREFIX + name)))
      .forEach((key) => sessionStorage.removeItem(key));
  } catch { /* as said */ }
}
