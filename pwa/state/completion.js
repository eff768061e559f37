// What a half-written word asks for: a person's name behind an @, an emoji's behind a colon. All pure.

import { isWord } from "./links.js";

/** @typedef {{kind: "mention"|"emoji", start: number, end: number, query: string}} Wanted from the sign to the caret */
/** @typedef {import("./world.js").Person} Person */

const MOST_QUERY = 32; // characters behind an @: a name may have spaces
const MOST_PEOPLE = 6; // as many as have room above a keyboard without scrolling
const EMOJI = /(?:^|[\s(*_~"'>-])(:[\p{L}\p{N}_+-]{2,24})$/u;

/** What the text before the caret asks for, or null. @param {string} text @param {number} caret @returns {Wanted|null} */
export function wantedAt(text, caret) {
  const before = text.slice(Math.max(0, caret - MOST_QUERY - 1), caret);
  const emoji = EMOJI.exec(before)?.[1];
  if (emoji)
    return { kind: "emoji", start: caret - emoji.length, end: caret, query: emoji.slice(1) };
  const at = before.lastIndexOf("@");
  if (at < 0 || isWord(before[at - 1] ?? " ")) return null;
  const query = before.slice(at + 1);
  if (/\n|^\s|\s\s/.test(query)) return null;
  return { kind: "mention", start: caret - query.length - 1, end: caret, query };
}

/** Whose name it may be: who begins so first, then who has a word that does. @param {Person[]} people @param {string} query */
export function named(people, query) {
  const sought = plain(query);
  const rank = (/** @type {Person} */ { name }) => {
    const words = plain(name);
    return words.startsWith(sought)
      ? 0
      : words.split(/\s+/).some((word) => word.startsWith(sought))
        ? 1
        : 2;
  };
  return people
    .filter((one) => rank(one) < 2)
    .sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name))
    .slice(0, MOST_PEOPLE);
}

/** Whether what was typed is the beginning of one of these words. @param {readonly string[]} words @param {string} query */
export function isBegun(words, query) {
  const sought = plain(query);
  return words.some((word) => plain(word).startsWith(sought));
}

/** The text with what was chosen in place of what was typed, and where the caret is then. @param {string} text @param {Wanted} wanted @param {string} chosen */
export function completed(text, { start, end }, chosen) {
  const space = /^\s/.test(text.slice(end)) ? "" : " ";
  return { insert: chosen + space, start, end, caret: start + chosen.length + 1 };
}

/** @param {string} text */
function plain(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
