// One connection from opening to close: answers find who asked by their ref, events go on, silence is noticed.
// It does no I/O: a transport (socket.js, twin.js) is opened for it, and time is a parameter.

import { pack, unpack } from "./codec.js";
import { Lost, Refused } from "./errors.js";

/** @typedef {import("./clock.js").Clock} Clock */
/** @typedef {{send: (frame: Uint8Array) => void, close: () => void}} Transport */
/** @typedef {{heard: (frame: Uint8Array) => void, closed: (code: number) => void}} Ear what a transport calls */
/** @typedef {(ear: Ear) => Transport} Open */
/** @typedef {import("./types.js").Hello} Hello */
/**
 * @typedef {object} LineEar
 * @property {(line: Line, hello: Hello) => void} hello the server greets: the line is up
 * @property {(name: string, body: Record<string, any>) => void} event
 * @property {(line: Line) => void} settled nobody waits for an answer any more
 * @property {(line: Line, code: number) => void} closed told once
 */

const HELLO_WITHIN_MS = 8000;
const QUIET_MS = 25_000; // after so much silence we ask whether anybody is there
const PATIENCE_MS = 10_000;
const UNREADABLE = 4009; // the close code for a frame that cannot be parsed

export class Line {
  /** @type {Map<number, {resolve: (body: any) => void, reject: (reason: Error) => void}>} */
  #asked = new Map();
  #ref = 0;
  #closed = false;
  #cancelWait = () => {};
  #cancelQuiet = () => {};
  /** When the server greeted, 0 before. */
  upSince = 0;

  /** @param {Open} open @param {Clock} clock @param {LineEar} ear */
  constructor(open, clock, ear) {
    this.clock = clock;
    this.ear = ear;
    this.#expect(HELLO_WITHIN_MS);
    this.transport = open({
      heard: (frame) => this.#heard(frame),
      closed: (code) => this.close(code),
    });
  }

  /** True while nobody waits for an answer. */
  get isIdle() {
    return this.#asked.size === 0;
  }

  /**
   * The body of the `ok`.
   * @param {string} name
   * @param {object} body
   * @returns {Promise<any>} rejects with Refused, or with Lost when the line closes first
   */
  ask(name, body) {
    if (this.#closed) return Promise.reject(new Lost());
    const ref = ++this.#ref;
    return new Promise((resolve, reject) => {
      this.#asked.set(ref, { resolve, reject });
      this.transport.send(pack(ref, name, body));
    });
  }

  /** Asks whether the server is still there; a phone that slept cannot tell. @param {number} [patience] ms */
  check(patience = PATIENCE_MS) {
    this.#expect(patience);
    this.ask("sync.ping", {}).catch(() => {});
  }

  /** @param {number} [code] why, as a WebSocket close code */
  close(code = 1000) {
    if (this.#closed) return;
    this.#closed = true;
    this.#cancelWait();
    this.#cancelQuiet();
    this.transport?.close();
    for (const { reject } of this.#asked.values()) reject(new Lost());
    this.#asked.clear();
    this.ear.closed(this, code);
  }

  /** The line closes unless something is heard within that time. @param {number} ms */
  #expect(ms) {
    this.#cancelWait();
    this.#cancelWait = this.clock.later(ms, () => this.close(1006));
  }

  /** @param {Uint8Array} frame may be empty: a twin's "still here" */
  #heard(frame) {
    if (this.#closed) return;
    if (this.upSince) this.#cancelWait();
    this.#cancelQuiet();
    this.#cancelQuiet = this.clock.later(QUIET_MS, () => this.check());
    let values;
    try {
      values = unpack(frame);
    } catch {
      return this.close(UNREADABLE);
    }
    for (const [ref, name, body] of values) this.#take(ref, name, body);
    if (values.length > 0 && this.isIdle) this.ear.settled(this);
  }

  /** @param {number} ref @param {string} name @param {any} body */
  #take(ref, name, body) {
    if (ref > 0) return this.#answered(ref, name, body);
    if (name !== "hello") return this.ear.event(name, body);
    this.#cancelWait();
    this.upSince = this.clock.now();
    this.ear.hello(this, body);
  }

  /** @param {number} ref @param {string} name @param {any} body */
  #answered(ref, name, body) {
    const asker = this.#asked.get(ref);
    this.#asked.delete(ref);
    if (name === "ok") asker?.resolve(body);
    else asker?.reject(new Refused(body));
  }
}
