// A call's machinery: what we send (media.js), the connection (peer.js), whether it holds (link.js), how good it is (stats.js).
// state/calls.js is given `makeEngine` and knows nothing of the browser; all that this reports is one `changed(part)`.

import { Link } from "./link.js";
import { Media } from "./media.js";
import { Peer } from "./peer.js";
import { judge, sampleOf } from "./stats.js";

/** @typedef {import("./peer.js").SignalKind} SignalKind */
/** @typedef {{muted?: boolean, camera?: boolean, sharing?: boolean}} News what a side says of itself */
/**
 * @typedef {import("./media.js").MediaView & {
 *   remote: MediaStream | null,
 *   link: import("./link.js").LinkState,
 *   quality: import("./stats.js").Quality,
 *   other: News,
 * }} EngineView
 */
/**
 * @typedef {object} EngineOptions
 * @property {RTCIceServer[]} iceServers
 * @property {(kind: SignalKind, content: string) => void} signal
 * @property {(part: Partial<EngineView>) => void} changed
 */
/**
 * @typedef {object} Engine
 * @property {(wanted: {video: boolean}) => Promise<void>} open ask for microphone and camera; never fails
 * @property {(role: {polite: boolean, offers: boolean}) => void} connect after `open`; `offers`: speak first
 * @property {(kind: SignalKind, content: string) => void} take
 * @property {() => void} renew offer again: the line to the server was gone, and so may be what was said meanwhile
 * @property {(muted: boolean) => Promise<void>} mute
 * @property {(on: boolean) => Promise<void>} turnCamera
 * @property {() => Promise<void>} flip
 * @property {(on: boolean) => Promise<void>} share
 * @property {() => void} close
 */

const LOOK = 1500; // ms between two looks at the figures

/** @param {EngineOptions} options @returns {Engine} */
export function makeEngine(options) {
  return new CallEngine(options);
}

/** @implements {Engine} */
class CallEngine {
  /** @type {Peer | null} */ #peer = null;
  /** @type {Link | null} */ #link = null;
  /** @type {[SignalKind, string][]} */ #early = []; // signals that came before we were ready for them
  /** @type {import("./stats.js").Sample | null} */ #sample = null;
  /** @type {ReturnType<typeof setInterval> | undefined} */ #looking;
  #until = new AbortController();
  /** @type {News} */ #news = {};
  #heard = false; // has the other side said anything of itself?
  #options;
  #media;

  /** @param {EngineOptions} options */
  constructor(options) {
    this.#options = options;
    this.#media = new Media({
      send: (kind, track) => this.#peer?.send(kind, track).catch(() => {}), // closed meanwhile
      changed: (view) => {
        this.#news = { muted: view.muted, camera: view.camera, sharing: view.sharing };
        this.#peer?.tell(this.#news);
        options.changed(view);
      },
    });
  }

  /** @param {{video: boolean}} wanted */
  open(wanted) {
    return this.#media.open(wanted);
  }

  /** @param {{polite: boolean, offers: boolean}} role */
  connect({ polite, offers }) {
    if (this.#peer || this.#until.signal.aborted) return;
    const { iceServers, signal, changed } = this.#options;
    const peer = new Peer({
      polite,
      iceServers,
      signal,
      track: (kind) => this.#media.track(kind),
      remote: (tracks) => this.#showRemote(tracks),
      state: (state) => this.#link?.state(state),
      settled: () => this.#link?.settled(),
      news: (news) => {
        this.#heard = true;
        changed({ other: /** @type {News} */ (news) });
      },
    });
    this.#peer = peer;
    this.#link = new Link({
      polite,
      offer: () => peer.offer(),
      changed: (link) => changed({ link }),
      later,
    });
    this.#follow();
    peer.tell(this.#news);
    if (offers) peer.offer();
    for (const [kind, content] of this.#early.splice(0)) peer.take(kind, content);
  }

  /** @param {SignalKind} kind @param {string} content */
  take(kind, content) {
    if (this.#peer) this.#peer.take(kind, content);
    else this.#early.push([kind, content]);
  }

  renew() {
    this.#peer?.offer();
  }

  /** @param {boolean} muted */
  mute(muted) {
    return this.#media.mute(muted);
  }

  /** @param {boolean} on */
  turnCamera(on) {
    return this.#media.turnCamera(on);
  }

  flip() {
    return this.#media.flip();
  }

  /** @param {boolean} on */
  share(on) {
    return this.#media.share(on);
  }

  close() {
    this.#until.abort();
    clearInterval(this.#looking);
    this.#link?.close();
    this.#peer?.close();
    this.#media.close();
  }

  #follow() {
    const { signal } = this.#until;
    const moved = () => this.#link?.moved();
    window.addEventListener("online", moved, { signal });
    const network = /** @type {{connection?: EventTarget}} */ (/** @type {unknown} */ (navigator))
      .connection;
    network?.addEventListener("change", moved, { signal });
    this.#looking = setInterval(() => this.#look(), LOOK);
  }

  async #look() {
    const report = await this.#peer?.stats();
    if (!report || this.#until.signal.aborted) return;
    const sample = sampleOf(/** @type {any} */ (report).values(), performance.now());
    const before = this.#sample;
    this.#sample = sample;
    if (!before) return;
    // another client may say nothing of its camera: then the pictures that come are what there is to go by
    const other = this.#heard ? {} : { other: { camera: sample.frames > before.frames } };
    this.#options.changed({ quality: judge(before, sample), ...other });
  }

  /** @param {MediaStreamTrack[]} tracks */
  #showRemote(tracks) {
    this.#sample = null;
    this.#options.changed({ remote: new MediaStream(tracks) });
  }
}

/** @param {() => void} callback @param {number} ms */
function later(callback, ms) {
  const timer = setTimeout(callback, ms);
  return () => clearTimeout(timer);
}
