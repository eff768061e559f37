// One microphone's loudness for all who want it: meters on the screen, and whether somebody speaks while muted.

import { followLoudness } from "./loudness.js";

const LOUD = 0.42; // of loudness: a voice at the table, above a fan and a keyboard
const LATELY = 1500; // ms
const ENOUGH = 5; // loud moments in that time: a voice, not a door
const HELD = 4000; // ms that it is said after the last word

/** Somebody speaks, from levels heard one after another. */
export class Speech {
  /** @type {number[]} */ #loud = [];

  /** @param {number} level 0..1 @param {number} at ms @returns {boolean} whether that was speech, with what came before */
  hears(level, at) {
    if (level >= LOUD) this.#loud.push(at);
    this.#loud = this.#loud.filter((one) => at - one < LATELY);
    return this.#loud.length >= ENOUGH;
  }
}

export class Meter {
  #follow;
  #spoke;
  /** @type {MediaStreamTrack|null} */ #track = null;
  /** @type {Set<(level: number) => void>} */ #hearers = new Set();
  /** @type {(() => void)|null} */ #stop = null;
  /** @type {ReturnType<typeof setTimeout>|undefined} */ #timer;
  #muted = false;
  #speaks = false;
  #speech = new Speech();

  /** @param {(speaks: boolean) => void} spoke while muted, or no longer @param {import("./loudness.js").Follow} [follow] */
  constructor(spoke, follow = followLoudness) {
    this.#spoke = spoke;
    this.#follow = follow;
  }

  /** The microphone to hear, and whether nobody else does. @param {MediaStreamTrack|null} track @param {boolean} muted */
  use(track, muted) {
    if (track !== this.#track) this.#pause();
    this.#track = track;
    this.#muted = muted && track !== null;
    if (!this.#muted) this.#quiet();
    this.#turn();
  }

  /** @param {(level: number) => void} hear 0..1, many times a second @returns {() => void} no longer */
  listen(hear) {
    this.#hearers.add(hear);
    this.#turn();
    return () => {
      this.#hearers.delete(hear);
      this.#turn();
    };
  }

  close() {
    this.#hearers.clear();
    this.use(null, false);
  }

  /** Listens only while somebody wants to know. */
  #turn() {
    const wanted = this.#track !== null && (this.#muted || this.#hearers.size > 0);
    if (!wanted) this.#pause();
    else if (this.#track) this.#stop ??= this.#follow(this.#track, (level) => this.#hear(level));
  }

  #pause() {
    this.#stop?.();
    this.#stop = null;
  }

  /** @param {number} level */
  #hear(level) {
    for (const hear of this.#hearers) hear(level);
    if (!this.#muted || !this.#speech.hears(level, performance.now())) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#quiet(), HELD);
    if (!this.#speaks) this.#say(true);
  }

  #quiet() {
    clearTimeout(this.#timer);
    this.#speech = new Speech();
    if (this.#speaks) this.#say(false);
  }

  /** @param {boolean} speaks */
  #say(speaks) {
    this.#speaks = speaks;
    this.#spoke(speaks);
  }
}
