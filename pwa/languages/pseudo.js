/**
 * A made-up language for who makes the screens: English with strange letters, about two fifths longer and in brackets, so
 * that a word outside the catalogue, a cut one and one glued together from pieces are seen at once. Right to left, every
 * word also carries the marks that turn it round.
 */

const PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const STRANGE = "åƀçđéƒĝĥîĵķļɱñöþɋŕšţûṽŵẋýžÅƁÇĐÉƑĜĤÎĴĶĻṀÑÖÞɊŔŠŢÛṼŴẊÝŽ";
const LETTERS = new Map([...PLAIN].map((letter, place) => [letter, [...STRANGE][place]]));
const TURNED = "\u202e"; // right-to-left override
const BACK = "\u202c"; // pop directional formatting

/** @typedef {"ltr"|"rtl"} Direction */

/** Longer by its vowels, in strange letters. @param {string} word */
const strange = (word) =>
  [...word.replace(/[aeiou]/g, "$&$&")].map((letter) => LETTERS.get(letter) ?? letter).join("");

/** @param {string} text @param {Direction} dir */
function disguise(text, dir) {
  const turn = (/** @type {string} */ word) => (dir === "rtl" ? TURNED + word + BACK : word);
  return text.replace(/[A-Za-z’']+/g, (word) => turn(strange(word)));
}

/** What was put into a sentence, such as a name, stays as it is. @param {string} text @param {any[]} put @param {Direction} dir */
function around(text, put, dir) {
  const words = put.map(String).filter((one) => /[A-Za-z]/.test(one) && text.includes(one));
  const [first] = words.sort((a, b) => b.length - a.length);
  if (!first) return disguise(text, dir);
  /** @type {string} */
  const rest = text
    .split(first)
    .map((part) => around(part, words.slice(1), dir))
    .join(first);
  return rest;
}

/**
 * The whole catalogue in disguise. @param {object} english @param {Direction} dir
 * @returns {import("./live.js").Catalogue}
 */
export function disguised(english, dir) {
  return { ...section(english, dir), language: "en" };
}

/** @param {object} english @param {Direction} dir */
function section(english, dir) {
  const entries = Object.entries(english).map(([key, word]) => [key, one(word, dir)]);
  return Object.fromEntries(entries);
}

/** @param {any} word @param {Direction} dir @returns {any} */
function one(word, dir) {
  if (typeof word === "string") return word && `[${disguise(word, dir)}]`;
  if (typeof word === "function")
    return (/** @type {any[]} */ ...put) => `[${around(String(word(...put)), put, dir)}]`;
  if (Array.isArray(word)) return word.map((part) => one(part, dir));
  return word && typeof word === "object" ? section(word, dir) : word;
}
