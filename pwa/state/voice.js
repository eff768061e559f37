// Recording a voice message: held or locked, paused, kept for later, sent. One at a time; what records is given.

import { effect, signal } from "@preact/signals-core";
import { wallClock } from "../protocol/clock.js";
import { takeReply } from "./composing.js";
import { isInCall } from "./gathering.js";
import { toNewest } from "./history.js";
import { outbox, send } from "./outbox.js";
import { fileOf, voiceOf } from "./recorded.js";
import { session } from "./session.js";
import {
  beginPieces,
  dropNotes,
  forgetNote,
  hasUnkept,
  keepNote,
  noteIn,
  takeNote,
} from "./unsent.js";
import { byId } from "./world.js";

/** @typedef {import("../protocol/clock.js").Clock} Clock */
/** @typedef {"refused"|"missing"|"in-use"|"insecure"|"failed"|"unsupported"} Trouble */
/** @typedef {{conversation: string, phase: "asking"|"recording"|"paused", locked: boolean}} Recording */
/** @typedef {import("./recorded.js").Note} Note */
/** @typedef {{conversation: string, what: Trouble|"short"|"full"}} Hint */
/**
 * @typedef {object} Recorder
 * @property {() => number} level how loud it is now, 0..1
 * @property {() => void} pause
 * @property {() => void} resume
 * @property {() => Promise<Blob>} stop all of it; the microphone is let go
 * @property {() => void} drop the microphone is let go
 */
/**
 * `lost` is called when the microphone goes away, `piece` with what was recorded since the last one.
 * @typedef {(lost: () => void, piece: (blob: Blob) => void) => Promise<Recorder|Trouble>} Open
 */
/** @typedef {{clock: Clock, send: (conversation: string, note: Note) => Promise<unknown>}} Parts `send` resolves when it would not be lost with the page */

const LEAST_MS = 1000; // less was a slip of the finger
const MOST_MS = 15 * 60_000;
const EVERY_MS = 50; // a look at how loud it is
const SHOWN = 48; // of the newest levels
const HINT_MS = 6000;
const NOTHING = { ms: 0, levels: /** @type {number[]} */ ([]) };

/** The recording that goes on, or null. */
export const recording = signal(/** @type {Recording|null} */ (null));

/** How long it is, and its newest levels. Changes many times a second. */
export const meter = signal(NOTHING);

/** What is to be said about the last try. */
const hint = signal(/** @type {Hint|null} */ (null));

/** @type {(conversation: string) => import("./world.js").Sig<Recording|null>} */
export const recordingIn = byId((conversation) =>
  recording.value?.conversation === conversation ? recording.value : null,
);

/** @type {(conversation: string) => import("./world.js").Sig<Hint["what"]|"">} */
export const hintIn = byId((conversation) =>
  hint.value?.conversation === conversation ? hint.value.what : "",
);

/** Whether something would be lost or cut short with the page. */
export const hasUnsent = () => recording.peek() !== null || hasUnkept();

export class Voices {
  /** @type {Recorder|null} */
  #recorder = null;
  /** @type {ReturnType<typeof beginPieces>|null} what the disk has of it */
  #pieces = null;
  /** @type {number[]} */
  #levels = [];
  #told = 0; // of the levels, with the pieces
  #spoken = 0; // ms before the last pause
  #since = 0;
  #attempt = 0;
  #stopLooking = () => {};
  #stopHint = () => {};

  /** @param {Parts} parts */
  constructor(parts) {
    this.parts = parts;
  }

  /** Begins, when the microphone is there and the person may use it. @param {string} conversation @param {Open} open */
  async start(conversation, open) {
    if (recording.peek() || noteIn(conversation).peek()) return;
    this.#hint(null);
    const attempt = ++this.#attempt;
    recording.value = { conversation, phase: "asking", locked: false };
    meter.value = NOTHING;
    const piece = (/** @type {Blob} */ blob) => attempt === this.#attempt && this.#piece(blob);
    const opened = await open(() => this.keep(), piece);
    const here = attempt === this.#attempt && recording.peek()?.phase === "asking"; // else it was cancelled meanwhile
    if (typeof opened === "string") {
      if (!here) return;
      recording.value = null;
      this.#hint({ conversation, what: opened });
    } else if (!here) opened.drop();
    else this.#begin(opened, conversation);
  }

  /** It goes on without a finger on it. */
  lock() {
    const now = recording.peek();
    if (now && !now.locked) recording.value = { ...now, locked: true };
  }

  /** The finger is gone. While the browser still asks, it was needed for the answer. */
  release() {
    const now = recording.peek();
    if (!now || now.locked) return undefined;
    return now.phase === "asking" ? this.lock() : this.finish();
  }

  pause() {
    if (recording.peek()?.phase !== "recording") return;
    this.#spoken = this.#length();
    this.#stopLooking();
    this.#phase("paused");
    this.#recorder?.pause();
  }

  resume() {
    if (recording.peek()?.phase !== "paused") return;
    this.#recorder?.resume();
    this.#look();
    this.#phase("recording");
  }

