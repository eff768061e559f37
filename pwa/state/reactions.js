// Reactions: what an emoji put under a message, or taken away, leaves of it.

import { about } from "./entries.js";
import { joined, left, NOBODY } from "./tallies.js";

/** @typedef {import("./world.js").Conversation} Conversation */
/** @typedef {import("./entries.js").MessageEntry} MessageEntry */
/** @typedef {import("../protocol/types.js").ReactionChanged} ReactionChanged */

/** @param {Conversation} conversation @param {ReactionChanged} body @param {string} me @returns {Conversation} */
export function reacted(conversation, body, me) {
  return about(conversation, "reaction.changed", body, (entry) => withReaction(entry, body, me));
}

/** @param {MessageEntry} entry @param {{emoji: string, on: boolean, author: string}} body @param {string} me @returns {MessageEntry} */
export function withReaction(entry, { emoji, on, author }, me) {
  if (!emoji) return entry; // went blank in the log with its message, which is still to be heard
  const isNew = on && entry.reactions.every((one) => one.emoji !== emoji);
  const known = isNew ? [...entry.reactions, { emoji, tally: NOBODY }] : entry.reactions;
  const step = on ? joined : left;
  const counted = known.map((one) =>
    one.emoji === emoji ? { emoji, tally: step(one.tally, author) } : one,
  );
  const reactions = counted.filter(({ tally }) => tally.count > 0);
  if (author !== me) return { ...entry, reactions };
  const others = entry.mine.filter((one) => one !== emoji);
  return { ...entry, reactions, mine: on ? [...others, emoji] : others };
}
