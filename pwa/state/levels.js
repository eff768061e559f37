// How loud a voice message is from its start to its end: measured many times a second, kept as a few bars.

import { MAX_LEVELS } from "../protocol/limits.js";

const QUIET = -52; // dB of full scale: a quiet room
const LOUD = -12; // somebody who speaks up close to the phone

/** How loud samples are, as an ear has it. @param {Float32Array} samples -1..1 @returns {number} 0..1 */
export function loudness(samples) {
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / (samples.length || 1);
  const decibels = 10 * Math.log10(power || Number.MIN_VALUE);
  return Math.min(1, Math.max(0, (decibels - QUIET) / (LOUD - QUIET)));
}

/**
 * As many bars as there is room for, each as loud as the loudest of its stretch.
 * @param {ArrayLike<number>} levels
 * @param {number} count
 * @returns {number[]}
 */
export function bars(levels, count) {
  if (!levels.length) return new Array(count).fill(0);
  return Array.from({ length: count }, (_, at) => {
    const from = Math.floor((at * levels.length) / count);
    const to = Math.max(from + 1, Math.floor(((at + 1) * levels.length) / count));
    let most = 0;
    for (let index = from; index < to; index++) most = Math.max(most, levels[index]);
    return most;
  });
}

/** As a message carries them. @param {number[]} levels 0..1 */
export function packed(levels) {
  const count = Math.min(MAX_LEVELS, levels.length);
  return Uint8Array.from(bars(levels, count), (level) => Math.round(level * 255));
}
