// The HTTPS twin of the socket: the same frames, carried by POSTs of which one is always held open by the server.
// A POST that carries commands is answered soon, so the next waits for it and commands stay in order; a POST that
// only listens may be overtaken, and the server ends it when the next arrives.

import { MAX_FRAME } from "./codec.js";

/** @typedef {import("./line.js").Open} Open */
/** @typedef {import("./line.js").Ear} Ear */
/** @typedef {{connection: string, answer: number, body: Uint8Array, signal: AbortSignal}} Round */
/** @typedef {{status: number, connection: string, answer: number, body: Uint8Array}} Reply */
/** @typedef {(round: Round) => Promise<Reply>} Post rejects when the network fails */

const CODES = new Map([
  [401, 4001],
  [410, 1006],
  [429, 4029],
]); // HTTP status -> the code a socket would have closed with
const MAX_VALUES = 200; // in one body; the server takes 256

/** @param {Post} post @returns {Open} */
export function twinTo(post) {
  return (ear) => new Twin(post, ear);
}

export class Twin {
  /** @type {Uint8Array[]} */
  #queue = [];
  #connection = "";
  #answer = 0;
  #carrying = true; // the first POST opens the connection: everything else waits for it
  /** @type {Promise<void>} replies are heard in the order in which they were asked for */
  #turn = Promise.resolve();
  #held = 0;
  #over = new AbortController();

  /** @param {Post} post @param {Ear} ear */
  constructor(post, ear) {
    this.post = post;
    this.ear = ear;
    this.#round();
  }

  /** @param {Uint8Array} frame */
  send(frame) {
    this.#queue.push(frame);
    queueMicrotask(() => this.#next());
  }

  close() {
    this.#over.abort();
  }

  #next() {
    if (this.#over.signal.aborted || this.#carrying) return;
    if (this.#queue.length > 0 || this.#held === 0) this.#round();
  }

  #round() {
    const body = this.#load();
    const carries = this.#connection === "" || body.length > 0;
    if (carries) this.#carrying = true;
    this.#held += 1;
    const reply = this.post({
      connection: this.#connection,
      answer: this.#answer,
      body,
      signal: this.#over.signal,
    });
    this.#turn = this.#turn.then(async () => {
      try {
        this.#hear(await reply, carries);
      } catch {
        this.#fail(1006);
      }
    });
    reply.catch(() => {}); // told above, in its turn
  }

  /** @param {Reply} reply @param {boolean} carries */
  #hear(reply, carries) {
    if (this.#over.signal.aborted) return;
    this.#held -= 1;
    if (carries) this.#carrying = false;
    if (reply.status !== 200) return this.#fail(CODES.get(reply.status) ?? 1006);
    this.#connection = reply.connection;
    this.#answer = Math.max(this.#answer, reply.answer);
    this.ear.heard(reply.body);
    this.#next();
  }

  /** @param {number} code */
  #fail(code) {
    if (this.#over.signal.aborted) return;
    this.#over.abort();
    this.ear.closed(code);
  }

  /** What waits, as one body within the limits of a frame. */
  #load() {
    let [size, count] = [0, 0];
    while (count < this.#queue.length && count < MAX_VALUES) {
      size += this.#queue[count].length;
      if (count > 0 && size > MAX_FRAME) break;
      count += 1;
    }
    return joined(this.#queue.splice(0, count));
  }
}

/** @param {Uint8Array[]} frames */
function joined(frames) {
  const whole = new Uint8Array(frames.reduce((size, frame) => size + frame.length, 0));
  let at = 0;
  for (const frame of frames) {
    whole.set(frame, at);
    at += frame.length;
  }
  return whole;
}
