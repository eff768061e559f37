// All emoji with their names in the page's language, fetched when they are first wanted; and finding one by a word.

import { signal } from "@preact/signals-core";

/** @typedef {{emoji: string, label: string, group: number, words: string[], code: string, skins: string[]}} Emoji `skins`: the tones 1 to 5, or none */
/** @typedef {{unicode: string, label: string, hexcode: string, group?: number, order?: number, tags?: string[], skins?: {unicode: string, hexcode: string}[]}} Raw */

const HOME = "/vendor/emoji";
const TRANSLATED = new Set(["de", "es"]);
const PARTS = 2; // of people's hair and skin: nobody writes them alone
const TONE = /1F3F[B-F]/g;

/** Every emoji, in the order in which pickers show them; empty until fetched. */
export const emojis = signal(/** @type {readonly Emoji[]} */ ([]));

/** The groups there are, in order: their names are the catalogue's. */
export const GROUPS = [0, 1, 3, 4, 5, 6, 7, 8, 9];

let spoken = "";
/** @type {Promise<void>|null} */
let coming = null;

/** Fetches them, once for a language. Rejects without a network. @param {string} language @returns {Promise<void>} */
export function bringEmojis(language) {
  const wanted = TRANSLATED.has(language) ? language : "en";
  if (wanted === spoken && coming) return coming;
  spoken = wanted;
  coming = Promise.all([json(`${wanted}/compact.json`), json("github.json")]).then(
    ([raw, codes]) => {
      if (spoken === wanted) emojis.value = shaped(raw, codes);
    },
  );
  coming.catch(() => {
    coming = null; // tried again at the next look
  });
  return coming;
}

/** @param {string} name */
async function json(name) {
  const answer = await fetch(`${HOME}/${name}`);
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  return answer.json();
}

/** @param {Raw[]} raw @param {Record<string, string|string[]>} codes by hexcode @returns {Emoji[]} */
export function shaped(raw, codes) {
  return raw
    .filter(({ group }) => group !== undefined && group !== PARTS)
    .sort((a, b) => (a.order ?? 0) - (b.order ?? 0))
    .map(({ unicode, label, hexcode, group = 0, tags = [], skins = [] }) => {
      const known = [codes[hexcode] ?? []].flat();
      const words = [label, ...tags].flatMap((text) => plain(text).split(/[\s,:()-]+/));
      return {
        emoji: canonical(unicode),
        label,
        group,
        words: [...new Set([...words, ...known])],
        code: known[0] ?? plain(label).replace(/[^\p{L}\p{N}]+/gu, "_"),
        skins: tonesOf(skins),
      };
    });
}

/** The five forms in one tone each; people of two tones are left to who types them. @param {{unicode: string, hexcode: string}[]} skins */
function tonesOf(skins) {
  const tones = ["1F3FB", "1F3FC", "1F3FD", "1F3FE", "1F3FF"].map((tone) =>
    skins
      .filter(({ hexcode }) => (hexcode.match(TONE) ?? []).every((one) => one === tone))
      .sort((a, b) => a.hexcode.length - b.hexcode.length)
      .at(0),
  );
  return tones.every((one) => one) ? tones.map((one) => canonical(one?.unicode ?? "")) : [];
}

/** As Unicode calls it fully qualified: no selector behind what is a picture without one, so that no two look the same. @param {string} emoji */
export function canonical(emoji) {
  return emoji.replace(/(\p{Emoji_Presentation})\ufe0f/gu, "$1");
}

/** @param {Emoji} one @param {number} tone */
export function toned({ emoji, skins }, tone) {
  return (tone > 0 && skins[tone - 1]) || emoji;
}

/** Each word begins a word of theirs, the best first. @param {readonly Emoji[]} all @param {string} query @param {number} most @returns {Emoji[]} */
export function found(all, query, most) {
  const sought = plain(query)
    .split(/[\s_]+/)
    .filter(Boolean);
  const whole = sought.join("_");
  if (!whole) return [];
  const ranked = [];
  for (const [at, one] of all.entries()) {
    if (one.emoji === query.trim()) return [one];
    const fits = sought.every((word) => one.words.some((theirs) => theirs.startsWith(word)));
    if (!fits && !one.code.startsWith(whole)) continue;
    const isNamed = one.code === whole || plain(one.label) === whole;
    const begins = one.code.startsWith(whole) || plain(one.label).startsWith(whole);
    const isWord = sought.every((word) => one.words.includes(word));
    const length = begins ? one.code.length : 0; // the shortest is most likely meant
    ranked.push({ one, rank: [isNamed ? 0 : begins ? 1 : isWord ? 2 : 3, length, at] });
  }
  return ranked
    .sort((a, b) => a.rank[0] - b.rank[0] || a.rank[1] - b.rank[1] || a.rank[2] - b.rank[2])
    .slice(0, most)
    .map(({ one }) => one);
}

/** Neither accents nor case matter. @param {string} text */
function plain(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
