// What was recorded, as a message carries it: a file with its length and how loud it is.

import { packed } from "./levels.js";

/** @typedef {import("../protocol/types.js").Voice} Voice */
/** @typedef {{id: string, begun: number, file: File, voice: Voice}} Note `begun`: this device's clock */
/**
 * @typedef {object} Row a piece of a recording on the shelf, or all of it as one
 * @property {string} id of the recording
 * @property {number} at its number in it, from 0
 * @property {string} conversation
 * @property {number} begun when the recording began, this device's clock
 * @property {Blob} blob
 * @property {number} ms how long the recording is up to its end
 * @property {number[]} levels how loud it is, 0..1
 * @property {Voice} [voice] with it the row is all of the recording
 */

/** @type {Record<string, string>} */
const ENDINGS = { mp4: "m4a", webm: "webm", ogg: "ogg" };

/** @param {Blob} blob @param {number} begun @returns {File} named for when it was spoken, in UTC */
export function fileOf(blob, begun) {
  const kind = blob.type.split(";")[0];
  const when = new Date(begun).toISOString().slice(0, 16).replace(/\D/g, "");
  const ending = ENDINGS[kind.replace("audio/", "")] ?? "audio";
  return new File([blob], `voice-${when}.${ending}`, { type: kind });
}

/** @param {number} ms @param {number[]} levels @returns {Voice} */
export function voiceOf(ms, levels) {
  return { milliseconds: Math.round(ms), levels: packed(levels) };
}

/**
 * What the rows of one recording are together. Its sound is read into memory: the rows may go before it is sent.
 * @param {Row[]} rows in order
 * @returns {Promise<Note>}
 */
export async function noteOf(rows) {
  const [{ id, begun, blob, voice }] = rows;
  const sound = await new Blob(rows.map((row) => row.blob)).arrayBuffer();
  const all = new Blob([sound], { type: blob.type });
  if (voice) return { id, begun, file: fileOf(all, begun), voice };
  const levels = rows.flatMap((row) => row.levels);
  return { id, begun, file: fileOf(all, begun), voice: voiceOf(rows[rows.length - 1].ms, levels) };
}
