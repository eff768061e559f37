// Ids and nonces as the protocol spells them (protocol/shapes.py). Random ones come from the platform's generator.

const LETTERS = "abcdefghijklmnopqrstuvwxyz234567";

/** 128 random bits as base64url: makes a resend of the same command harmless. */
export function newNonce() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .slice(0, 22);
}

/** A new id: the letter of its kind and 13 random ones (65 bits). @param {"c"} kind a call's are chosen by the page */
export function newId(kind) {
  const bytes = crypto.getRandomValues(new Uint8Array(13));
  return kind + Array.from(bytes, (byte) => LETTERS[byte % 32]).join("");
}

/** The direct conversation of two people; the same whoever computes it. @param {string} one @param {string} other */
export function directId(one, other) {
  return `direct.${[one, other].sort().join(".")}`;
}

/** The other person of a direct conversation, "" if it is none. @param {string} conversation @param {string} me */
export function peerIn(conversation, me) {
  const [kind, low, high] = conversation.split(".");
  if (kind !== "direct") return "";
  return low === me ? high : low;
}
