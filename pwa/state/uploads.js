// Uploads by the tus protocol 1.0.0 (https://tus.io/protocols/resumable-upload): created, sent in pieces, resumable at
// the byte the server has. Pieces grow and shrink so that each takes about a second, which is how progress is told.

import { Lost, Refused } from "../protocol/errors.js";
import { within } from "../protocol/within.js";

/**
 * @typedef {object} Options
 * @property {AbortSignal} [signal] cancels; the promise rejects with an AbortError
 * @property {(fraction: number) => void} [progress] 0..1
 * @property {string} [location] where an upload begun earlier goes on
 * @property {boolean} [voice] it is a recording of somebody speaking, which the server makes playable everywhere
 * @property {(location: string) => void} [created] told the location as soon as there is one, for going on later
 * @property {typeof fetch} [fetch]
 * @property {() => number} [now] ms
 */

const PATH = "/api/files";
const SMALLEST = 256 * 1024; // bytes of a piece
const FIRST = 1024 * 1024;
const LARGEST = 8 * 1024 * 1024;
const WITHIN_MS = 120_000; // for one piece
const HEADERS = { "Tus-Resumable": "1.0.0", "X-Parley": "1" };

/**
 * Brings a file to the server.
 * @param {Blob} blob
 * @param {string} name
 * @param {Options} [options]
 * @returns {Promise<string>} its file id; rejects with Refused (`unreadable`: it was changed, moved or deleted), Lost, or an AbortError
 */
export async function upload(blob, name, options = {}) {
  const { progress = () => {}, now = Date.now } = options;
  const begun = options.location ? await offsetOf(options.location, options) : null;
  let offset = begun ?? 0;
  await bytesOf(blob.slice(offset, offset + 1)); // nothing is begun for a file that has gone
  const location = begun === null ? await create(blob, name, options) : (options.location ?? "");
  let piece = FIRST;
  while (offset < blob.size) {
    progress(offset / blob.size);
    const began = now();
    const bytes = await bytesOf(blob.slice(offset, offset + piece));
    offset = await patch(location, offset, bytes, options);
    piece = resized(piece, now() - began);
  }
  progress(1);
  return location.slice(location.lastIndexOf("/") + 1);
}

/** Cancels an upload on the server, or takes back a file that was never sent. @param {string} location @param {Options} [options] */
export async function takeBack(location, options = {}) {
  await ask(location, options, { method: "DELETE" });
}

/** @param {number} piece bytes @param {number} ms it took */
function resized(piece, ms) {
  if (ms < 500) return Math.min(piece * 2, LARGEST);
  return ms > 2000 ? Math.max(piece / 2, SMALLEST) : piece;
}

/** @param {Blob} blob @param {string} name @param {Options} options */
async function create(blob, name, options) {
  const metadata = `filename ${base64(name)}${options.voice ? ",voice" : ""}`;
  const response = await ask(PATH, options, {
    method: "POST",
    headers: { "Upload-Length": `${blob.size}`, "Upload-Metadata": metadata },
  });
  const location = new URL(response.headers.get("Location") ?? "", response.url || "https://x/")
    .pathname;
  options.created?.(location);
  return location;
}

/** Read here and not by fetch, which says of a file that has gone what it says of a network that has. @param {Blob} piece */
function bytesOf(piece) {
  return piece.arrayBuffer().catch(() => Promise.reject(new Refused({ code: "unreadable" })));
}

/** The bytes the server has; null if it no longer knows the upload. @param {string} location @param {Options} options */
async function offsetOf(location, options) {
  try {
    return offsetIn(await ask(location, options, { method: "HEAD" }));
  } catch (error) {
    if (error instanceof Refused && error.code === "not-found") return null;
    throw error;
  }
}

/** @param {string} location @param {number} offset @param {ArrayBuffer} bytes @param {Options} options */
async function patch(location, offset, bytes, options) {
  const headers = {
    "Upload-Offset": `${offset}`,
    "Content-Type": "application/offset+octet-stream",
  };
  return offsetIn(await ask(location, options, { method: "PATCH", headers, body: bytes }));
}

/** @param {Response} response */
function offsetIn(response) {
  return Number(response.headers.get("Upload-Offset"));
}

/** @param {string} url @param {Options} options @param {RequestInit} request */
async function ask(url, { signal, fetch = globalThis.fetch }, request) {
  const response = await fetch(url, {
    ...request,
    credentials: "same-origin",
    headers: { ...HEADERS, ...request.headers },
    signal: within(WITHIN_MS, signal),
  }).catch((error) => Promise.reject(signal?.aborted ? error : new Lost()));
  if (!response.ok) {
    const code = response.status === 404 ? "not-found" : "not-saved"; // an answer to HEAD has no words
    throw new Refused({ code, ...(await response.json().catch(() => ({}))) });
  }
  return response;
}

/** Base64 of the UTF-8 bytes, as tus asks for. @param {string} text */
function base64(text) {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
