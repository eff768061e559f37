// How a message that waits goes to the server, and what it means when it does not.

import { splitAddress } from "../protocol/address.js";
import { Lost, NOT_NOW, Refused } from "../protocol/errors.js";
import { ask } from "./connection.js";
import { heldIn, world } from "./world.js";

/** @typedef {import("../protocol/clock.js").Clock} Clock */
/** @typedef {import("./waiting.js").Item} Item */
/** @typedef {import("./waiting.js").Meant} Meant */
/** @typedef {import("./waiting.js").Shelf} Shelf */
/** @typedef {import("../protocol/types.js").Written} Written */
/**
 * @typedef {object} Parts what an outbox is made of
 * @property {Shelf} shelf
 * @property {(item: Item) => Promise<Written>} deliver rejects with Refused or Lost
 * @property {typeof import("./shrinking.js").shrink} shrink
 * @property {typeof import("./uploads.js").upload} upload
 * @property {typeof import("./uploads.js").takeBack} takeBack
 * @property {(conversation: string, seq: number) => boolean} hasCome whether the timeline is that far already
 * @property {(meant: Meant) => void} tell to the other tabs, of which one may be sending it
 * @property {Clock} clock
 * @property {() => number} random
 */

/** Refusals that say "not now" rather than "no". */
const LATER = new Set([...NOT_NOW, "too-many", "in-use"]);

/** An upload that this page itself gave up. */
export class Cancelled extends Error {}

/** @param {Item} item @returns {Promise<Written>} rejects with Refused or Lost */
export function deliver({ conversation: address, text, files, nonce, ...more }) {
  const { conversation, thread } = splitAddress(address);
  const {
    voice = null,
    mentions = [],
    everyone = "",
    reply = 0,
    forward = null,
    poll = null,
  } = more;
  const about = { target: thread, reply, mentions, everyone, forward, poll };
  return ask("message.send", {
    conversation,
    text,
    files: files.map(({ id }) => id),
    nonce,
    voice,
    ...about,
  });
}

/** Whether the timeline is that far already. @param {string} id @param {number} seq */
export function hasCome(id, seq) {
  return (heldIn(world.peek(), splitAddress(id).conversation)?.head ?? 0) >= seq;
}

/** Why a message is not to be tried again by itself; null where it is. What nobody has foreseen would fail for ever. @param {unknown} error */
export function refusalOf(error) {
  if (error instanceof Lost || error instanceof Cancelled) return null;
  if (!(error instanceof Refused)) {
    console.error(error);
    return new Refused({ code: "internal" });
  }
  return LATER.has(error.code) ? null : error;
}
