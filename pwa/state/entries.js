// The window of a conversation: messages and calls in order, as events, rows and pages leave them. All pure.

import { blank } from "./world.js";

/** @typedef {import("./world.js").Conversation} Conversation */
/** @typedef {import("../protocol/types.js").MessageSent} MessageSent */
/** @typedef {import("../protocol/types.js").CallEnded} CallEnded */
/** @typedef {import("../protocol/types.js").FileInfo} FileInfo */
/** @typedef {import("../protocol/types.js").Row} RowAnswer */
/** @typedef {{kind: "message", seq: number, at: number, author: string, text: string, files: FileInfo[], nonce: string}} MessageEntry */
/** @typedef {"ringing"|"going"|CallEnded["reason"]} CallState */
/** @typedef {{kind: "call", seq: number, at: number, author: string, call: string, video: boolean, state: CallState, seconds: number}} CallEntry */
/** @typedef {MessageEntry|CallEntry} Entry `author` of a call is the caller */
/** @typedef {Entry} Line what the list shows of a conversation; `seq` and `at` are its event's */
/** @typedef {import("../protocol/follow.js").LoggedEvent} LoggedEvent */

export const MAX_UNREAD = 100; // counted no further: "99+"

/** True if the event is beyond what the summary already counts. @param {Conversation} conversation @param {{seq: number}} body */
export function isNews(conversation, body) {
  return body.seq > conversation.head;
}

/** @param {Conversation} conversation @param {import("../protocol/types.js").ConversationCreated} body @returns {Conversation} */
export function created(conversation, { kind, members }) {
  return { ...conversation, kind, members, first: 1, older: false, loaded: true };
}

/** @param {Conversation} conversation @param {MessageSent} body @param {string} me @returns {Conversation} */
export function sent(conversation, body, me) {
  const entries = [...conversation.entries, messageEntry(body)];
  if (!isNews(conversation, body)) return { ...conversation, entries };
  const { author, seq } = body;
  return {
    ...conversation,
    entries,
    last: messageEntry(body),
    unread: author === me ? 0 : Math.min(conversation.unread + 1, MAX_UNREAD),
    marks: { ...conversation.marks, [author]: { read: seq, delivered: seq } },
  };
}

/**
 * Changes the entry an event is about. If that is before the window, the event is kept until its page is loaded.
 * @param {Conversation} conversation
 * @param {string} name
 * @param {any} body
 * @param {(entry: Entry) => Entry} step
 * @returns {Conversation}
 */
export function targeted(conversation, name, body, step) {
  const at = conversation.entries.findLastIndex(({ seq }) => seq === body.target);
  if (at < 0) return { ...conversation, late: [...conversation.late, { name, body }] };
  return {
    ...conversation,
    entries: conversation.entries.with(at, step(conversation.entries[at])),
  };
}

/**
 * The conversation as a row of the list tells it; what is loaded of it stays, unless it is dropped.
 * @param {Conversation|undefined} before
 * @param {RowAnswer} row
 * @param {LoggedEvent|null} last
 * @param {string} me
 * @param {boolean} [drop]
 * @returns {Conversation}
 */
export function withRow(before, row, last, me, drop = false) {
  const known = before ?? { ...blank(row.conversation), first: row.head + 1, older: row.head > 0 };
  const marks = { ...known.marks };
  for (const { person, read, delivered } of row.marks) {
    const old = marks[person] ?? { read: 0, delivered: 0 };
    marks[person] = {
      read: Math.max(old.read, read),
      delivered: Math.max(old.delivered, delivered),
    };
  }
  if (row.head < known.head && !drop) return { ...known, marks };
  const window = drop
    ? { entries: [], late: [], first: row.head + 1, older: true, loaded: false }
    : {};
  const { kind, members, head, call } = row;
  const unread = (marks[me]?.read ?? 0) >= head ? 0 : row.unread; // ours may not have reached the server
  return {
    ...known,
    ...window,
    kind,
    members,
    head,
    call,
    marks,
    unread,
    last: last && lineOf(last),
  };
}

/**
 * A window put before the one that is loaded.
 * @param {Conversation} conversation
 * @param {Conversation} older the same conversation, folded from the page and from what was kept of it
 * @param {{first: number, more: boolean}} page
 * @returns {Conversation}
 */
export function withOlder(conversation, older, { first, more }) {
  const entries = [...older.entries, ...conversation.entries];
  return { ...conversation, entries, first: first || 1, older: more, late: older.late };
}

/** What an event is as a line in the list; null if it is not worth one. @param {LoggedEvent} event @returns {Line|null} */
export function lineOf({ name, body }) {
  if (name === "message.sent") return messageEntry(/** @type {any} */ (body));
  return name === "call.ended" ? endedLine(/** @type {any} */ (body)) : null;
}

/** @param {CallEnded} body @returns {CallEntry} */
export function endedLine({ seq, at, caller, call, video, reason, seconds }) {
  return { kind: "call", seq, at, author: caller, call, video, state: reason, seconds };
}

/** @param {MessageSent} body @returns {MessageEntry} */
function messageEntry({ seq, at, author, text, files, nonce }) {
  return { kind: "message", seq, at, author, text, files, nonce };
}
