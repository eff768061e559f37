// Playing voice messages: one at a time for the whole page, on through the chat, and on with the next of its conversation.

import { computed, effect, signal } from "@preact/signals-core";
import { isFolded } from "./blocks.js";
import { isInCall } from "./gathering.js";
import { kept } from "./kept.js";
import { timeline } from "./messages.js";
import { session } from "./session.js";
import { recording } from "./voice.js";
import { byId } from "./world.js";

/** @typedef {import("./messages.js").MessageItem} MessageItem */
/**
 * @typedef {object} Track
 * @property {string} key of the message, or of what is recorded and not sent
 * @property {string} conversation
 * @property {string} author "" of what is not sent
 * @property {string} file its id, "" while it is only here
 * @property {string|Blob} source an address, or the sound itself
 * @property {number} ms
 */
/** @typedef {Track & {state: "playing"|"paused"|"failed"}} Playing */
/**
 * @typedef {object} Sound what plays; an <audio> outside of tests
 * @property {(source: string|Blob) => void} load
 * @property {() => Promise<void>} play
 * @property {() => void} pause
 * @property {(ms: number) => void} seek
 * @property {(rate: number) => void} rate
 * @property {() => void} empty
 */
/** @typedef {{moved: (ms: number) => void, ended: () => void, failed: () => void, paused: () => void, played: () => void}} Told */
/** @typedef {(told: Told) => Sound} MakeSound */

export const SPEEDS = [1, 1.5, 2];
const HEARD = 1000; // of the newest are remembered

/** What plays, or is paused; null for nothing. */
export const playing = signal(/** @type {Playing|null} */ (null));

/** Where it is, ms. Changes several times a second. */
export const position = signal(0);

/** How fast voice messages play on this device. */
export const speed = kept("voice.speed", SPEEDS[0]);

/** The files this device has played, the newest last. @type {import("@preact/signals-core").Signal<string[]>} */
const heard = kept("voice.heard", []);
const heardSet = computed(() => new Set(heard.value));

/** Whether it was played on this device. @type {(file: string) => import("./world.js").Sig<boolean>} */
export const isHeard = byId((file) => heardSet.value.has(file));

/** How a track plays, "" when it does not. @type {(key: string) => import("./world.js").Sig<Playing["state"]|"">} */
export const stateOf = byId((key) => (playing.value?.key === key ? playing.value.state : ""));

/** @param {MessageItem} item one with a voice @param {string} conversation @returns {Track} */
export function trackOf({ key, author, files: [file], voice }, conversation) {
  return {
    key,
    conversation,
    author,
    file: file.id,
    source: file.url || file.blob || "",
    ms: voice?.milliseconds ?? 0,
  };
}

export class Player {
  /** @type {Sound|null} */
  #sound = null;

  /** @param {MakeSound} make */
  begin(make) {
    this.#sound = make({
      moved: (ms) => {
        if (playing.peek()) position.value = Math.min(ms, playing.peek()?.ms ?? 0);
      },
      ended: () => this.#ended(),
      failed: () => this.#become("failed"),
      paused: () => this.#become("paused"),
      played: () => this.#become("playing"),
    });
    const wanted = playing.peek();
    playing.value = null;
    if (wanted) this.play(wanted); // before what plays was here
  }

  /** Plays it, from where it was if it is the one that is paused. @param {Track} track */
  async play(track) {
    const now = playing.peek();
    const isNew = now?.key !== track.key || now.state === "failed";
    if (isNew) {
      playing.value = { ...track, state: "playing" };
      position.value = 0;
      this.#sound?.load(track.source);
    } else this.#become("playing");
    this.#sound?.rate(speed.peek());
    if (track.file) this.#hear(track.file);
    try {
      await this.#sound?.play();
    } catch (error) {
      const { name } = /** @type {Error} */ (error);
      if (name === "AbortError" || playing.peek()?.key !== track.key) return; // another one was wanted meanwhile
      this.#become(name === "NotAllowedError" ? "paused" : "failed");
    }
  }

  pause() {
    if (playing.peek()?.state !== "playing") return;
    this.#sound?.pause();
    this.#become("paused");
  }

  /** Goes on, or stops for a while. */
  toggle() {
    const now = playing.peek();
    if (now?.state === "playing") return this.pause();
    return now ? this.play(now) : undefined;
  }

  /** @param {number} ms */
  seek(ms) {
    const now = playing.peek();
    if (!now) return;
    position.value = Math.min(Math.max(0, ms), now.ms);
    this.#sound?.seek(position.peek());
  }

  /** The next speed, and after the last the first. */
  faster() {
    speed.value = SPEEDS[(SPEEDS.indexOf(speed.peek()) + 1) % SPEEDS.length];
    this.#sound?.rate(speed.peek());
  }

  stop() {
    if (!playing.peek()) return;
    playing.value = null;
    position.value = 0;
    this.#sound?.empty();
  }

  #ended() {
    const now = playing.peek();
    const next = now?.file ? nextTrack(now) : null;
    if (next) this.play(next);
    else this.stop();
  }

  /** @param {Playing["state"]} state */
  #become(state) {
    const now = playing.peek();
    if (now && now.state !== state) playing.value = { ...now, state };
  }

  /** @param {string} file */
  #hear(file) {
    if (!isHeard(file).peek()) heard.value = [...heard.peek(), file].slice(-HEARD);
  }
}

/** The voice message after this one in its conversation, but of nobody one has blocked. @param {Track} track @returns {Track|null} */
function nextTrack({ key, conversation }) {
  const { items } = timeline(conversation).peek();
  const at = items.findIndex((item) => item.key === key);
  const next = items.find(
    (item, index) =>
      index > at &&
      item.type === "message" &&
      item.voice &&
      item.files[0]?.id &&
      !isFolded(item.author, conversation),
  );
  return at >= 0 && next ? trackOf(/** @type {MessageItem} */ (next), conversation) : null;
}

/** This page's. */
export const player = new Player();

/** Nothing plays into a recording, into a call, or for whoever comes after. @param {MakeSound} make */
export function followPlaying(make) {
  player.begin(make);
  const stops = [
    effect(() => {
      if (recording.value || isInCall.value) player.pause();
    }),
    effect(() => {
      if (session.value.state !== "signed-out") return;
      player.stop();
      heard.value = [];
    }),
  ];
  return () => {
    for (const stop of stops) stop();
    player.stop();
  };
}
