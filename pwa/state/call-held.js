// The one call a page holds: what is shown of it, and the engine behind it. Knows nothing of the log.

import { signal } from "@preact/signals-core";

/** @typedef {import("../call/engine.js").Engine} Engine */
/** @typedef {import("../call/engine.js").EngineOptions} EngineOptions */
/** @typedef {import("../call/engine.js").EngineView} EngineView */
/** @typedef {"outgoing" | "incoming" | "connecting" | "live" | "reconnecting" | "ended"} Phase */
/** @typedef {"" | "ended" | "declined" | "cancelled" | "missed" | "busy" | "failed" | "elsewhere" | "refused"} Ending */
/**
 * @typedef {object} CallFacts
 * @property {Phase} phase
 * @property {string} conversation
 * @property {string} call
 * @property {string} person who is at the other end
 * @property {boolean} video rung as a video call
 * @property {boolean} outgoing
 * @property {"asking" | "trying" | "ringing" | "unreachable"} ring how an outgoing ring goes
 * @property {number} startedAt ms by this device's clock when it was answered, 0 before
 * @property {Ending} reason how it ended
 * @property {number} seconds how long it was
 * @property {string} words why it was refused, for people
 */
/** @typedef {CallFacts & EngineView} CallState */
/** @typedef {Pick<CallFacts, "phase" | "conversation" | "call" | "person" | "video" | "outgoing"> & Partial<CallState>} NewCall */

export const FAREWELL = 5000; // ms that the end stays on the screen

/** @type {EngineView} */
const SILENT = {
  local: null,
  muted: false,
  camera: false,
  mirrored: true,
  canFlip: false,
  canShare: false,
  sharing: false,
  problems: [],
  remote: null,
  link: "",
  quality: "",
  other: {},
};

/** @type {Pick<CallFacts, "ring" | "startedAt" | "reason" | "seconds" | "words">} */
const FRESH = { ring: "asking", startedAt: 0, reason: "", seconds: 0, words: "" };

export class Held {
  /** @type {import("@preact/signals-core").Signal<CallState | null>} */ call = signal(null);
  /** @type {Engine | null} */ engine = null;
  ready = false; // microphone and camera were asked for
  connected = false; // the engine was told to connect
  /** @type {(() => void)[]} */ #timers = [];
  #options;

  /**
   * @param {{makeEngine: (options: EngineOptions) => Engine, iceServers: () => RTCIceServer[], now: () => number,
   *   later: (callback: () => void, ms: number) => () => void, hold: (held: boolean) => void,
   *   signal: EngineOptions["signal"], unreachable: () => void}} options
   */
  constructor(options) {
    this.#options = options;
  }

  /** The call, unless it is over. */
  get going() {
    const now = this.call.peek();
    return now && now.phase !== "ended" ? now : null;
  }

  /** @param {string} call */
  is(call) {
    return this.going?.call === call;
  }

  /** @param {NewCall} facts */
  take(facts) {
    this.drop();
    this.#options.hold(true);
    this.call.value = { ...SILENT, ...FRESH, ...facts };
  }

  /** @param {Partial<CallState>} part */
  change(part) {
    const now = this.call.peek();
    if (now) this.call.value = { ...now, ...part };
  }

  /** Make an engine and ask for what it needs. Resolves to whether the call is still this one. @param {boolean} video */
  async open(video) {
    const { makeEngine, iceServers, signal: send } = this.#options;
    const engine = makeEngine({
      iceServers: iceServers(),
      signal: (kind, content) => this.going && send(kind, content),
      changed: (part) => {
        if (this.engine === engine) this.#engineChanged(part);
      },
    });
    this.engine = engine;
    await engine.open({ video });
    if (this.engine !== engine) return false;
    this.ready = true;
    return true;
  }

  /** Both devices are known: find the way between them. Only once for a call. @param {boolean} polite */
  connect(polite) {
    const now = this.going;
    if (!now || !this.engine || !this.ready || this.connected) return;
    this.connected = true;
    this.#stopTimers();
    const returning = now.phase === "reconnecting";
    this.change({
      startedAt: now.startedAt || this.#options.now(),
      phase: returning ? "reconnecting" : "connecting",
    });
    this.engine.connect({ polite, offers: !polite || returning });
  }

  /** In a while, if it is still this call. @param {number} ms @param {() => void} callback */
  later(ms, callback) {
    this.#timers.push(this.#options.later(callback, ms));
  }

  /** It is over: say how for a moment. @param {Ending} reason @param {number} [seconds] @param {string} [words] */
  finish(reason, seconds, words = "") {
    const now = this.going;
    if (!now) return;
    const talked = now.startedAt ? Math.floor((this.#options.now() - now.startedAt) / 1000) : 0;
    this.#letGo();
    this.change({ ...SILENT, phase: "ended", reason, seconds: seconds ?? talked, words });
    this.later(FAREWELL, () => this.drop());
  }

  /** It is over, and nothing needs to be said. */
  drop() {
    this.#letGo();
    this.call.value = null;
  }

  #letGo() {
    this.#stopTimers();
    this.engine?.close();
    this.engine = null;
    this.ready = this.connected = false;
    this.#options.hold(false);
  }

  #stopTimers() {
    for (const cancel of this.#timers.splice(0)) cancel();
  }

  /** @param {Partial<EngineView>} part */
  #engineChanged(part) {
    const now = this.going;
    if (!now) return;
    if (part.link === "unreachable") this.#options.unreachable();
    else if (part.link === "connected") this.change({ ...part, phase: "live" });
    else if (part.link === "lost") this.change({ ...part, phase: "reconnecting" });
    else this.change(part);
  }
}
