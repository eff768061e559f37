// Cameras, microphones and loudspeakers: which there are, and which one chose. A choice is found again by its id, and by its
// name where browsers give out new ids (when a page's storage was cleared, or in another browser's private window).

import { computed, signal } from "@preact/signals-core";
import { kept } from "./kept.js";

/** @typedef {"camera" | "microphone" | "speaker"} Gear */
/** @typedef {{id: string, label: string}} Piece one of them */
/** @typedef {Record<Gear, Piece[]>} Present */

/** @type {Present} */
const NOTHING = { camera: [], microphone: [], speaker: [] };

/** What is plugged in, as far as the browser says; before it may be used, pieces have neither id nor name. */
export const present = signal(NOTHING);

/** What was chosen, for the next time too. */
export const chosen = kept("gear", /** @type {Partial<Record<Gear, Piece>>} */ ({}));

/** @param {Gear} kind @param {Piece} piece */
export function choose(kind, piece) {
  chosen.value = { ...chosen.peek(), [kind]: { id: piece.id, label: piece.label } };
}

/** What was chosen, if it is there. @param {Gear} kind @param {Present} [among] @returns {Piece|null} */
export function found(kind, among = present.value) {
  const wish = chosen.value[kind];
  if (!wish) return null;
  const pieces = among[kind];
  const named = wish.label && pieces.find(({ label }) => label === wish.label);
  return pieces.find(({ id }) => id === wish.id) ?? (named || null);
}

/** Where sound goes, as setSinkId takes it; "" is the device's own choice, also while what was chosen is not there. */
export const speakerId = computed(() => found("speaker")?.id ?? "");

/** What a browser lists, in kinds; what stands in its list twice under one id is one. "communications" is only another name.
 * @param {{kind: string, deviceId: string, label: string}[]} list @returns {Present} */
export function sorted(list) {
  const of = (/** @type {string} */ kind) =>
    list
      .filter((one) => one.kind === kind && one.deviceId !== "communications")
      .map(({ deviceId: id, label }) => ({ id, label }))
      .filter(({ id }, at, all) => !id || all.findIndex((one) => one.id === id) === at);
  return { camera: of("videoinput"), microphone: of("audioinput"), speaker: of("audiooutput") };
}