  /** Ends it, and sends it if it is more than a slip of the finger. */
  async finish() {
    const conversation = recording.peek()?.conversation ?? "";
    const note = await this.#end();
    if (note) await this.#send(conversation, note);
    else this.#hint({ conversation, what: "short" });
  }

  /** Ends it, to be heard and sent later. @param {boolean} [full] since it may be no longer */
  async keep(full = false) {
    const conversation = recording.peek()?.conversation ?? "";
    const note = await this.#end();
    if (note) keepNote(conversation, note);
    if (note && full) this.#hint({ conversation, what: "full" });
  }

  /** Nobody sees any more that it records there: it goes no further. @param {string} conversation */
  async leave(conversation) {
    if (recording.peek()?.conversation === conversation) await this.keep();
  }

  /** Throws away what is recorded, or what was kept. @param {string} conversation */
  cancel(conversation) {
    this.#hint(null);
    if (recording.peek()?.conversation === conversation) this.#drop();
    const note = takeNote(conversation);
    if (note) forgetNote(note.id);
  }

  /** The hint has been read. */
  dismiss() {
    this.#hint(null);
  }

  /** Sends what was kept. @param {string} conversation */
  async sendKept(conversation) {
    const note = takeNote(conversation);
    this.#hint(null);
    if (note) await this.#send(conversation, note);
  }

  /** Nobody is here any more. */
  clear() {
    this.#drop();
    dropNotes();
    this.#hint(null);
  }

  /** @param {Recorder} recorder @param {string} conversation */
  #begin(recorder, conversation) {
    this.#recorder = recorder;
    this.#pieces = beginPieces(conversation, this.parts.clock.now());
    this.#levels = [];
    this.#told = 0;
    this.#spoken = 0;
    this.#phase("recording");
    this.#look();
  }

  /** @param {Blob} blob what was recorded since the last one */
  #piece(blob) {
    if (!this.#recorder || !blob.size) return; // the end comes with all of it
    this.#pieces?.add(blob, this.#length(), this.#levels.slice(this.#told));
    this.#told = this.#levels.length;
  }

  /** @param {Recording["phase"]} phase */
  #phase(phase) {
    const now = recording.peek();
    if (now) recording.value = { ...now, phase };
  }

  /** ms */
  #length() {
    if (recording.peek()?.phase === "paused") return this.#spoken;
    return this.#spoken + this.parts.clock.now() - this.#since;
  }

  /** Looks again and again at how loud it is, until it is paused or ends. */
  #look() {
    this.#since = this.parts.clock.now();
    const look = () => {
      const ms = this.#length();
      this.#levels.push(this.#recorder?.level() ?? 0);
      meter.value = { ms, levels: this.#levels.slice(-SHOWN) };
      if (ms >= MOST_MS) this.keep(true);
      else this.#stopLooking = this.parts.clock.later(EVERY_MS, look);
    };
    this.#stopLooking = this.parts.clock.later(EVERY_MS, look);
  }

  /** The recorder, which is looked at no more. */
  #take() {
    const recorder = this.#recorder;
    this.#stopLooking();
    this.#recorder = null;
    this.#pieces = null;
    recording.value = null;
    return recorder;
  }

  /** Nothing is left of it. */
  #drop() {
    const pieces = this.#pieces;
    this.#take()?.drop();
    if (pieces) forgetNote(pieces.id);
  }

  /** What was recorded, or null if it is too little. @returns {Promise<Note|null>} */
  async #end() {
    const ms = this.#length();
    const pieces = this.#pieces;
    if (!this.#recorder || !pieces || ms < LEAST_MS) {
      this.#drop();
      return null;
    }
    const voice = voiceOf(ms, this.#levels);
    const { id, begun } = pieces;
    const blob = await this.#take()?.stop();
    if (blob?.size) return { id, begun, file: fileOf(blob, begun), voice };
    forgetNote(id);
    return null;
  }

  /** @param {string} conversation @param {Note} note */
  async #send(conversation, note) {
    await this.parts.send(conversation, note);
    await forgetNote(note.id); // it is safe elsewhere: not a moment sooner
  }

  /** @param {Hint|null} what */
  #hint(what) {
    this.#stopHint();
    hint.value = what;
    const passes = what?.what === "short" || what?.what === "full";
    this.#stopHint = passes ? this.parts.clock.later(HINT_MS, () => this.#hint(null)) : () => {};
  }
}

/** This page's. */
export const voices = new Voices({
  clock: wallClock,
  send: async (conversation, { file, voice }) => {
    toNewest(conversation); // who speaks sees it, wherever they had read
    const more = { voice, reply: takeReply(conversation) };
    await outbox.settled(await send(conversation, "", [file], more));
  },
});

/** A call needs the microphone; who signs out leaves nothing. */
export function followVoices() {
  const stops = [
    effect(() => {
      if (isInCall.value) voices.keep();
    }),
    effect(() => {
      if (session.value.state === "signed-out") voices.clear();
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
