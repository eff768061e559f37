// A conversation's timeline as it is shown: days, groups by sender, the unread line, calls, ticks, and what still waits.

import { conversationOf, isThread } from "../protocol/address.js";
import { messageAt } from "./fetched.js";
import { isViewable, keyOfFile, shownFile, waitingFile } from "./files.js";
import { loadingOf } from "./loading.js";
import { pending } from "./outbox.js";
import { pinsIn } from "./pinning.js";
import { withAsked } from "./reacting.js";
import { tick } from "./reading.js";
import { callItem } from "./ringing.js";
import { unreadLine } from "./screen.js";
import { withBallot } from "./voting.js";
import { wishesIn } from "./wishes.js";
import { blank, byId, conversationIn, ownId } from "./world.js";

export { jump, letGo, loadNewer, loadOlder, sought, toFirstUnread, toNewest } from "./history.js";
export { loadAgain as openAgain } from "./loading.js";

/** @typedef {import("./world.js").Conversation} Conversation */
/** @typedef {import("./entries.js").Entry} Entry */
/** @typedef {import("./entries.js").MessageEntry} MessageEntry */
/** @typedef {import("./outbox.js").Pending} Pending */
/** @typedef {import("../protocol/types.js").FileInfo} FileInfo */
/** @typedef {import("../protocol/types.js").Voice} Voice */
/** @typedef {import("../protocol/types.js").Reaction} Reaction */
/** @typedef {import("../protocol/types.js").Poll} Poll */
/** @typedef {import("../protocol/types.js").Tally} Tally */
/** @typedef {import("./files.js").MessageFile} MessageFile */
/**
 * @typedef {object} MessageItem
 * @property {"message"} type
 * @property {string} key the same while it waits and when it is sent
 * @property {number} seq 0 while it waits
 * @property {string} author
 * @property {boolean} mine
 * @property {number} at
 * @property {string} text
 * @property {MessageFile[]} files
 * @property {Voice|null} voice with it the one file is a recording of somebody speaking
 * @property {""|"queued"|"sending"|"failed"|"sent"|"delivered"|"read"} state "" of others'
 * @property {boolean} opens the first of a group by one sender
 * @property {boolean} closes the last of it
 * @property {boolean} begins the first of its day, right under its name
 * @property {string} nonce
 * @property {string} error why it failed
 * @property {string[]} mentions
 * @property {string} everyone the word by which it names everybody, "" if it does not
 * @property {boolean} deleted
 * @property {number} edited when it was last edited, ms; 0 if never
 * @property {Reaction[]} reactions
 * @property {string[]} own one's own emoji under it
 * @property {boolean} pinned
 * @property {import("../protocol/types.js").ThreadCard|null} [thread] what was said under it; undefined where nothing may be
 * @property {Poll|null} poll its text is the question
 * @property {Tally[]} votes one tally for each option once somebody voted
 * @property {number[]} chosen one's own options
 * @property {boolean} closed nobody votes any more
 * @property {number} reply the message it quotes, 0 for none
 * @property {string} forwarded who said it first, "" if it was not forwarded
 */
/** @typedef {import("./ringing.js").CallItem} CallItem */
/** @typedef {{type: "day", key: string, at: number}} DayItem */
/** @typedef {{type: "unread", key: string, count: number}} UnreadItem */
/** @typedef {{type: "notice", key: string, at: number, seq: number, mine: boolean, entry: import("./members.js").NoticeEntry}} NoticeItem */
/** @typedef {MessageItem|CallItem|NoticeItem|DayItem|UnreadItem} Item */
/** @typedef {{items: Item[], older: boolean, newer: boolean, loading: boolean, failed: string, loaded: boolean}} Timeline */

const GROUP_MS = 5 * 60_000; // a longer silence begins a new group

/** @type {(id: string) => import("./world.js").Sig<Timeline>} */
export const timeline = byId((id) => {
  const known = conversationIn(id).value ?? blank(id);
  const { loading, failed } = loadingOf(id).value;
  const { older, newer, loaded } = known;
  return { items: itemsOf(id).value, older, newer, loading, failed, loaded };
});

