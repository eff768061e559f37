/**
 * Which entries of a log can be seen: found by halving, first among its days and then among what was said on that day. A log
 * holds hundreds and asks with every scroll, so no list of them is made.
 */

/** @typedef {(place: DOMRect) => boolean} Holds where it holds for an element it holds for all below it */

/** The first entry for which it holds. @param {Element} column @param {Holds} holds @returns {HTMLElement|null} */
export function firstEntry(column, holds) {
  const days = column.children;
  for (let at = firstWhere(days, 0, holds); at < days.length; at += 1) {
    const entries = days[at].children;
    for (let nth = firstWhere(entries, afterName(entries), holds); nth < entries.length; nth += 1)
      if (entries[nth].hasAttribute("data-key")) return /** @type {HTMLElement} */ (entries[nth]);
  }
  return null;
}

/** The last that was said before those for which it holds. @param {Element} column @param {Holds} holds */
export const lastSaidBefore = (column, holds) => lastBefore(column, holds, "data-seq");

/** The last entry before those for which it holds. @param {Element} column @param {Holds} holds */
export const lastEntryBefore = (column, holds) => lastBefore(column, holds, "data-key");

/** @param {Element} column @param {Holds} holds @param {string} attribute what an entry has @returns {HTMLElement|null} */
function lastBefore(column, holds, attribute) {
  const days = column.children;
  for (let at = firstWhere(days, 0, holds) - 1; at >= 0; at -= 1) {
    const entries = days[at].children;
    for (let nth = firstWhere(entries, afterName(entries), holds) - 1; nth >= 0; nth -= 1)
      if (entries[nth].hasAttribute(attribute)) return /** @type {HTMLElement} */ (entries[nth]);
  }
  return null;
}

/** A day's name sticks to the top, and so is not where it stands among the others. @param {HTMLCollection} entries */
const afterName = (entries) => (entries[0]?.classList.contains("day-name") ? 1 : 0);

/** The place of the first from `low` on for which it holds; how many there are where it holds for none. @param {HTMLCollection} column @param {number} low @param {Holds} holds */
function firstWhere(column, low, holds) {
  let high = column.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(column[middle].getBoundingClientRect())) high = middle;
    else low = middle + 1;
  }
  return low;
}
