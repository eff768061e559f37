// Small things one asked for and that are not answered yet: a reaction, a vote, a pin. They show at once, are kept on disk
// through a reload, are sent when there is a connection, and are gone again if they are refused.

import { effect, signal } from "@preact/signals-core";
import { conversationOf } from "../protocol/address.js";
import { wallClock } from "../protocol/clock.js";
import { Lost, NOT_NOW, Refused } from "../protocol/errors.js";
import { newNonce } from "../protocol/ids.js";
import { ask, connection } from "./connection.js";
import { byId } from "./world.js";

/** @typedef {{name: "reaction.set", body: {emoji: string, on: boolean}}} WishedReaction */
/** @typedef {{name: "poll.vote", body: {choices: number[]}}} WishedVote */
/** @typedef {{name: "pin.set", body: {on: boolean}}} WishedPin */
/** @typedef {(WishedReaction|WishedVote|WishedPin) & {conversation: string, target: number}} Asked what is wanted by now, of one message */
/** @typedef {Asked & {key: string, nonce: string}} Wish `key`: the same for all that can only be wanted one way at a time */
/** @typedef {{all: () => Promise<Wish[]>, put: (wish: Wish) => Promise<unknown>, remove: (key: string) => Promise<unknown>}} Shelf */

const AGAIN_MS = 5000;
const SAID_MS = 6000; // long enough to read it

/** All of them. */
export const wishes = signal(/** @type {readonly Wish[]} */ ([]));

/** By the conversation they are about, its threads' among them. @type {(id: string) => import("./world.js").Sig<readonly Wish[]>} */
export const wishesIn = byId((id) => wishes.value.filter((one) => one.conversation === id));

/** Why the last one was not taken, for a moment. */
export const refusal = signal("");

/** @type {Shelf|null} null where storage is refused */
let shelf = null;

/** @type {Set<string>} by nonce, though a slow reading of the shelf may still show them */
const answered = new Set();

/** Where they are kept from now on. @param {Shelf|null} those */
export function keepWishesOn(those) {
  shelf = those;
}

/** Goes on with what an earlier page or another tab left; the nonces make that harmless. */
export async function loadWishes() {
  const kept = (await shelf?.all().catch(() => [])) ?? [];
  const fresh = kept.filter(({ key, nonce }) => !find(key) && !answered.has(nonce));
  wishes.value = [...wishes.peek(), ...fresh];
  for (const { key } of fresh) send(key);
}

/** Wants something of a message; what was wanted of it before is wanted no longer. @param {Asked} asked its `conversation` may be a thread's address */
export async function wish(asked) {
  const conversation = conversationOf(asked.conversation);
  const part = asked.name === "reaction.set" ? ` ${asked.body.emoji}` : "";
  const key = `${asked.name} ${conversation} ${asked.target}${part}`;
  const known = find(key);
  if (known && isSame(known, asked)) return;
  const now = { ...asked, conversation, key, nonce: newNonce() };
  wishes.value = known
    ? wishes.peek().map((one) => (one === known ? now : one))
    : [...wishes.peek(), now];
  shelf?.put(now).catch(() => {}); // full: it lasts as long as the page
  if (!known) await send(key); // else whoever sends the last one sends this next
}

/** Nobody is here any more, or the server is another one. */
export function forgetWishes() {
  for (const { key } of wishes.peek()) shelf?.remove(key).catch(() => {});
  wishes.value = [];
}

/** Tells it for a moment. @param {string} why */
export function say(why) {
  refusal.value = why;
  wallClock.later(SAID_MS, () => {
    if (refusal.peek() === why) refusal.value = "";
  });
}

/** Sends what is wanted, and again when that changed meanwhile. @param {string} key */
async function send(key) {
  for (;;) {
    const next = find(key);
    if (!next) return;
    const isThere = await arrives(next);
    const now = find(key);
    if (isThere && now && isSame(now, next)) return drop(now);
  }
}

/** @param {Wish} wish @returns {Promise<boolean>} false when it may be there or not, and is to be sent again */
async function arrives({ name, nonce, conversation, target, body }) {
  try {
    await ask(name, /** @type {any} */ ({ nonce, conversation, target, ...body }));
  } catch (error) {
    if (error instanceof Lost) return isOnline();
    const { code, message } = /** @type {Refused} */ (error);
    if (error instanceof Refused && NOT_NOW.includes(code)) return inAWhile();
    const isAsWanted = error instanceof Refused && code === "stands-already";
    if (!isAsWanted) say(message);
  }
  return true;
}

/** Resolves, to false, when there is a connection. @returns {Promise<boolean>} */
function isOnline() {
  return new Promise((done) => {
    let dispose = () => {};
    dispose = effect(() => {
      if (connection.value.state !== "online") return;
      queueMicrotask(() => dispose());
      done(false);
    });
  });
}

/** @returns {Promise<boolean>} */
function inAWhile() {
  return new Promise((done) => {
    wallClock.later(AGAIN_MS, () => done(false));
  });
}

/** @param {Wish} wish */
function drop({ key, nonce }) {
  answered.add(nonce);
  wishes.value = wishes.peek().filter((one) => one.key !== key);
  shelf?.remove(key).catch(() => {}); // sent again, it is answered as the first time
}

/** @param {string} key */
function find(key) {
  return wishes.peek().find((one) => one.key === key);
}

/** @param {Asked} one @param {Asked} other */
function isSame(one, other) {
  return JSON.stringify(one.body) === JSON.stringify(other.body);
}
