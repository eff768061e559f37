/** The emoji this device can draw: one newer than its font would be a box, or fall apart into its pieces. */

import { computed } from "@preact/signals-core";
import { emojis } from "../../state/emoji.js";

const PLAIN = "😀";
const OLD = ["🦄", "👩\u200d🚀"]; // of 2015 and 2016: where even these are not drawn there is no font of emoji at all
const NEWER = /\u200d|[\u{1f1e6}-\u{1f1ff}]|[\u{1f6d5}-\u{1f6ff}]|[\u{1f900}-\u{1faff}]/u;
const ODD = 0.25; // of an emoji's width: more or less than one is none

/** All but those that are drawn wider or narrower than an emoji is; where none can be told apart, all. */
export const drawable = computed(() => {
  const context = document.createElement("canvas").getContext("2d");
  if (!context || !emojis.value.length) return emojis.value;
  context.font = `32px ${getComputedStyle(document.documentElement).getPropertyValue("--emoji")}`;
  const widthOf = (/** @type {string} */ text) => context.measureText(text).width;
  const one = widthOf(PLAIN);
  const isDrawn = (/** @type {string} */ emoji) => Math.abs(widthOf(emoji) - one) < one * ODD;
  if (!OLD.every(isDrawn)) return emojis.value;
  return emojis.value.filter(({ emoji }) => !NEWER.test(emoji) || isDrawn(emoji));
});
