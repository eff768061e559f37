// JSON over HTTPS, and the twin's POST: the only place that calls fetch for the protocol.

import { Lost, Refused } from "./errors.js";
import { within } from "./within.js";

/** @typedef {import("./twin.js").Round} Round */
/** @typedef {import("./twin.js").Reply} Reply */

const POLL_WITHIN_MS = 40_000; // the server holds an answer up to 25 s

/**
 * @param {"GET"|"POST"|"DELETE"} method
 * @param {string} path
 * @param {object} [body]
 * @returns {Promise<{status: number, body: any}>} rejects with Refused (any status from 400), or Lost
 */
export async function request(method, path, body) {
  /** @type {RequestInit} */
  const options = { method, credentials: "same-origin", headers: { "X-Parley": "1" } };
  if (body) {
    options.headers = { "X-Parley": "1", "Content-Type": "application/json" };
    options.body = JSON.stringify(body);
  }
  const response = await fetch(path, options).catch(() => Promise.reject(new Lost()));
  const said = response.status === 204 ? {} : await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(said);
  return { status: response.status, body: said };
}

/** One round of the twin. @param {Round} round @returns {Promise<Reply>} */
export async function postFrames({ connection, answer, body, signal }) {
  const query = connection ? `?connection=${encodeURIComponent(connection)}&answer=${answer}` : "";
  const response = await fetch(`/api/frames${query}`, {
    method: "POST",
    credentials: "same-origin",
    headers: { "X-Parley": "1", "Content-Type": "application/msgpack" },
    body: /** @type {BufferSource} */ (body),
    signal: within(POLL_WITHIN_MS, signal),
  });
  return {
    status: response.status,
    connection: response.headers.get("X-Parley-Connection") ?? connection,
    answer: Number(response.headers.get("X-Parley-Answer") ?? answer),
    body: new Uint8Array(await response.arrayBuffer()),
  };
}
