// What answers carry: rows of the list, openings and pages, put into the world. Pure; their frames pass through apply().

import { splitAddress } from "../protocol/address.js";
import { unpack } from "../protocol/codec.js";
import { apply, folded } from "./apply.js";
import { withEdit } from "./editing.js";
import { lineOf, withNewer, withOlder, withRow } from "./entries.js";
import { withMentionsOf } from "./named.js";
import { withCards } from "./people.js";
import { withPreference } from "./preferences.js";
import { withoutThreads } from "./threads.js";
import { emptyWorld, heldIn, withConversation } from "./world.js";

const MAX_SEQ = Number.MAX_SAFE_INTEGER; // a page counts nothing: the summary is the row's

/** @typedef {import("./world.js").World} World */
/** @typedef {import("../protocol/types.js").Row} Row */
/** @typedef {import("../protocol/types.js").Events} Page */
/** @typedef {import("../protocol/types.js").Opened} Opened */
/** @typedef {import("../protocol/follow.js").LoggedEvent} LoggedEvent */

/** The events in the frames of an answer, in order. @param {Uint8Array[]} frames @returns {LoggedEvent[]} */
export function eventsIn(frames) {
  return frames.flatMap((frame) =>
    unpack(frame).map(([, name, body]) => ({ name, body: /** @type {any} */ (body) })),
  );
}

/** @param {World} before @param {{name: string, body: object}[]} events @returns {World} */
export function withEvents(before, events) {
  return events.reduce((now, { name, body }) => apply(now, name, body), before);
}

/** A row of the list; `drop` forgets what is loaded of it. @param {World} before @param {Row} row @param {boolean} [drop] @returns {World} */
export function withRowOf(before, row, drop = false) {
  const last = row.last ? lineOf(eventsIn([row.last])[0]) : null;
  const edit = row.edit && last?.kind === "message" ? eventsIn([row.edit])[0] : null;
  const line = edit && last ? { ...last, text: edit.body.text } : last;
  const known = before.conversations[row.conversation];
  const preferred = withPreference(withMentionsOf(before, row), row.conversation, row.preference);
  const kept = drop ? withoutThreads(preferred, row.conversation) : preferred;
  return withConversation(kept, row.conversation, () =>
    withRow(known, row, /** @type {any} */ (line), before.me, drop),
  );
}

/**
 * A conversation afresh: whatever was known of it is replaced; with one's own, also what it tells of oneself. Where nothing
 * of it was missed its open threads are whole, and stay.
 * @param {World} before
 * @param {Opened} opened
 * @param {boolean} [missed]
 * @returns {World}
 */
export function withOpened(before, { row, page, people, devices, blocked }, missed = true) {
  const id = row.conversation;
  const { entries } = pageOf(before.me, page, []);
  const window = { entries, first: page.first || 1, older: page.more, newer: false, loaded: true };
  const own = row.kind === "own" ? { devices, blocked } : {};
  const listed = withRowOf(withCards({ ...before, ...own }, people), row, true);
  const { threads } = missed ? listed : before;
  return withConversation({ ...listed, threads }, id, (summary) => ({ ...summary, ...window }));
}

/**
 * The page that ends before `first`; ignored if the window begins elsewhere by now.
 * @param {World} before
 * @param {number} first
 * @param {Page} page
 * @returns {World}
 */
export function withPage(before, first, page) {
  return withConversation(before, page.conversation, (now) => {
    if (now.first !== first) return now;
    return withOlder(now, pageOf(before.me, page, now.late), page);
  });
}

/**
 * The page that begins behind `last`; ignored if the window ends elsewhere by now.
 * @param {World} before
 * @param {number} last
 * @param {Page} page
 * @returns {World}
 */
export function withPageBehind(before, last, page) {
  return withConversation(before, page.conversation, (now) => {
    if (!now.newer || (now.entries.at(-1)?.seq ?? 0) !== last) return now;
    return withNewer(now, pageOf(before.me, page, now.late), page);
  });
}

/** A page somewhere in the middle, in place of the window. @param {World} before @param {Page} page @returns {World} */
export function withPageAround(before, page) {
  return withConversation(before, page.conversation, (now) => {
    const { entries } = pageOf(before.me, page, now.late);
    const newer = (page.newer && page.last > 0) || now.head > page.head;
    const older = page.more && page.first > 0;
    return { ...now, entries, first: page.first || 1, older, newer, loaded: true };
  });
}

/**
 * A page's entries as they stand: as told, with what stands of each, and with what was heard about them meanwhile.
 * @param {string} me
 * @param {Page} page
 * @param {import("./world.js").Targeted[]} late
 * @returns {import("./world.js").Conversation} its entries, and what of `late` is about others
 */
function pageOf(me, { conversation: id, frames, about }, late) {
  const told = folded(id, me, eventsIn(frames));
  const standing = new Map(about.map((one) => [one.seq, one]));
  const entries = told.entries.map((entry) => {
    const one = standing.get(entry.seq);
    return one && entry.kind === "message" ? withAbout(entry, one) : entry;
  });
  const world = withConversation(emptyWorld(me), id, () => ({ ...told, entries, head: MAX_SEQ }));
  return heldIn(withEvents(world, late), id) ?? told;
}

/** @param {import("./entries.js").MessageEntry} entry @param {import("../protocol/types.js").About} about */
export function withAbout(entry, { upto, edit, reactions, mine, votes, chosen, closed, thread }) {
  const words = edit ? withEdit(entry, /** @type {any} */ (eventsIn([edit])[0].body)) : entry;
  const standing = { reactions, mine, votes, chosen, closed, thread };
  return { ...words, ...standing, upto: Math.max(upto, entry.upto) };
}

/** A thread afresh, its newest answers, and what part one has in it. @param {World} before @param {Page} page its `conversation` is the thread's address @returns {World} */
export function withThread(before, page) {
  const { entries } = pageOf(before.me, page, []);
  const { conversation, thread: root } = splitAddress(page.conversation);
  const card = page.about.find(({ seq }) => seq === root)?.thread ?? null;
  const newer = (before.conversations[conversation]?.head ?? 0) > page.head; // an answer may have been told meanwhile
  const window = { entries, first: page.first || 1, older: page.more, newer, loaded: true };
  return withConversation(before, page.conversation, (now) => ({
    ...now,
    ...window,
    card,
    head: page.head,
  }));
}
