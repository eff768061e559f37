// Keeping what we know whole: live events, pulling what is missing, resuming, opening and paging.
// Whatever comes in leaves here through apply.js; this file only decides what to ask for.

import { batch, signal } from "@preact/signals-core";
import { conversationOf, isThread, splitAddress } from "../protocol/address.js";
import { wallClock } from "../protocol/clock.js";
import { Lost } from "../protocol/errors.js";
import { Follower } from "../protocol/follow.js";
import { MAX_BEHIND, MAX_PAGE, MAX_ROWS } from "../protocol/limits.js";
import { withBlocked } from "./blocks.js";
import { ask, connection, tellHearers } from "./connection.js";
import { MAX_MARKED, MAX_NAMED } from "./members.js";
import { discard, outbox, pending } from "./outbox.js";
import { eventsIn, withEvents, withOpened, withRowOf, withThread } from "./pages.js";
import { hearHead, tellWatched, withCards } from "./people.js";
import { marker, received } from "./reading.js";
import { current, outOf, placeUnreadLine } from "./screen.js";
import { withoutThread } from "./threads.js";
import { forgetLater } from "./typing.js";
import { MOST, trimmed } from "./window.js";
import {
  byId,
  change,
  emptyWorld,
  heldIn,
  withConversation,
  withoutConversations,
  world,
} from "./world.js";

/** @typedef {import("../protocol/types.js").Row} RowAnswer */
/** @typedef {import("../protocol/types.js").Rows} Rows */
/** @typedef {import("../protocol/types.js").Events} Page */
/** @typedef {import("../protocol/types.js").Opened} Opened */
/** @typedef {import("../protocol/types.js").People} People */
/** @typedef {{loading: boolean, failed: string}} Loading */

const DIRECTORY = "directory";
const AHEAD = 10; // conversations fetched before anybody opens them, so that they open offline

/** Of these whoever keeps words of earlier messages has to know, however late: the others are news or nothing. */
const CHANGING = new Set(["message.edited", "message.deleted"]);
const IDLE = { loading: false, failed: "" };

export const follower = new Follower({
  pull,
  open: (id) => (id === DIRECTORY ? listPeople() : open(id)),
  apply: applyAll,
  onScreen: () => current.peek(),
  clock: wallClock,
});

hearHead((head) => {
  if (head > 0 && follower.have(DIRECTORY) !== undefined) follower.moved(DIRECTORY, head);
});

/** Whether conversations and people were heard at all, from cache or server. */
export const listed = signal(false);

/** The server's store all this comes from. */
export let epoch = "";

let cursor = "";

// -- what comes in ----------------------------------------------------------------------------------------------------

/** A live event. @param {string} name @param {any} body */
export function receive(name, body) {
  if (name === "directory.moved") follower.moved(DIRECTORY, body.head);
  else if (body.conversation && body.seq > 0) follower.hear({ name, body });
  else applyAll([{ name, body }], true);
}

/** @param {{name: string, body: any}[]} events @param {boolean} live */
function applyAll(events, live) {
  batch(() => {
    change((before) => withEvents(before, events));
    for (const id of new Set(events.map(({ body }) => body.conversation))) keepSmall(id);
    arrived(events);
    leave(events.map(({ body }) => body.conversation).filter(isOut));
  });
  for (const { name, body } of events) {
    if (!live && !CHANGING.has(name)) continue;
    if (name === "typing.changed") forgetLater(body);
    if (name === "conversation.created") void meet(body.members);
    if (name === "member.left") void nameAgain(body.conversation);
    tellHearers(name, body);
  }
}

/** Who joined since we looked at the directory may write or call at once: learn who that is. @param {string[]} members */
async function meet(members) {
  if (members.every((id) => id in world.peek().people)) return;
  follower.moved(DIRECTORY, await tellWatched(true));
}

/** Who does not look at a conversation needs no more of it than a window's length. @param {string} id */
function keepSmall(id) {
  const known = world.peek().conversations[id];
  if (!known || id === current.peek() || known.entries.length <= MOST) return;
  change((before) => withConversation(before, id, (now) => trimmed(now, "newer")));
}

/** @param {string} id */
function isOut(id) {
  return world.peek().conversations[id]?.out ?? false;
}

/** Rooms one is not in any more are forgotten, with what waits to be said there. @param {string[]} ids */
function leave(ids) {
  for (const id of ids) {
    follower.forget(id);
    if (isLookedAt(id)) {
      const title = world.peek().conversations[id]?.room?.title ?? "";
      outOf.value = { conversation: id, title };
    }
    for (const { conversation, nonce } of pending.peek())
      if (conversationOf(conversation) === id) void discard(nonce);
  }
  if (ids.length > 0) change((before) => withoutConversations(before, ids));
}

