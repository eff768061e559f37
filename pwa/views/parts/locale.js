/** How dates, numbers and lists are written: as the language of the page has it, in the region the reader is of. */

import { apart, strings } from "../../strings.js";

/** @type {readonly string[]} */
const NONE = [];

let known = { spoken: "", asked: NONE, tag: "" }; // it is asked for with every time of day

/** The page's language, with the region the browser asks for where it is the same one: "en" is "en-GB" in Britain. */
export function locale() {
  const spoken = strings.language;
  const asked = globalThis.navigator?.languages ?? NONE; // another list when it changed
  if (spoken !== known.spoken || asked !== known.asked) {
    const tag = asked.find((one) => one.split("-")[0] === spoken) ?? spoken;
    known = { spoken, asked, tag };
  }
  return known.tag;
}

/**
 * Something of Intl, made once for each locale. @template T @param {(locale: string) => T} make
 * @returns {() => T} the one for now
 */
export function perLocale(make) {
  /** @type {Map<string, T>} */
  const made = new Map();
  return () => {
    const tag = locale();
    const known = made.get(tag) ?? make(tag);
    made.set(tag, known);
    return known;
  };
}

const and = perLocale((tag) => new Intl.ListFormat(tag, { type: "conjunction" }));
const comma = perLocale((tag) => new Intl.ListFormat(tag, { type: "unit", style: "short" }));

/** "Anna, Bob and Carol". @param {string[]} names */
export const allOf = (names) => and().format(names.map(apart));

/** "a.png, b.png". @param {string[]} names */
export const inARow = (names) => comma().format(names.map(apart));
