// Pinning and letting go, and the pinned messages as they are shown: the latest first.

import { messageAt } from "./fetched.js";
import { wish, wishesIn } from "./wishes.js";
import { byId, conversationIn } from "./world.js";

/** @param {string} conversation @param {number} target @param {boolean} on */
export function pin(conversation, target, on) {
  return wish({ name: "pin.set", conversation, target, body: { on } });
}

/** The pinned messages' seqs as they will be once what was asked has arrived, the latest pin last. */
export const pinsIn = byId((id) => {
  let pins = conversationIn(id).value?.pins ?? []; // a cached one may be older than pins
  for (const { name, target, body } of wishesIn(id).value) {
    if (name !== "pin.set" || pins.includes(target) === body.on) continue;
    pins = body.on ? [...pins, target] : pins.filter((seq) => seq !== target);
  }
  return pins;
});

/** The pinned messages that have come, the latest pin first. */
export const pinnedIn = byId((id) =>
  pinsIn(id)
    .value.toReversed()
    .flatMap((seq) => {
      const entry = messageAt(id, seq).value;
      return entry && !entry.deleted ? [entry] : [];
    }),
);
