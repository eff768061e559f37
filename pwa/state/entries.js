// The window of a conversation: messages and calls in order, as events, rows and pages leave them. All pure.

import { callLine } from "./gatherings.js";
import { furnished, isSmall, noticeLine } from "./members.js";
import { blank } from "./world.js";

/** @typedef {import("./world.js").Conversation} Conversation */
/** @typedef {import("../protocol/types.js").MessageSent} MessageSent */
/** @typedef {import("../protocol/types.js").CallEnded} CallEnded */
/** @typedef {import("../protocol/types.js").FileInfo} FileInfo */
/** @typedef {import("../protocol/types.js").Voice} Voice */
/** @typedef {import("../protocol/types.js").Row} RowAnswer */
/** @typedef {import("../protocol/types.js").Poll} Poll */
/** @typedef {import("../protocol/types.js").Reaction} Reaction */
/** @typedef {import("../protocol/types.js").Tally} Tally */
/**
 * @typedef {object} MessageEntry
 * @property {"message"} kind
 * @property {number} seq
 * @property {number} at
 * @property {string} author
 * @property {string} text in its latest words
 * @property {FileInfo[]} files
 * @property {string} nonce
 * @property {number} reply the message it quotes, 0 for none
 * @property {number} under the message in whose thread it lies, 0 for none
 * @property {string[]} mentions
 * @property {string} everyone the word by which it names everybody, "" if it does not
 * @property {string} forwarded who said it first, "" if it was not forwarded
 * @property {Poll|null} poll
 * @property {Voice|null} voice
 * @property {boolean} deleted
 * @property {number} edited when it was last edited, ms; 0 if never
 * @property {number} upto events about it up to here are in it already
 * @property {Reaction[]} reactions
 * @property {string[]} mine one's own emoji
 * @property {Tally[]} votes one tally for each option once somebody voted
 * @property {number[]} chosen one's own options
 * @property {boolean} closed
 * @property {import("../protocol/types.js").ThreadCard|null} thread what was said under it
 */
/** @typedef {Pick<MessageEntry, "kind"|"seq"|"at"|"author"|"text"|"files"|"poll"|"voice"|"deleted">} MessageLine */
/** @typedef {"ringing"|"going"|CallEnded["reason"]} CallState */
/** @typedef {{kind: "call", seq: number, at: number, author: string, call: string, video: boolean, state: CallState, seconds: number}} CallEntry */
/** @typedef {import("./members.js").NoticeEntry} NoticeEntry */
/** @typedef {MessageEntry|CallEntry|NoticeEntry} Entry `author` of a call is the caller */
/** @typedef {MessageLine|CallEntry|NoticeEntry} Line what the list shows of a conversation; `seq` and `at` are its event's */
/** @typedef {import("../protocol/follow.js").LoggedEvent} LoggedEvent */

export const MAX_UNREAD = 100; // counted no further: "99+"
const MAX_LATE = 500; // events kept for entries that are not loaded; a page that is asked for later has them in it

/** True if the event is beyond what the summary already counts. @param {Conversation} conversation @param {{seq: number}} body */
export function isNews(conversation, body) {
  return body.seq > conversation.head;
}

/** @param {Conversation} conversation @param {import("../protocol/types.js").ConversationCreated} body @param {string} me @returns {Conversation} */
export function created(conversation, body, me) {
  const { kind, members } = body;
  const begun = { ...conversation, kind, first: 1, older: false, loaded: true };
  return kind === "room" ? furnished(begun, body, me) : { ...begun, members };
}

/**
 * Nothing is put behind a window that does not reach the newest.
 * @param {Conversation} conversation @param {MessageSent} body @param {string} me @returns {Conversation}
 */
export function sent(conversation, body, me) {
  const entries = appended(conversation, messageEntry(body));
  if (!isNews(conversation, body)) return { ...conversation, entries };
  const { author, seq } = body;
  const { since = 0 } = conversation.marks[author] ?? {};
  return {
    ...conversation,
    entries,
    last: messageLine(body),
    unread: author === me ? 0 : Math.min(conversation.unread + 1, MAX_UNREAD),
    marks:
      author === me || isSmall(conversation)
        ? {
            ...conversation.marks,
            [author]: { read: seq, delivered: seq, since },
          }
        : conversation.marks,
  };
}

/** The window's entries and one more, if it belongs there and is not there yet. @param {Conversation} conversation @param {Entry} entry @returns {Entry[]} */
export function appended({ entries, newer }, entry) {
  return newer || entry.seq <= (entries.at(-1)?.seq ?? 0) ? entries : [...entries, entry];
}

/**
 * Changes the entry an event is about. If that is not in the window, the event is kept until its page is loaded: it may be
 * under way, as of a moment before this event.
 * @param {Conversation} conversation
 * @param {string} name
 * @param {any} body
 * @param {(entry: Entry) => Entry} step
 * @returns {Conversation}
 */
