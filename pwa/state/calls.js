// The call this page is in, at most one, and what can be done about it.

import { computed, signal } from "@preact/signals-core";
import { newId, newNonce } from "../protocol/ids.js";
import { Desk } from "./call-desk.js";
import { ask, connection, hear, iceServers } from "./connection.js";
import { peerOf } from "./conversations.js";
import { standingCalls } from "./ringing.js";
import { session } from "./session.js";
import { later } from "./timers.js";
import { holdUpdates } from "./updates.js";

/** @typedef {import("./call-held.js").CallState} CallState */
/** @typedef {import("./call-held.js").Phase} Phase */
/** @typedef {import("./call-held.js").Wish} Wish */
/** @typedef {Pick<import("./call-desk.js").House, "makeEngine" | "memory" | "rooms" | "goOn">} Means */

/** @type {import("@preact/signals-core").Signal<Desk | null>} */
const desk = signal(null);

/** A call wanted before what makes calls was here. @type {(() => void) | null} */
let waiting = null;

/** The call, or null. What it is and how it goes is in its `phase`. */
export const call = computed(() => desk.value?.held.call.value ?? null);

/** A call of one's own that is not in this tab, or null; `here` when it is this device's and may be taken up again. */
export const elsewhere = computed(() => desk.value?.elsewhere.value ?? null);

/** What calls between two and those of rooms need of the rest of the page. */
export const page = {
  /** @param {string} name @param {object} body @returns {Promise<any>} */
  ask: (name, body) => ask(/** @type {any} */ (name), /** @type {any} */ (body)),
  /** @param {string} name @param {(body: any) => void} callback */
  hear: (name, callback) => hear(/** @type {any} */ (name), callback),
  online: computed(() => connection.value.state === "online"),
  self: () => session.value,
  newNonce,
  newCall: () => newId("c"),
  later,
  now: Date.now,
  /** @param {boolean} held */
  hold: (held) => {
    holdUpdates.value = held;
  },
};

/** Once, while somebody is signed in (call/begin.js). The engine and the tab's memory are the browser's, so they are given. @param {Means} means @param {AbortSignal} until */
export function followCalls(means, until) {
  const made = new Desk({
    ...means,
    ...page,
    standing: standingCalls,
    peerOf,
    iceServers: () => iceServers.value,
  });
  desk.value = made;
  made.begin(until);
  until.addEventListener("abort", () => {
    desk.value = null;
  });
  waiting?.();
  waiting = null;
}

/** Call the other person of a conversation. @param {string} conversation @param {Wish} wish */
export function startCall(conversation, wish) {
  const start = () => desk.value?.start(conversation, wish);
  if (desk.value) start();
  else waiting = start;
}

/** Answer what rings, with the camera or with sound only. @param {Wish} wish */
export const accept = (wish) => desk.value?.accept(wish);

/** Do not answer what rings. */
export const decline = () => desk.value?.hangUp();

/** Cancel what rings out, or end the call. */
export const hangUp = () => desk.value?.hangUp();

/** The end has been seen. */
export function dismiss() {
  if (call.value?.phase === "ended") desk.value?.held.drop();
}

/** End the call for another one: how it ended is not shown. */
export function leaveCall() {
  hangUp();
  dismiss();
}

/** Take more people into the call; rejects with Refused. @param {string[]} people @param {string} title of the room, if one has to be made */
export const addToCall = async (people, title) => desk.value?.add(people, title);

/** Take up a call of this device whose tab is gone; false when another tab holds it. */
export const rejoin = () => desk.value?.rejoin();

/** @param {boolean} muted */
export const mute = (muted) => desk.value?.mute(muted);

/** @param {boolean} on */
export const turnCamera = (on) => desk.value?.turnCamera(on);

/** The phone's other camera, or the next one. */
export const switchCamera = () => desk.value?.held.engine?.flip();

/** @param {boolean} on */
export const shareScreen = (on) => desk.value?.held.engine?.share(on);

/** Use this camera or microphone from now on. @param {"camera" | "microphone"} kind @param {string} id */
export const chooseGear = (kind, id) => desk.value?.held.engine?.choose(kind, id);

/** How loud one's microphone is. @param {(level: number) => void} hear 0..1 @returns {() => void} no longer */
export const listen = (hear) => desk.value?.held.engine?.listen(hear) ?? (() => {});

/** How the connection is, in figures; null at first. @returns {Promise<import("../call/figures.js").Figures | null>} */
export const figures = async () => (await desk.value?.held.engine?.figures()) ?? null;
