// Counting people behind one thing: an emoji, an option. The same steps as the server's chat/tallies.py, so that what a page
// has counted itself is what the next page would bring.

/** @typedef {import("../protocol/types.js").Tally} Tally */

const MAX_NAMED = 20; // people named beside a count

/** @type {Tally} */
export const NOBODY = { count: 0, people: [] };

/** One more; named as long as fewer than 20 are. @param {Tally} tally @param {string} person @returns {Tally} */
export function joined({ count, people }, person) {
  return { count: count + 1, people: people.length < MAX_NAMED ? [...people, person] : people };
}

/** One fewer. @param {Tally} tally @param {string} person @returns {Tally} */
export function left({ count, people }, person) {
  return { count: count - 1, people: people.filter((one) => one !== person) };
}
