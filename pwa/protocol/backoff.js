// How long to wait before trying again: quick at first, doubling, never in step with the other phones of the house.

const FIRST_MS = 500;
const LONGEST_MS = 30_000;

/**
 * Between half and the whole of 0.5 s, 1 s, 2 s … 30 s.
 * @param {number} attempt how many have failed before, from 0
 * @param {() => number} random 0..1
 */
export function retryDelay(attempt, random) {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 10));
  return ceiling / 2 + (random() * ceiling) / 2;
}