/** Whether it is shown, or a thread of it, which is held for just as long. @param {string} id */
function isLookedAt(id) {
  return [current.peek(), ...Object.keys(world.peek().threads)].some(
    (address) => conversationOf(address) === id,
  );
}

/** A room that has become small enough for everybody's name, or mark, is asked for them. @param {string} id */
async function nameAgain(id) {
  const size = world.peek().conversations[id]?.room?.size;
  if (size === MAX_NAMED || size === MAX_MARKED) await open(id).catch(() => {});
}

/** Others' messages are delivered to us, and ours are no longer pending. @param {{name: string, body: any}[]} events */
function arrived(events) {
  for (const { name, body } of events) {
    if (name !== "message.sent") continue;
    if (body.author === world.peek().me) outbox.echoed(body.nonce);
    else received(body.conversation, body.seq);
  }
}

// -- asking for it ----------------------------------------------------------------------------------------------------

/** @param {string} conversation @param {number} after */
async function pull(conversation, after) {
  /** @type {Page} */
  const { head, last, more, frames } = await ask("sync.pull", { conversation, after });
  return { head, last, more, events: eventsIn(frames) };
}

/** Loads a conversation afresh. @param {string} id */
export async function open(id) {
  if (isThread(id)) return openThread(id);
  /** @type {Opened} */
  const opened = await ask("conversation.open", { conversation: id });
  const missed = follower.have(id) !== opened.row.head;
  batch(() => {
    change((before) => withOpened(before, opened, missed));
    arrived(eventsIn(opened.page.frames));
  });
  follower.stand(id, opened.row.head);
}

/** The newest answers of a thread. @param {string} address */
async function openThread(address) {
  const page = await pageOfThread(address, {});
  change((before) => withThread(before, page));
}

/** @param {string} address @param {object} place @returns {Promise<Page>} its `conversation` is the address */
export async function pageOfThread(address, place) {
  const { conversation, thread } = splitAddress(address);
  const asked = { conversation, target: thread, limit: MAX_PAGE, ...place };
  return { ...(await ask("thread.page", asked)), conversation: address };
}

/** The view of a thread is gone, and so is its window. @param {string} address */
export function forgetThread(address) {
  change((before) => withoutThread(before, address));
}

/** Everyone of the house, and from which moment on the directory's log goes on. */
async function listPeople() {
  let [after, head] = ["", -1];
  do {
    /** @type {People} */
    const answer = await ask("people.list", { after });
    change((before) => withCards(before, answer.people));
    if (head < 0) head = answer.head;
    after = answer.after;
  } while (after);
  follower.stand(DIRECTORY, head);
}

// -- the list ---------------------------------------------------------------------------------------------------------

/** A new connection: hears what moved, then fetches what is missing. @param {import("../protocol/types.js").Hello} hello */
export async function resume(hello) {
  if (epoch && hello.epoch !== epoch) forget();
  applyAll([{ name: "hello", body: hello }], true);
  const known = epoch;
  epoch = hello.epoch;
  for (const [id, { failed }] of Object.entries(loads.peek())) if (failed) note(id, IDLE);
  try {
    const rows = await ask("sync.resume", { epoch: known, heads: heads() });
    marker.resume();
    takeRows(rows);
    change((before) => withBlocked(before, rows.blocked));
    const head = await tellWatched(true);
    if (follower.have(DIRECTORY) === undefined) await listPeople();
    else follower.moved(DIRECTORY, head);
    listed.value = true;
    follower.pump();
    await load(current.peek());
    await loadAhead();
  } catch (error) {
    if (!(error instanceof Lost)) throw error; // else the next line resumes
  }
}

/** The store is another one: nothing we hold is true any more. What waits to be sent still is. */
export function forget() {
  follower.clear();
  epoch = cursor = "";
  change(({ me, people }) => ({
    ...emptyWorld(me),
    people: me in people ? { [me]: people[me] } : {},
  }));
}

/** Puts back what the cache held. @param {import("./cache.js").Kept} kept */
export function recall(kept) {
  epoch = kept.epoch;
  const { preferences, blocked } = kept;
  change((before) => withCards({ ...before, preferences, blocked }, kept.people));
  for (const { conversation, have } of kept.conversations) {
    change((before) => withConversation(before, conversation.id, () => conversation));
    follower.stand(conversation.id, have);
  }
  if (kept.directory) follower.stand(DIRECTORY, kept.directory);
  for (const mark of kept.owed) marker.note(mark);
  if (kept.conversations.length > 0) listed.value = true;
}

