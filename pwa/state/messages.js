// A conversation's timeline as it is shown: days, groups by sender, the unread line, calls, ticks, and what still waits.

import { load, loadingOf } from "./loading.js";
import { pending } from "./outbox.js";
import { tick } from "./reading.js";
import { callItem } from "./ringing.js";
import { unreadLine } from "./screen.js";
import { blank, byId, conversationIn, world } from "./world.js";

export { loadOlder } from "./loading.js";
export { load as openAgain };

/** @typedef {import("./world.js").Conversation} Conversation */
/** @typedef {import("./entries.js").Entry} Entry */
/** @typedef {import("./entries.js").MessageEntry} MessageEntry */
/** @typedef {import("./outbox.js").Pending} Pending */
/** @typedef {import("../protocol/types.js").FileInfo} FileInfo */
/**
 * @typedef {object} MessageFile
 * @property {string} id "" while it waits
 * @property {string} name
 * @property {string} type
 * @property {number} size bytes
 * @property {number} width pixels, 0 when it is no picture or not known yet
 * @property {number} height
 * @property {boolean} thumbnail
 * @property {string} url where its bytes are, "" while it waits
 * @property {string} preview where its thumbnail is, "" without one
 * @property {boolean} picture
 * @property {number} progress 0..1 while it is uploaded
 * @property {Blob|null} blob what is uploaded
 */
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
 * @property {""|"queued"|"sending"|"failed"|"sent"|"delivered"|"read"} state "" of others'
 * @property {boolean} opens the first of a group by one sender
 * @property {boolean} closes the last of it
 * @property {string} nonce
 * @property {string} error why it failed
 */
/** @typedef {import("./ringing.js").CallItem} CallItem */
/** @typedef {{type: "day", key: string, at: number}} DayItem */
/** @typedef {{type: "unread", key: string, count: number}} UnreadItem */
/** @typedef {MessageItem|CallItem|DayItem|UnreadItem} Item */
/** @typedef {{items: Item[], older: boolean, loading: boolean, failed: string, loaded: boolean}} Timeline */

const GROUP_MS = 5 * 60_000; // a longer silence begins a new group

/** @type {(id: string) => import("./world.js").Sig<Timeline>} */
export const timeline = byId((id) => {
  const known = conversationIn(id).value ?? blank(id);
  const { loading, failed } = loadingOf(id).value;
  return { items: itemsOf(id).value, older: known.older, loading, failed, loaded: known.loaded };
});

/** Every picture that is loaded, oldest first. @type {(id: string) => import("./world.js").Sig<MessageFile[]>} */
export const pictures = byId((id) =>
  itemsOf(id).value.flatMap((item) =>
    item.type === "message" ? item.files.filter(({ picture, url }) => picture && url) : [],
  ),
);

const ownPending = byId((id) => pending.value.filter((one) => one.conversation === id));

/** @type {(id: string) => import("./world.js").Sig<Item[]>} */
const itemsOf = byItems((id) => {
  const known = conversationIn(id).value ?? blank(id);
  const { me } = world.value;
  const line = unreadLine.value.conversation === id ? unreadLine.value : null;
  const come = new Set(known.entries.map((entry) => (entry.kind === "message" ? entry.nonce : "")));
  const waiting = ownPending(id).value.filter(({ nonce }) => !come.has(nonce));
  const shown = [
    ...known.entries.map((entry) => shownEntry(entry, known, me)),
    ...waiting.map((one) => shownPending(one, me)),
  ];
  return inGroups(withLines(shown, line));
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

/** @param {Entry} entry @param {Conversation} conversation @param {string} me @returns {MessageItem|CallItem} */
function shownEntry(entry, conversation, me) {
  const mine = entry.author === me;
  if (entry.kind === "call") return callItem(entry, me);
  const { seq, author, at, text, nonce } = entry;
  return {
    type: "message",
    key: (mine && nonce) || `${seq}`,
    seq,
    author,
    mine,
    at,
    text,
    files: shownFiles(entry),
    state: mine ? tick(conversation, seq, me) : "",
    opens: false,
    closes: false,
    nonce,
    error: "",
  };
}

/** @param {Pending} pending @param {string} me @returns {MessageItem} */
function shownPending({ nonce, at, text, files, state, error, progress }, me) {
  const shown = files.map(({ name, blob }, index) => ({
    ...NO_FILE,
    name,
    type: blob.type,
    size: blob.size,
    picture: isPicture(blob.type),
    progress: progress[index],
    blob,
  }));
  const rest = { seq: 0, author: me, mine: true, at, text, files: shown, state, nonce, error };
  return { type: "message", key: nonce, opens: false, closes: false, ...rest };
}

const NO_FILE = { id: "", width: 0, height: 0, thumbnail: false, url: "", preview: "" };

/** @type {WeakMap<FileInfo[], MessageFile[]>} */
const filesShown = new WeakMap();

/** @param {MessageEntry} entry @returns {MessageFile[]} the same array for the same entry */
function shownFiles({ files }) {
  const known = filesShown.get(files);
  if (known) return known;
  const shown = files.map((file) => {
    const url = `/api/files/${file.id}`;
    const preview = file.thumbnail ? `${url}/thumbnail` : "";
    return {
      ...file,
      url,
      preview,
      picture: isPicture(file.type) && file.width > 0,
      progress: 1,
      blob: null,
    };
  });
  filesShown.set(files, shown);
  return shown;
}

/** What a page may show inline. @param {string} type */
function isPicture(type) {
  return /^image\/(jpeg|png|webp|gif)$/.test(type);
}

/** Puts in the days, and the unread line. @param {(MessageItem|CallItem)[]} shown @param {{after: number, count: number}|null} line @returns {Item[]} */
function withLines(shown, line) {
  /** @type {Item[]} */
  const items = [];
  let day = "";
  let isDrawn = !line || line.count === 0;
  for (const item of shown) {
    const itsDay = new Date(item.at).toDateString();
    if (itsDay !== day) items.push({ type: "day", key: `day ${itsDay}`, at: item.at });
    day = itsDay;
    if (!isDrawn && line && !item.mine && item.seq > line.after) {
      isDrawn = true;
      items.push({ type: "unread", key: "unread", count: line.count });
    }
    items.push(item);
  }
  return items;
}

/** Says where groups open and close. @param {Item[]} items @returns {Item[]} */
function inGroups(items) {
  return items.map((item, at) => {
    if (item.type !== "message") return item;
    const opens = !areTogether(items[at - 1], item);
    return { ...item, opens, closes: !areTogether(item, items[at + 1]) };
  });
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
