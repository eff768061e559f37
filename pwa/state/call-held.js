// The one call a page holds: what is shown of it, and the engine behind it. Knows nothing of the log.

import { signal } from "@preact/signals-core";
import { Servers } from "./call-servers.js";

/** @typedef {import("../call/engine.js").Engine} Engine */
/** @typedef {import("../call/engine.js").EngineOptions} EngineOptions */
/** @typedef {import("../call/engine.js").EngineView} EngineView */
/** @typedef {"outgoing" | "incoming" | "connecting" | "live" | "reconnecting" | "ended"} Phase */
/** @typedef {"" | "ended" | "declined" | "cancelled" | "missed" | "busy" | "failed" | "continued" | "elsewhere" | "refused"} Ending */
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
/** @typedef {{video: boolean, muted?: boolean, handed?: import("../call/media.js").Handed | null}} Wish how to be in it; `handed`: what was opened before */
/** @typedef {CallFacts & EngineView} CallState */
/** @typedef {Pick<CallFacts, "phase" | "conversation" | "call" | "person" | "video" | "outgoing"> & Partial<CallState>} NewCall */

export const FAREWELL = 5000; // ms that the end stays on the screen

/** Nothing of one's own is seen or sent yet. @type {import("../call/media.js").MediaView & Pick<EngineView, "quality">} */
export const NO_MEDIA = {
  local: null,
  muted: false,
  talking: false,
  camera: false,
  held: false,
  mirrored: true,
  canFlip: false,
  canShare: false,
  sharing: false,
  problems: [],
  swap: null,
  using: { camera: "", microphone: "" },
  quality: "",
};

/** @type {EngineView} */
const SILENT = { ...NO_MEDIA, remote: null, link: "", other: {} };

/** @type {Pick<CallFacts, "ring" | "startedAt" | "reason" | "seconds" | "words">} */
const FRESH = { ring: "asking", startedAt: 0, reason: "", seconds: 0, words: "" };

export class Held {
  /** @type {import("@preact/signals-core").Signal<CallState | null>} */ call = signal(null);
  /** @type {Engine | null} */ engine = null;
  ready = false; // what it takes to connect is here
  opened = false; // and so are microphone and camera, as far as they can be had
  connected = false; // the engine was told to connect
  /** @type {(() => void)[]} */ #timers = [];
  /** @type {Promise<void> | null} */ #logged = null; // the logins to servers, while they are waited for
  #options;
  #servers;

  /**
   * @param {{makeEngine: (options: EngineOptions) => Engine, iceServers: () => RTCIceServer[], now: () => number,
   *   ask: (name: string, body: object) => Promise<object>,
   *   later: (callback: () => void, ms: number) => () => void, hold: (held: boolean) => void,
   *   self: () => {device: string}, signal: EngineOptions["signal"], say: EngineOptions["say"], stuck: () => void,
   *   unreachable: () => void}} options
   */
  constructor(options) {
    this.#options = options;
    this.#servers = new Servers(options);
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

  /** It rings: make an engine ready to answer, which opens and says nothing yet. */
  prepare() {
    const engine = this.#make();
    this.#logged?.then(() => this.engine === engine && engine.prepare({ polite: true }));
  }

  /** Ask for what the engine needs, and for what rang take what was offered, both now if they can be. Resolves to whether the call is still
   * this one, when it may connect: `soon` where nobody has to be asked, for a camera takes its time to open.
   * @param {Wish & {soon?: boolean}} wanted */
  async open({ video, muted = false, handed = null, soon = false }) {
    const engine = this.engine ?? this.#make();
    const opening = engine.open({ video, muted, handed }).then(() => {
      if (this.engine === engine) this.opened = true;
    });
    const accept = () => soon && this.engine === engine && engine.accept();
    const logged = this.#logged ? this.#logged.then(accept) : accept();
    const begun = soon && (await engine.allowed({ video })) ? undefined : opening;
    await Promise.all([begun, logged]);
    if (this.engine !== engine) return false;
    this.ready = true;
    return true;
  }

  /** @returns {Engine} */
  #make() {
    const { makeEngine, self, signal: send, say, stuck } = this.#options;
    const engine = makeEngine({
      iceServers: this.#servers.all,
      device: self().device,
      signal: (...said) => this.going && send(...said),
      say: (name, body) => this.going && say(name, body),
      stuck: () => this.going && stuck(),
      changed: (part) => {
        if (this.engine === engine) this.#engineChanged(part);
      },
    });
    this.engine = engine;
    const logging = this.#servers
      .begin(() => this.engine === engine && engine.relog())
      .then(() => {
        if (this.#logged === logging) this.#logged = null;
      });
    this.#logged = logging;
    return engine;
  }

  /** Both devices are known: find the way between them, once for a call, or through the forwarding unit. @param {boolean} polite @param {boolean} relayed */
  connect(polite, relayed) {
    const now = this.going;
    if (!now || !this.engine || !this.ready) return;
    if (this.connected) {
      if (relayed) this.engine.relay();
      return;
    }
    this.connected = true;
    this.#stopTimers();
    const returning = now.phase === "reconnecting";
    this.change({
      startedAt: now.startedAt || this.#options.now(),
      phase: returning ? "reconnecting" : "connecting",
    });
    this.engine.connect({ polite, offers: !polite || returning, relayed });
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

  /** It goes on elsewhere on this page: what we send is taken out of it. @returns {import("../call/media.js").Media | null} */
  handOver() {
    const media = this.opened && this.engine ? this.engine.handOver() : null;
    if (media) this.engine = null;
    this.drop();
    return media;
  }

  /** It is over, and nothing needs to be said. */
  drop() {
    this.#letGo();
    this.call.value = null;
  }

  #letGo() {
    this.#servers.end();
    this.#stopTimers();
    this.engine?.close();
    this.engine = null;
    this.ready = this.opened = this.connected = false;
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

/** There is no call to be in with what was opened for it. @param {Wish} wish */
export function letGo({ handed }) {
  handed?.microphone.track?.stop();
  handed?.camera.track?.stop();
}
