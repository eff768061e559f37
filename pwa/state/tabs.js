// Several tabs of one browser: one of them owns the outbox and the cache, the others leave both alone.
// Where there are no Web Locks (plain pages) every tab is an owner; nonces keep what they send single.

import { signal } from "@preact/signals-core";

const NAME = "parley";

/** Whether this tab owns the outbox and the cache. */
export const owner = signal(false);

/** Asks to be the owner; becomes it now, or when the tab that is closes. */
export function askOwnership() {
  if (!globalThis.navigator?.locks) {
    owner.value = true;
    return;
  }
  navigator.locks.request(NAME, () => {
    owner.value = true;
    return new Promise(() => {}); // held as long as the page lives
  });
}

const channel =
  globalThis.location && globalThis.BroadcastChannel ? new BroadcastChannel(NAME) : null;

/** Tells the other tabs. @param {"outbox"|"recordings"|"signed-out"} what */
export function tellTabs(what) {
  channel?.postMessage(what);
}

/** @param {(what: "outbox"|"recordings"|"signed-out") => void} callback when another tab told */
export function hearTabs(callback) {
  channel?.addEventListener("message", ({ data }) => {
    if (typeof data === "string") callback(/** @type {any} */ (data));
  });
}

/** @typedef {import("./waiting.js").Meant} Meant */

/** Tells the other tabs what is to become of a message that waits: one of them may be sending it. @param {Meant} meant */
export function tellMeant(meant) {
  channel?.postMessage({ meant });
}

/** @param {(meant: Meant) => void} callback when a person told another tab */
export function hearMeant(callback) {
  channel?.addEventListener("message", ({ data }) => {
    if (data.meant) callback(data.meant);
  });
}

// -- who is looked at, and who sounds ---------------------------------------------------------------------------------

// Locks tell it, since they go with the tab that holds them, however it ends.

const LOOKING = "parley.looking ";

/** What this tab shows while it is looked at; null while it is not. @type {string|null} */
let looking = null;
let lookAway = () => {};

/** This tab is looked at, and shows this conversation ("" for none); null: it is not looked at. @param {string|null} id */
export function look(id) {
  if (id === looking) return;
  lookAway();
  looking = id;
  lookAway = id === null ? () => {} : hold(LOOKING + id, "shared");
}

/** The conversations in front of somebody, in whichever tab; "" for a tab that shows none. @returns {Promise<string[]>} */
export async function lookedAt() {
  const mine = looking === null ? [] : [looking];
  return [...mine, ...(await heldWith(LOOKING))];
}

/** Whether this tab sounds for all: the first that was touched, and so may. */
export const speaker = signal(false);

/** Asks to be the one that sounds; becomes it now, or when the tab that is closes. */
export function askToSound() {
  if (!globalThis.navigator?.locks) {
    speaker.value = true;
    return;
  }
  navigator.locks.request("parley.sound", () => {
    speaker.value = true;
    return new Promise(() => {});
  });
}

// -- what is recorded or kept just now --------------------------------------------------------------------------------

const RECORDING = "parley.recording ";

/** This tab records, or sends what it recorded. @param {string} id of the recording @returns {() => void} it is over */
export function holdRecording(id) {
  return hold(RECORDING + id, "shared");
}

/** The recordings that a tab is at, whichever. */
export async function recordingsHeld() {
  return new Set(await heldWith(RECORDING));
}

const KEEPING = "parley.keeping ";

/** This tab has a message that is not on the disk, or not all of it. @param {string} nonce @returns {() => Promise<void>} it is over; resolves when every tab knows */
export function holdKeeping(nonce) {
  return hold(KEEPING + nonce, "shared");
}

/** The messages that some tab has so, whichever. */
export async function keepingHeld() {
  return new Set(await heldWith(KEEPING));
}

/** What follows in the names of the locks that begin so. @param {string} prefix @returns {Promise<string[]>} */
async function heldWith(prefix) {
  const locks = globalThis.navigator?.locks;
  if (!locks?.query) return [];
  const { held = [] } = await locks.query();
  const names = held.map(({ name = "" }) => name).filter((name) => name.startsWith(prefix));
  return names.map((name) => name.slice(prefix.length));
}

/** @param {string} name @param {"shared"} mode @returns {() => Promise<void>} lets go; resolves when it is gone */
function hold(name, mode) {
  const { promise, resolve } = later();
  const held = globalThis.navigator?.locks?.request(name, { mode }, () => promise);
  const gone = Promise.resolve(held).catch(() => {});
  return () => {
    resolve();
    return gone;
  };
}

function later() {
  let resolve = () => {};
  /** @type {Promise<void>} */
  const promise = new Promise((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
