// Who writes just now: said again every 3 s while it lasts, forgotten after 6 s without a word.

import { isThread } from "../protocol/address.js";
import { wallClock } from "../protocol/clock.js";
import { ask } from "./connection.js";
import { person } from "./people.js";
import { byId, change, world } from "./world.js";

/** @typedef {import("./world.js").World} World */

const AGAIN_MS = 3000;
const IDLE_MS = 5000;
const FORGET_MS = 6000;

/** @param {World} before @param {{conversation: string, person: string, typing: boolean}} body @returns {World} */
export function typingChanged(before, { conversation, person, typing }) {
  const rest = (before.typing[conversation] ?? []).filter((one) => one !== person);
  const now = typing ? [...rest, person] : rest;
  return { ...before, typing: { ...before.typing, [conversation]: now } };
}

/** Whoever has said it no longer writes it. @param {World} before @param {{conversation: string, author: string}} body */
export function saidIt(before, { conversation, author }) {
  if (!before.typing[conversation]?.includes(author)) return before;
  return typingChanged(before, { conversation, person: author, typing: false });
}

/** @type {string[]} */
const NOBODY = [];

const idsOf = byId((id) => world.value.typing[id] ?? NOBODY);

/** The people who write in a conversation. */
export const typists = byId((id) => idsOf(id).value.map((one) => person(one).value));

/** @type {Map<string, () => void>} */
const forgetting = new Map();

/** Forgets a typist from whom nothing more comes. @param {{conversation: string, person: string, typing: boolean}} body */
export function forgetLater(body) {
  const key = `${body.conversation} ${body.person}`;
  forgetting.get(key)?.();
  forgetting.delete(key);
  if (!body.typing) return;
  const forget = () => change((before) => typingChanged(before, { ...body, typing: false }));
  forgetting.set(key, wallClock.later(FORGET_MS, forget));
}

let writing = { conversation: "", said: 0 };
let cancelIdle = () => {};

/** One writes here; call it on every input. @param {string} id */
export function typing(id) {
  if (isThread(id)) return; // told to a whole conversation, it would mislead
  if (writing.conversation && writing.conversation !== id) stopped(writing.conversation);
  cancelIdle();
  cancelIdle = wallClock.later(IDLE_MS, () => stopped(id));
  const now = wallClock.now();
  if (writing.conversation === id && now - writing.said < AGAIN_MS) return;
  writing = { conversation: id, said: now };
  tell(id, true);
}

/** One has sent it, or left it. @param {string} id */
export function stopped(id) {
  if (writing.conversation !== id) return;
  writing = { conversation: "", said: 0 };
  cancelIdle();
  tell(id, false);
}

/** @param {string} conversation @param {boolean} typing */
function tell(conversation, typing) {
  ask("typing.set", { conversation, typing }).catch(() => {}); // passing: nobody misses it
}