export function targeted(conversation, name, body, step) {
  const at = conversation.entries.findLastIndex(({ seq }) => seq === body.target);
  if (at < 0)
    return { ...conversation, late: [...conversation.late, { name, body }].slice(-MAX_LATE) };
  return {
    ...conversation,
    entries: conversation.entries.with(at, step(conversation.entries[at])),
  };
}

/**
 * The same for what is said about a message. Each such event counts once, however often it comes.
 * @param {Conversation} conversation
 * @param {string} name
 * @param {any} body
 * @param {(entry: MessageEntry) => MessageEntry} step
 * @returns {Conversation}
 */
export function about(conversation, name, body, step) {
  return targeted(conversation, name, body, (entry) => {
    if (entry.kind !== "message" || body.seq <= entry.upto) return entry;
    return { ...(entry.deleted ? entry : step(entry)), upto: body.seq };
  });
}

/**
 * The conversation as a row of the list tells it; what is loaded of it stays, unless it is dropped.
 * @param {Conversation|undefined} before
 * @param {RowAnswer} row
 * @param {Line|null} last
 * @param {string} me
 * @param {boolean} [drop]
 * @returns {Conversation}
 */
export function withRow(before, row, last, me, drop = false) {
  const known = before ?? { ...blank(row.conversation), first: row.head + 1, older: row.head > 0 };
  /** @type {Conversation["marks"]} */
  const marks = row.room ? {} : { ...known.marks }; // whoever is no longer there has none
  for (const { person, read, delivered, since = 0 } of row.marks) {
    const old = known.marks[person] ?? { read: 0, delivered: 0 };
    marks[person] = {
      read: Math.max(old.read, read),
      delivered: Math.max(old.delivered, delivered),
      since: Math.max(old.since ?? 0, since),
    };
  }
  if (row.head < known.head && !drop) return { ...known, marks };
  const window = drop
    ? { entries: [], late: [], first: row.head + 1, older: true, newer: false, loaded: false }
    : {};
  const { kind, members, head, call, pins, threads } = row;
  const unread = (marks[me]?.read ?? 0) >= head ? 0 : row.unread; // ours may not have reached the server
  return {
    ...known,
    ...window,
    kind,
    members,
    head,
    call,
    gathering: row.group_call ?? null,
    pins,
    room: row.room ?? null,
    out: false,
    threads,
    marks,
    unread,
    last,
  };
}

/**
 * A window put before the one that is loaded. A page that brings nothing ends it, or it would be asked for without end.
 * @param {Conversation} conversation
 * @param {Conversation} older the same conversation, folded from the page and from what was kept of it
 * @param {{first: number, more: boolean}} page
 * @returns {Conversation}
 */
export function withOlder(conversation, older, { first, more }) {
  const entries = [...older.entries, ...conversation.entries];
  const isMore = more && first > 0;
  return { ...conversation, entries, first: first || 1, older: isMore, late: older.late };
}

/**
 * A window put behind the one that is loaded. Where more was heard meanwhile than the page knows of, it does not reach the
 * newest yet; a page that brings nothing ends it.
 * @param {Conversation} conversation
 * @param {Conversation} behind
 * @param {{last: number, head: number, newer: boolean}} page
 * @returns {Conversation}
 */
export function withNewer(conversation, behind, { last, head, newer }) {
  const entries = [...conversation.entries, ...behind.entries];
  const isMore = (newer && last > 0) || conversation.head > head;
  return { ...conversation, entries, newer: isMore, late: behind.late };
}

/** What an event is as a line in the list; null if it is not worth one. @param {LoggedEvent} event @returns {Line|null} */
export function lineOf({ name, body }) {
  if (name === "message.sent") return messageLine(/** @type {any} */ (body));
  if (name === "call.ended") return endedLine(/** @type {any} */ (body));
  return callLine(name, body) ?? noticeLine(name, body);
}

/** @param {CallEnded} body @returns {CallEntry} */
export function endedLine({ seq, at, caller, call, video, reason, seconds }) {
  return { kind: "call", seq, at, author: caller, call, video, state: reason, seconds };
}

/** @param {MessageSent} body @returns {MessageLine} */
function messageLine({ seq, at, author, text, files, poll, voice, deleted }) {
  return {
    kind: "message",
    seq,
    at,
    author,
    text,
    files,
    poll: poll ?? null,
    voice: voice ?? null,
    deleted: deleted ?? false,
  };
}

/** @param {MessageSent} body @returns {MessageEntry} */
export function messageEntry(body) {
  const {
    nonce,
    reply = 0,
    target: under = 0,
    mentions = [],
    everyone = "",
    forwarded = "",
  } = body;
  const words = { ...messageLine(body), nonce, reply, under, mentions, everyone, forwarded };
  const standing = { reactions: [], mine: [], votes: [], chosen: [], closed: false, thread: null };
  return { ...words, ...standing, edited: 0, upto: body.seq };
}
