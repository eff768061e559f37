/** The language the page speaks now. Every word is read through one signal, so a switch renders all that shows one anew. */

import { signal } from "@preact/signals-core";

/** @typedef {Record<string, any>} Catalogue of English's shape; what it lacks is said in English */

const spoken = signal(/** @type {Catalogue} */ ({}));

/** From now on the page speaks it; `{}` is English. @param {Catalogue} catalogue */
export function speak(catalogue) {
  spoken.value = catalogue;
}

/** What it says for refusals, by code. English has none: the server speaks it. @returns {Record<string, string>} */
export const errors = () => spoken.value.errors ?? {};

// Letters that are written from right to left, and marks that turn writing round.
const TURNING =
  /[\u0590-\u08ff\u200f\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const FIRST_STRONG_ISOLATE = "\u2068"; // UAX 9: what follows is written as its own first letter is
const POP_ISOLATE = "\u2069";
const LEFT_TO_RIGHT = "\u200e"; // a letter nobody sees: all languages here are written so, and `dir=auto` looks for the first

/**
 * What somebody wrote, put into a sentence of ours: its own piece of writing, so that a name in Hebrew does not change the
 * order of what stands around it. Where the page has tags, `<bdi>` and `dir=auto` do it; this is for plain text.
 * @param {string} text
 */
export function apart(text) {
  return TURNING.test(text) ? `${FIRST_STRONG_ISOLATE}${text}${POP_ISOLATE}` : text;
}

/** @type {WeakMap<Function, Function>} */
const careful = new WeakMap();

/** A sentence with something put into it sets that apart and keeps its own direction; any other word is itself. @param {any} word */
function withCare(word) {
  if (typeof word !== "function") return word;
  const known = careful.get(word);
  if (known) return known;
  const said = (/** @type {any[]} */ ...put) => {
    const safe = put.map((one) => (typeof one === "string" ? apart(one) : one));
    const sentence = word(...safe);
    const turns = typeof sentence === "string" && safe.some((one, at) => one !== put[at]);
    return turns ? LEFT_TO_RIGHT + sentence : sentence;
  };
  careful.set(word, said);
  return said;
}

/**
 * The catalogue as views read it: of English's shape, each word in the language spoken at the moment it is read. A
 * section may be held on to (`const words = strings.call`), a word may not: read it while rendering.
 * @template {object} T
 * @param {T} english
 * @param {() => Catalogue|undefined} [now]
 * @returns {T}
 */
export function live(english, now = () => spoken.value) {
  const view = {};
  for (const [key, word] of Object.entries(english)) {
    const isSection = typeof word === "object" && word !== null && !Array.isArray(word);
    const section = isSection ? live(word, () => now()?.[key]) : null;
    Object.defineProperty(view, key, {
      enumerable: true,
      get: () => section ?? withCare(now()?.[key] ?? word),
    });
  }
  return /** @type {T} */ (view);
}
