// Bytes: the only file that knows msgpack. A frame holds one or more values, each `[ref, name, body]`.

import { decodeMulti, encode } from "@msgpack/msgpack";
import { BadFrame } from "./errors.js";

export const MAX_FRAME = 64 * 1024; // bytes of a frame of ours; the server closes on more

// Half of an emoji, as a cut through its middle leaves it, is no text: msgpack packs it as bytes nobody can read, the
// server hangs up, and the outbox would send the same again for ever.
const HALF = /\p{Surrogate}/gu;

/** @typedef {[ref: number, name: string, body: Record<string, any>]} Value */

/**
 * What is no text in a text becomes U+FFFD, as it does in any UTF-8.
 * @param {number} ref
 * @param {string} name
 * @param {object} body
 */
export function pack(ref, name, body) {
  return encode([ref, name, whole(body)], { ignoreUndefined: true });
}

/**
 * The values of a frame, in order. A `__proto__` key is refused by the decoder itself.
 * @param {Uint8Array} frame
 * @returns {Value[]}
 * @throws {BadFrame} if the frame is not wholly made of such values
 */
export function unpack(frame) {
  try {
    return Array.from(decodeMulti(frame), asValue);
  } catch (error) {
    throw error instanceof BadFrame ? error : new BadFrame(`not msgpack: ${error}`);
  }
}

/** @param {unknown} value @returns {unknown} */
function whole(value) {
  if (typeof value === "string") return value.replace(HALF, "\ufffd");
  if (Array.isArray(value)) return value.map(whole);
  if (value === null || typeof value !== "object" || value instanceof Uint8Array) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, whole(one)]));
}

/** @param {unknown} value @returns {Value} */
function asValue(value) {
  if (Array.isArray(value) && value.length === 3) {
    const [ref, name, body] = value;
    const isBody = typeof body === "object" && body !== null && !Array.isArray(body);
    if (Number.isSafeInteger(ref) && ref >= 0 && typeof name === "string" && isBody) {
      return [ref, name, body];
    }
  }
  throw new BadFrame("a value is [ref, name, body]: a number, a name and a map");
}
