// One's own reactions on their way: what they make of a message before they have arrived.

import { withReaction } from "./reactions.js";
import { wish } from "./wishes.js";

/** @typedef {import("./entries.js").MessageEntry} MessageEntry */
/** @typedef {import("./wishes.js").Wish} Wish */

/** Puts an emoji under a message, or takes one's own away. @param {string} conversation @param {number} target @param {string} emoji @param {boolean} on */
export function react(conversation, target, emoji, on) {
  return wish({ name: "reaction.set", conversation, target, body: { emoji, on } });
}

/** A message as it will be once they have arrived. @param {MessageEntry} entry @param {readonly Wish[]} wished of its conversation @param {string} me @returns {MessageEntry} */
export function withAsked(entry, wished, me) {
  let now = entry;
  for (const { name, target, body } of wished) {
    if (name !== "reaction.set" || target !== entry.seq) continue;
    if (now.mine.includes(body.emoji) !== body.on)
      now = withReaction(now, { ...body, author: me }, me);
  }
  return now;
}