/** What the cache should hold. @param {string} device @returns {import("./cache.js").Kept} */
export function toKeep(device) {
  const { me, people, conversations, preferences, blocked } = world.peek();
  const held = Object.values(conversations).filter(
    ({ kind }) => kind === "direct" || kind === "room",
  );
  return {
    who: { me, device },
    epoch,
    directory: follower.have(DIRECTORY) ?? 0,
    owed: marker.owed,
    preferences,
    blocked,
    people: Object.values(people),
    conversations: held.map((conversation) => ({
      conversation,
      have: follower.have(conversation.id) ?? 0,
    })),
  };
}

/** The next rows of a very long list. */
export async function loadMore() {
  if (!cursor || connection.peek().state !== "online") return;
  const before = cursor;
  cursor = "";
  takeRows(await ask("sync.list", { before }));
}

/** @param {Rows} answer */
function takeRows({ rows, people, before, gone = [] }) {
  cursor = before;
  batch(() => {
    leave(gone);
    change((now) => withCards(now, people));
    for (const row of rows) takeRow(row);
  });
}

/** @param {RowAnswer} row */
function takeRow(row) {
  const { conversation: id, head } = row;
  const have = follower.have(id);
  const behind = have === undefined ? 0 : head - have;
  const isWorthPulling = world.peek().conversations[id]?.loaded && behind <= MAX_BEHIND;
  const drop = behind > 0 && !isWorthPulling;
  change((before) => withRowOf(before, row, drop));
  if (have === undefined || drop) follower.stand(id, head);
  else follower.moved(id, head);
  if (row.unread > 0) received(id, head);
}

/** What we hold of the newest conversations, for a resume. @returns {Record<string, number>} */
function heads() {
  const { conversations } = world.peek();
  const newest = newestFirst(Object.values(conversations)).slice(0, MAX_ROWS);
  return Object.fromEntries(newest.map(({ id }) => [id, follower.have(id) ?? 0]));
}

/** @param {import("./world.js").Conversation[]} conversations */
function newestFirst(conversations) {
  return conversations.sort((a, b) => (b.last?.at ?? 0) - (a.last?.at ?? 0));
}

// -- one conversation -------------------------------------------------------------------------------------------------

const loads = signal(/** @type {Record<string, Loading>} */ ({}));

/** Whether a conversation is being loaded, or why it could not be. */
export const loadingOf = byId((id) => loads.value[id] ?? IDLE);

/** Loads a conversation if it is not, or not since its gap grew too large. @param {string} id */
export async function load(id) {
  if (!id || heldIn(world.peek(), id)?.loaded) return;
  await noting(id, () => open(id));
}

/** What failed is tried again: the conversation, or what the reader stands at the end of. @param {string} id */
export async function loadAgain(id) {
  note(id, IDLE);
  await load(id);
}

/** Shows a conversation; "" shows none. @param {string} id */
export function show(id) {
  if (current.peek() === id) return;
  batch(() => {
    current.value = id;
    outOf.value = { conversation: "", title: "" };
    placeUnreadLine(id);
  });
  if (connection.peek().state === "online") load(id);
  follower.pump();
}

/** Shows it no longer; another may be shown by now. @param {string} id */
export function hide(id) {
  if (current.peek() === id) show("");
}

/** @type {Map<string, Promise<void>>} */
const underWay = new Map();

/** One step of loading at a time in each conversation; what went wrong is noted. @param {string} id @param {() => Promise<void>} step */
export async function noting(id, step) {
  if (underWay.has(id)) return;
  note(id, { loading: true, failed: "" });
  const now = step().then(
    () => note(id, IDLE),
    (error) => note(id, { loading: false, failed: error.message }),
  );
  underWay.set(id, now);
  await now;
  underWay.delete(id);
}

/** When nothing of this conversation is being loaded any more. @param {string} id @returns {Promise<void>} */
export async function whenIdle(id) {
  while (underWay.has(id)) await underWay.get(id);
}

/** @param {string} id @param {Loading} now */
function note(id, now) {
  loads.value = { ...loads.peek(), [id]: now };
}

/** The newest conversations, so that they open with no network. */
async function loadAhead() {
  const newest = newestFirst(Object.values(world.peek().conversations).filter(({ last }) => last));
  for (const { id } of newest.slice(0, AHEAD)) await load(id);
}
