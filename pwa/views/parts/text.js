/** A message's text as markup: links made clickable and nothing else interpreted, so what was typed is what is seen. */

import { html } from "./html.js";

const LINK = /\b(?:https?:\/\/|www\.)[^\s<>"]+/gi; // one pass, nothing nested: no text makes it slow
const TRAILING = new Set(".,;:!?'*_~»”’");
const PICTURES =
  /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u200d|\ufe0f|\u20e3|\s/gu;
const MOST_BIG = 12; // code units of a text that may be shown large

/** Where the address ends: closing punctuation belongs to the sentence, a bracket only when it was not opened inside. @param {string} found */
function addressLength(found) {
  let end = found.length;
  while (end > 0) {
    const last = found[end - 1];
    const open = last === ")" && !found.slice(0, end).includes("(");
    if (!TRAILING.has(last) && !open) break;
    end -= 1;
  }
  return end;
}

/** @param {string} href */
function isAddress(href) {
  try {
    return new URL(href).hostname !== "";
  } catch {
    return false;
  }
}

/** @param {{text: string}} props */
export function Text({ text }) {
  const parts = [];
  let from = 0;
  for (const { 0: found, index } of text.matchAll(LINK)) {
    const address = found.slice(0, addressLength(found));
    const href = address.startsWith("www.") ? `https://${address}` : address;
    if (!isAddress(href)) continue;
    parts.push(
      text.slice(from, index),
      html`<a href=${href} target="_blank" rel="noopener noreferrer nofollow">${address}</a>`,
    );
    from = index + address.length;
  }
  return html`<span class="text" dir="auto">${parts}${text.slice(from)}</span>`;
}

/** Is it only a few pictures, which are shown large? @param {string} text */
export function isPictures(text) {
  return (
    text.length > 0 &&
    text.length <= MOST_BIG &&
    /\p{Extended_Pictographic}|\p{Regional_Indicator}/u.test(text) &&
    text.replace(PICTURES, "") === ""
  );
}
