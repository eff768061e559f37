// Editing and deleting: what is left of a message that was said otherwise, or taken back.

import { about, MAX_UNREAD } from "./entries.js";

/** @typedef {import("./world.js").Conversation} Conversation */
/** @typedef {import("./entries.js").MessageEntry} MessageEntry */
/** @typedef {import("../protocol/types.js").MessageEdited} MessageEdited */
/** @typedef {import("../protocol/types.js").MessageDeleted} MessageDeleted */

/** @param {Conversation} conversation @param {MessageEdited} body @returns {Conversation} */
export function edited(conversation, body) {
  const { text, mentions, everyone = "", at, seq } = body;
  const after = about(conversation, "message.edited", body, (entry) =>
    withEdit(entry, { text, mentions, everyone, at, seq }),
  );
  const { last } = after;
  if (last?.kind !== "message" || last.seq !== body.target || seq <= conversation.head)
    return after;
  return { ...after, last: { ...last, text } };
}

/** A message in its latest words. @param {MessageEntry} entry @param {{text: string, mentions: string[], everyone?: string, at: number, seq: number}} edit @returns {MessageEntry} */
export function withEdit(entry, { text, mentions, everyone = "", at }) {
  return { ...entry, text, mentions, everyone, edited: at };
}

/** @param {Conversation} conversation @param {MessageDeleted} body @param {string} me @returns {Conversation} */
export function deleted(conversation, body, me) {
  const after = about(conversation, "message.deleted", body, blanked);
  if (body.seq <= conversation.head) return after; // the summary counts it already
  const pins = after.pins.filter((seq) => seq !== body.target);
  const { last } = after;
  const isLast = last?.kind === "message" && last.seq === body.target;
  const line = isLast
    ? { ...last, text: "", files: [], poll: null, voice: null, deleted: true }
    : last;
  return { ...after, pins, last: line, unread: unreadWithout(after, body, me) };
}

/** Nothing of it stands but that it was there. @param {MessageEntry} entry @returns {MessageEntry} */
function blanked(entry) {
  return {
    ...entry,
    text: "",
    files: [],
    reply: 0,
    mentions: [],
    everyone: "",
    forwarded: "",
    poll: null,
    voice: null,
    deleted: true,
    edited: 0,
    reactions: [],
    mine: [],
    votes: [],
    chosen: [],
    closed: false,
  };
}

/** @param {Conversation} conversation @param {MessageDeleted} body @param {string} me */
function unreadWithout({ unread, marks, entries, head }, { target, person, thread }, me) {
  const read = marks[me]?.read ?? 0;
  if (thread || person === me || target <= read || unread === 0) return unread;
  if (unread < MAX_UNREAD) return unread - 1;
  const left = entries.filter(
    (one) =>
      one.kind === "message" &&
      one.author !== me &&
      one.seq > read &&
      one.seq <= head &&
      !one.deleted,
  );
  return Math.min(MAX_UNREAD, left.length);
}
