// What the tabs send to the server, and what it answers.

import { fetchPatiently, GONE, tellIfSlow, tell } from "./page.js";
import { download } from "./take.js";

export const JSON_TYPE = "application/json";
export const BYTES_TYPE = "application/octet-stream";

// Gives the reply, or null after it has said what is wrong.
export async function send(place, body, type, signal) {
  const told = tellIfSlow("Looking through the essays…");
  try {
    const reply = await fetchPatiently(place, { method: "POST", headers: { "content-type": type }, body, signal });
    if (reply.ok) return reply;
    tell(await reply.text());
  } catch (error) {
    if (error.name !== "AbortError") tell(GONE);
  } finally {
    told();
  }
  return null;
}

export const sendJson = (place, value) =>
  send(place, typeof value === "string" || value instanceof Blob ? value : JSON.stringify(value), JSON_TYPE);

export async function sendText(place, name, body, most = Infinity) {
  if (body.size > most) {
    tell(`${name}: the file is larger than the ${most.toLocaleString("en")} bytes that are read.`);
    return null;
  }
  const reply = await send(`${place}?name=${encodeURIComponent(name)}`, body, BYTES_TYPE);
  return reply ? reply.text() : null;
}

export async function saveReply(reply, otherwise) {
  const named = /filename="([^"]+)"/.exec(reply.headers.get("content-disposition") ?? "");
  download(await reply.blob(), named?.[1] ?? otherwise);
}

export function parse(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}
