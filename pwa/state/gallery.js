// What hangs in a conversation, as the server lists it: pages of media and of other files, kept while the page lives.

import { signal } from "@preact/signals-core";
import { ask } from "./connection.js";
import { keyOfFile, shownFile } from "./files.js";

/** @typedef {import("../protocol/types.js").Files} Answer */
/** @typedef {"media"|"files"} Kind */
/** @typedef {import("./files.js").Hung & {seq: number}} Hung */
/** @typedef {{files: Hung[], before: number, loading: boolean, loaded: boolean, failed: string}} Gallery `before` is 0 when that was all */

/** @type {Gallery} */
const EMPTY = { files: [], before: 0, loading: false, loaded: false, failed: "" };

/** @type {Map<string, import("@preact/signals-core").Signal<Gallery>>} */
const galleries = new Map();

/** @param {string} conversation @param {Kind} kind */
export function gallery(conversation, kind) {
  const key = `${kind} ${conversation}`;
  const known = galleries.get(key) ?? signal(EMPTY);
  galleries.set(key, known);
  return known;
}

/** From the newest on: what came since is in it, what was deleted is not. @param {string} conversation @param {Kind} kind */
export async function openGallery(conversation, kind) {
  await load(conversation, kind, 0);
}

/** The next page, where there is one. @param {string} conversation @param {Kind} kind */
export async function moreOfGallery(conversation, kind) {
  const { before, loading } = gallery(conversation, kind).peek();
  if (before && !loading) await load(conversation, kind, before);
}

/** @param {string} conversation @param {Kind} kind @param {number} before */
async function load(conversation, kind, before) {
  const shown = gallery(conversation, kind);
  shown.value = { ...shown.peek(), loading: true, failed: "" };
  try {
    const answer = /** @type {Answer} */ (await ask("files.list", { conversation, kind, before }));
    const page = answer.files.map(hung);
    const files = before ? [...shown.peek().files, ...page] : page;
    shown.value = { ...EMPTY, files, before: answer.before, loaded: true };
  } catch (error) {
    const failed = /** @type {Error} */ (error).message;
    shown.value = { ...shown.peek(), loading: false, failed };
  }
}

/** @param {Answer["files"][number]} one @returns {Hung} */
function hung({ seq, at, author, file }) {
  return { key: keyOfFile(seq, file.id), seq, at, author, file: shownFile(file) };
}
