// The emoji a person uses: which last, which most, and in which skin tone. Remembered by this browser.

import { computed } from "@preact/signals-core";
import { kept } from "./kept.js";

const USUAL = ["👍", "❤️", "😂", "😮", "😢", "🙏"];
const MOST_USED = 36; // remembered
const MOST_COUNT = 30; // times one counts, so that a new favourite may come up

/** @type {import("@preact/signals-core").Signal<{emoji: string, times: number}[]>} the latest first */
const used = kept("emoji.used", /** @type {{emoji: string, times: number}[]} */ ([]));

/** The skin tone of all hands and people: 0 as they come, 1 light to 5 dark. */
export const tone = kept("emoji.tone", 0);

/** Other tones of single emoji, by the emoji without one. */
const ownTones = kept("emoji.tones", /** @type {Record<string, number>} */ ({}));

/** The last used, latest first. */
export const recent = computed(() => used.value.map(({ emoji }) => emoji));

/** The six that are offered first: what is used most, then what everybody uses. */
export const quick = computed(() => {
  const often = used.value.filter(({ times }) => times > 1).sort((a, b) => b.times - a.times);
  const plain = USUAL.map((emoji) => inTone(emoji, tone.value));
  return [...new Set([...often.map(({ emoji }) => emoji), ...plain])].slice(0, USUAL.length);
});

/** @param {string} emoji */
export function noteUse(emoji) {
  const before = used.peek();
  const times = before.find((one) => one.emoji === emoji)?.times ?? 0;
  const rest = before.filter((one) => one.emoji !== emoji).slice(0, MOST_USED - 1);
  used.value = [{ emoji, times: Math.min(times + 1, MOST_COUNT) }, ...rest];
}

/** The tone of one emoji, by itself without one. @param {string} emoji */
export function toneOf(emoji) {
  return Object.hasOwn(ownTones.value, emoji) ? ownTones.value[emoji] : tone.value;
}

/** @param {string} emoji @param {number} chosen */
export function setToneOf(emoji, chosen) {
  ownTones.value = { ...ownTones.peek(), [emoji]: chosen };
}

/** One tone for all from now on. @param {number} chosen */
export function setTone(chosen) {
  tone.value = chosen;
  ownTones.value = {};
}

/** The thumb and the folded hands in a tone; whatever else has none here. @param {string} emoji @param {number} chosen */
function inTone(emoji, chosen) {
  const isHand = emoji === "👍" || emoji === "🙏";
  return isHand && chosen ? emoji + String.fromCodePoint(0x1f3fa + chosen) : emoji;
}

/** On signing out. */
export function forgetFavourites() {
  used.value = [];
  setTone(0);
}
