/** What a call says of itself. */

import { strings } from "../strings.js";

/** @typedef {import("../state/calls.js").CallState} CallState */

const words = strings.call;

/** One line under the name, "" while the clock runs there. @param {CallState} call */
export function statusWords(call) {
  if (call.phase === "outgoing") return ringWords(call);
  if (call.phase === "connecting") return call.link === "slow" ? words.slow : words.connecting;
  return call.phase === "reconnecting" ? words.reconnecting : "";
}

/** @param {CallState} call */
function ringWords({ ring, video }) {
  if (ring === "asking") return video ? words.askingVideo : words.asking;
  return words[ring];
}

/** How it ended. @param {CallState} call @param {string} name of the other side */
export function endingWords({ reason, words: said }, name) {
  if (reason === "refused") return said;
  const ending = words.endings[/** @type {keyof typeof words.endings} */ (reason || "ended")];
  if (typeof ending === "function") return ending(name);
  return ending ?? words.endings.ended;
}

/** What could not be had, and what to do. @param {import("../call/devices.js").Problem} problem */
export function problemWords({ device, trouble }) {
  return words.problems[device][trouble];
}

/** Which device went or came, and what is used now. @param {import("../call/media.js").Swap} swap */
export function swapWords({ device, what, label }) {
  return strings.gear.swaps[device][what](label);
}

/** How the connection is, in words, "" while it is not known. @param {Pick<CallState, "phase" | "quality">} call */
export function lineWords({ phase, quality }) {
  return phase === "live" && quality ? words[quality] : "";
}

/** The same as a note, "" when there is nothing to say. @param {CallState} call */
export function qualityWords({ phase, quality }) {
  return quality === "good" ? "" : lineWords({ phase, quality });
}
