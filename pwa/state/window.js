// How much of a conversation is held: a window that is cut at the far end, so that neither memory nor the page grows with
// the way one has walked. Pure.

/** @typedef {import("./world.js").Conversation} Conversation */

export const MOST = 250; // entries held; two pages and a half, some twenty screens of a phone

/**
 * The window with no more than MOST entries, cut at the end that lies behind who walks `towards` the other.
 * @param {Conversation} conversation
 * @param {"older"|"newer"} towards
 * @returns {Conversation}
 */
export function trimmed(conversation, towards) {
  const { entries } = conversation;
  if (entries.length <= MOST) return conversation;
  if (towards === "older") return { ...conversation, entries: entries.slice(0, MOST), newer: true };
  const kept = entries.slice(-MOST);
  return { ...conversation, entries: kept, first: kept[0].seq, older: true };
}