/** Everything the viewer shows of what is loaded, oldest first. @type {(id: string) => import("./world.js").Sig<import("./files.js").Hung[]>} */
export const viewable = byId((id) =>
  itemsOf(id).value.flatMap((item) => {
    if (item.type !== "message") return [];
    const { seq, author, at } = item;
    return item.files
      .filter(isViewable)
      .map((file) => ({ key: keyOfFile(seq, file.id), author, at, file }));
  }),
);

const ownPending = byId((id) => pending.value.filter((one) => one.conversation === id));

/** @type {(id: string) => import("./world.js").Sig<Item[]>} */
const itemsOf = byItems((id) => {
  const known = conversationIn(id).value ?? blank(id);
  const me = ownId.value;
  const line = unreadLine.value.conversation === id ? unreadLine.value : null;
  const come = new Set(known.entries.map((entry) => (entry.kind === "message" ? entry.nonce : "")));
  const waiting = known.newer
    ? [] // the newest is somewhere else
    : ownPending(id).value.filter(({ nonce }) => !come.has(nonce));
  const here = conversationOf(id);
  const wished = wishesIn(here).value;
  const pins = pinsIn(here).value;
  const shown = [
    ...known.entries.map((entry) => shownEntry(entry, known, me, wished, pins)),
    ...waiting.map((one) => shownPending(one, me)),
  ];
  const begins = line && (!known.older || known.first <= line.after + 1); // else it stands further up
  return inGroups(withLines(shown, begins ? line : null));
});

/**
 * Like byId, and an item that did not change stays the same object, so that only what changed is drawn again.
 * @param {(id: string) => Item[]} compute
 */
function byItems(compute) {
  /** @type {Map<string, Map<string, Item>>} */
  const before = new Map();
  return byId((id) => {
    const old = before.get(id);
    const items = compute(id).map((item) => {
      const same = old?.get(item.key);
      return same && isSame(same, item) ? same : item;
    });
    before.set(id, new Map(items.map((item) => [item.key, item])));
    return items;
  });
}

/**
 * @param {Entry} entry @param {Conversation} conversation @param {string} me
 * @param {readonly import("./wishes.js").Wish[]} wished
 * @param {number[]} pins
 * @returns {MessageItem|CallItem|NoticeItem}
 */
function shownEntry(entry, conversation, me, wished, pins) {
  const mine = entry.author === me;
  if (entry.kind === "call") return callItem(entry, me);
  if (entry.kind === "notice") return noticeItem(entry);
  const about = wished.length ? withAsked(entry, wished, me) : entry;
  const polled = entry.poll && wished.length ? withBallot(entry, wished, me) : entry;
  const { seq, author, at, text, nonce, voice = null } = entry; // a cached one may be older than voice messages
  return {
    type: "message",
    key: (mine && nonce) || `${seq}`,
    seq,
    author,
    mine,
    at,
    text,
    files: shownFiles(entry),
    voice,
    state: mine ? tick(conversation, seq, me) : "",
    opens: false,
    closes: false,
    begins: false,
    nonce,
    error: "",
    mentions: entry.mentions ?? NONE, // a cached one may be older than these
    everyone: entry.everyone ?? "",
    deleted: entry.deleted ?? false,
    edited: entry.edited ?? 0,
    reactions: about.reactions ?? NONE,
    own: about.mine ?? NONE,
    pinned: pins.includes(seq),
    thread: isThread(conversation.id) ? undefined : (entry.thread ?? null), // threads have none of their own
    poll: entry.poll ?? null,
    votes: polled.votes ?? NONE,
    chosen: polled.chosen ?? NONE,
    closed: entry.closed ?? false,
    reply: entry.reply ?? 0,
    forwarded: entry.forwarded ?? "",
  };
}

/** @type {never[]} the same for all, so that nothing is drawn again for it */
const NONE = [];

