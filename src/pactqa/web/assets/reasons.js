// The table of the reasons that the essays give.

import { GONE, root, tellIfSlow, tell } from "./page.js";
import { parse, saveReply } from "./send.js";


export async function loadReasons(place) {
  const told = tellIfSlow("Looking through the essays…");
  place.addEventListener("click", ({ target }) => {
    const kind = target.closest?.("[data-reasons]")?.dataset.reasons;
    if (kind) saveReasons(kind);
  });
  try {
    const reply = await fetch("claims/reasons");
    place.replaceChildren(parse(await reply.text()));
  } catch {
    tell(GONE);
  } finally {
    told();
  }
}

async function saveReasons(kind) {
  try {
    const reply = await fetch(`claims/reasons/${kind}?style=${root.dataset.pqStyle ?? "mla"}`);
    if (reply.ok) await saveReply(reply, `reasons.${kind}`);
    else tell(await reply.text());
  } catch {
    tell(GONE);
  }
}
