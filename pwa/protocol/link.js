// The page's lasting link to the server: one line after another, over a WebSocket or its HTTPS twin, until stopped.
// A newcomer's first mistake is to ask again what was lost: whoever asked knows whether that is safe, the link does not.

import { retryDelay } from "./backoff.js";
import { Lost } from "./errors.js";
import { Line } from "./line.js";

/** @typedef {import("./line.js").Open} Open */
/** @typedef {import("./line.js").Hello} Hello */
/** @typedef {import("./clock.js").Clock} Clock */
/** @typedef {"socket"|"twin"} Kind */
/** @typedef {{state: "offline"|"connecting"|"online", via: Kind|"", since: number, retry_at: number}} Connection */
/**
 * @typedef {object} LinkEar
 * @property {(now: Connection) => void} changed
 * @property {(hello: Hello) => void} hello a line is up: resume
 * @property {(name: string, body: Record<string, any>) => void} event
 * @property {() => void} signedOut this device's session is gone; the link has stopped
 */

export const SIGNED_OUT = 4001;
const GOING_AWAY = 1001;
const NUDGE_PATIENCE_MS = 3000;
const STEADY_MS = 5000; // a line that lived so long was a good one
const PROBE_MS = 5000; // on the twin: how soon a socket is tried again, doubling
const LONGEST_PROBE_MS = 300_000;

export class Link {
  /** @type {Line|null} */
  #line = null;
  /** @type {Line|null} a socket tried while the twin serves */
  #probe = null;
  #running = false;
  #attempt = 0;
  #socketMisses = 0;
  #twinMissed = false;
  #probeDelay = PROBE_MS;
  #cancelRetry = () => {};
  #cancelProbe = () => {};
  /** @type {Connection} */
  now = { state: "offline", via: "", since: 0, retry_at: 0 };

  /** @param {{socket: Open, twin: Open, clock: Clock, random: () => number, ear: LinkEar}} parts */
  constructor({ socket, twin, clock, random, ear }) {
    this.opens = { socket, twin };
    this.clock = clock;
    this.random = random;
    this.ear = ear;
  }

  start() {
    if (this.#running) return;
    this.#running = true;
    this.#connect();
  }

  stop() {
    this.#running = false;
    this.#cancelRetry();
    this.#dropProbe();
    this.#line?.close();
    this.#line = null;
    this.#change("offline", "");
  }

  /** The network, or the person, came back: connect at once, or see whether the line still stands. */
  nudge() {
    if (!this.#running) return;
    if (this.now.state === "online") this.#line?.check(NUDGE_PATIENCE_MS);
    if (this.now.state !== "offline") return;
    this.#attempt = 0;
    this.#connect();
  }

  /**
   * @param {string} name
   * @param {object} body
   * @returns {Promise<any>} the `ok`; rejects with Refused or Lost
   */
  ask(name, body) {
    if (this.now.state !== "online" || !this.#line) return Promise.reject(new Lost());
    return this.#line.ask(name, body);
  }

  /** Two sockets that never greeted: try the twin. Should that fail too, the server is away and they take turns. */
  #choose() {
    return this.#socketMisses < 2 || this.#twinMissed ? "socket" : "twin";
  }

  #connect() {
    this.#cancelRetry();
    const kind = this.#choose();
    this.#change("connecting", kind);
    this.#line = this.#open(kind);
  }

  /** @param {Kind} kind */
  #open(kind) {
    return new Line(this.opens[kind], this.clock, {
      hello: (line, hello) => this.#greeted(line, kind, hello),
      event: (name, body) => this.ear.event(name, body),
      settled: (line) => line === this.#line && this.#moveOver(),
      closed: (line, code) => this.#ended(line, kind, code),
    });
  }

  /** @param {Line} line @param {Kind} kind @param {Hello} hello */
  #greeted(line, kind, hello) {
    if (line === this.#probe) {
      this.probed = hello;
      if (this.#line?.isIdle) this.#moveOver();
      return;
    }
    if (kind === "socket") this.#socketMisses = 0;
    else {
      this.#twinMissed = false;
      this.#probeLater();
    }
    this.#change("online", kind);
    this.ear.hello(hello);
  }

  /** The twin has nothing under way and a socket stands: go over to it. */
  #moveOver() {
    const [hello, socket, twin] = [this.probed, this.#probe, this.#line];
    if (!hello || !socket) return;
    this.#probe = null;
    this.#line = socket;
    twin?.close();
    this.#dropProbe();
    this.#greeted(socket, "socket", hello);
  }

  /** @param {Line} line @param {Kind} kind @param {number} code */
  #ended(line, kind, code) {
    if (line === this.#probe) {
      this.#probe = this.probed = null;
      return this.#probeLater();
    }
    if (line !== this.#line) return;
    this.#line = null;
    this.#dropProbe();
    if (!this.#running) return;
    if (code === SIGNED_OUT) {
      this.stop();
      return this.ear.signedOut();
    }
    this.#count(line, kind);
    this.#retry(code === GOING_AWAY && line.upSince > 0 ? 0 : this.#attempt++);
  }

  /** @param {Line} line @param {Kind} kind */
  #count(line, kind) {
    if (line.upSince > 0) {
      if (this.clock.now() - line.upSince > STEADY_MS) this.#attempt = 0;
    } else if (kind === "socket") {
      this.#socketMisses += 1;
      this.#twinMissed = false;
    } else this.#twinMissed = true;
  }

  /** @param {number} attempt */
  #retry(attempt) {
    const delay = retryDelay(attempt, this.random);
    this.#change("offline", "", this.clock.now() + delay);
    this.#cancelRetry = this.clock.later(delay, () => this.#connect());
  }

  #probeLater() {
    this.#cancelProbe();
    this.#cancelProbe = this.clock.later(this.#probeDelay, () => {
      this.#probeDelay = Math.min(this.#probeDelay * 2, LONGEST_PROBE_MS);
      this.#probe = this.#open("socket");
    });
  }

  #dropProbe() {
    this.#cancelProbe();
    this.#probeDelay = PROBE_MS;
    const probe = this.#probe;
    this.#probe = this.probed = null;
    probe?.close();
  }

  /** @param {Connection["state"]} state @param {Kind|""} via */
  #change(state, via, retry_at = 0) {
    this.now = { state, via, since: this.clock.now(), retry_at };
    this.ear.changed(this.now);
  }

  /** @type {Hello|null} what the probe was greeted with */
  probed = null;
}
