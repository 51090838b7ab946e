// The address bar: which of its fields are ours, and how they follow what the page shows.

const QUESTION_FIELDS = ["q", "essays", "typed", "previous", "shown"];
const OWN_FIELDS = [...QUESTION_FIELDS, "essay", "p"];

// Fields that are not ours (a forced theme, a host's token) stay as they are.
export function addressWith(link) {
  const kept = new URLSearchParams(location.search);
  OWN_FIELDS.forEach((name) => kept.delete(name));
  const search = [link.replace(/^\?/, ""), kept.toString()].filter(Boolean).join("&");
  return location.pathname + (search ? `?${search}` : "");
}

export function linkKind() {
  const fields = new URLSearchParams(location.search);
  if (fields.get("essay")) return "essay";
  return fields.get("q") ? "question" : "";
}

// The links of an address's questions in their order: what follows a `q` belongs to it.
export function questionLinks(search) {
  const links = [];
  let first = [];
  for (const [name, value] of new URLSearchParams(search)) {
    if (!QUESTION_FIELDS.includes(name)) continue;
    if (name === "q") links.push([...first, [name, value]]);
    else (links.at(-1) ?? first).push([name, value]);
    if (name === "q") first = [];
  }
  return links.map((fields) => `?${new URLSearchParams(fields)}`);
}

export function sameLink(link, other) {
  const [a, b] = [new URLSearchParams(link), new URLSearchParams(other)];
  return OWN_FIELDS.every((name) => (a.get(name) || "") === (b.get(name) || ""));
}

export function remember(link, kind, replace = false) {
  if (replace || sameLink(link, location.search)) {
    history.replaceState({ ...history.state, pq: kind }, "", addressWith(link));
  } else {
    history.pushState({ pq: kind, pushed: true }, "", addressWith(link));
  }
}

// Gives whether the address before comes back by itself: the visitor has been there.
export function leave(link) {
  if (history.state?.pushed) {
    history.back();
    return true;
  }
  history.replaceState({ pq: "question" }, "", addressWith(link));
  return false;
}