/** @param {Pending} pending @param {string} me @returns {MessageItem} */
function shownPending(pending, me) {
  const carried = carriedBy(pending);
  const { nonce, at, files, mentions = NONE, everyone = "", poll = null } = pending;
  const { text, voice = null } = carried ?? pending;
  const { state, error, progress } = pending;
  const shown = carried
    ? shownFiles(carried)
    : files.map((file, index) => waitingFile(file, progress[index]));
  const rest = { seq: 0, author: me, mine: true, at, text, voice, state, nonce, error };
  const about = { deleted: false, edited: 0, reactions: NONE, own: NONE, pinned: false };
  const asked = { poll, votes: NONE, chosen: NONE, closed: false };
  const kind = { reply: pending.reply ?? 0, forwarded: firstOf(carried), ...asked };
  const place = { key: nonce, opens: false, closes: false, begins: false };
  return {
    type: "message",
    ...place,
    files: shown,
    mentions,
    everyone,
    ...rest,
    ...about,
    ...kind,
  };
}

/** The message a waiting one carries on, as far as it is known here. @param {Pending} pending @returns {MessageEntry|null} */
function carriedBy({ forward }) {
  return (forward && messageAt(forward.conversation, forward.seq).value) ?? null;
}

/** Who said first what is carried on. @param {MessageEntry|null} carried */
const firstOf = (carried) => (carried ? carried.forwarded || carried.author : "");

/** @type {WeakMap<FileInfo[], MessageFile[]>} */
const filesShown = new WeakMap();

/** @param {MessageEntry} entry @returns {MessageFile[]} the same array for the same entry */
function shownFiles({ files }) {
  const shown = filesShown.get(files) ?? files.map(shownFile);
  filesShown.set(files, shown);
  return shown;
}

/** A notice is nobody's message: it stands for itself, and the unread line never over it. @param {import("./members.js").NoticeEntry} entry @returns {NoticeItem} */
function noticeItem(entry) {
  return { type: "notice", key: `${entry.seq}`, at: entry.at, seq: entry.seq, mine: true, entry };
}

/** Puts in the days, and the unread line. @param {(MessageItem|CallItem|NoticeItem)[]} shown @param {{after: number, count: number}|null} line @returns {Item[]} */
function withLines(shown, line) {
  /** @type {Item[]} */
  const items = [];
  let day = { begins: 0, ends: 0 };
  let isDrawn = !line || line.count === 0;
  for (const item of shown) {
    if (item.at < day.begins || item.at >= day.ends) {
      day = dayOf(item.at);
      items.push({ type: "day", key: `day ${new Date(item.at).toDateString()}`, at: item.at });
    }
    if (!isDrawn && line && !item.mine && item.seq > line.after) {
      isDrawn = true;
      items.push({ type: "unread", key: "unread", count: line.count });
    }
    items.push(item);
  }
  return items;
}

/** From midnight to midnight, as it is here. @param {number} at ms */
function dayOf(at) {
  const day = new Date(at).setHours(0, 0, 0, 0);
  const next = new Date(day).getDate() + 1; // not 24 hours later: clocks are turned
  return { begins: day, ends: new Date(day).setDate(next) };
}

/** Says where groups open and close, of items that nobody else has yet. @param {Item[]} items @returns {Item[]} */
function inGroups(items) {
  for (const [at, item] of items.entries()) {
    if (item.type !== "message" && item.type !== "call") continue;
    item.begins = items[at - 1]?.type === "day";
    if (item.type === "call") continue;
    item.opens = !areTogether(items[at - 1], item);
    item.closes = !areTogether(item, items[at + 1]);
  }
  return items;
}

/** @param {Item|undefined} one @param {Item|undefined} next */
function areTogether(one, next) {
  if (one?.type !== "message" || next?.type !== "message") return false;
  return one.author === next.author && Math.abs(next.at - one.at) < GROUP_MS;
}

/** @param {any} one @param {any} other */
function isSame(one, other) {
  return Object.keys(other).every((name) =>
    name === "files" ? isSameFiles(one.files, other.files) : one[name] === other[name],
  );
}

/** @param {MessageFile[]} these @param {MessageFile[]} those */
function isSameFiles(these, those) {
  return these === those || (these.length === 0 && those.length === 0);
}
