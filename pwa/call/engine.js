// A call's machinery: what we send (media.js), the way to the other side, from device to device (direct.js) or through the
// forwarding unit (through.js), and how good it is (stats.js). What we send outlives a change of way. state/calls.js is given
// `makeEngine` and knows nothing of the browser; all that this reports is one `changed(part)`.

import { allowed } from "./devices.js";
import { direct } from "./direct.js";
import { lookAt, since } from "./figures.js";
import { Media } from "./media.js";
import { withoutAddresses } from "./peer.js";
import { judge, Steady, sampleOf } from "./stats.js";
import { through } from "./through.js";

/** @typedef {import("./peer.js").SignalKind | "media" | "floors"} SignalKind the last two are of the forwarding unit's way */
/** @typedef {{video: boolean, muted: boolean, handed?: import("./media.js").Handed | null}} Wanted */
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
 * @property {() => RTCIceServer[]} iceServers what a connection may use now
 * @property {string} device this one's id
 * @property {import("./peer.js").PeerOptions["signal"]} signal to the other device
 * @property {(name: string, body: object) => void} say to the server, about this call
 * @property {() => void} stuck the devices do not reach each other
 * @property {(part: Partial<EngineView>) => void} changed
 */
/**
 * @typedef {object} Engine
 * @property {(wanted: Wanted) => Promise<void>} open ask for microphone and camera, where they were not opened before; never fails
 * @property {(wanted: {video: boolean}) => boolean | Promise<boolean>} allowed will `open` ask nobody, for it was allowed before?
 * @property {(role: {polite: boolean}) => void} prepare it rings: make ready, and say nothing before somebody has answered
 * @property {(device: string) => void} invite the device of who is called that rings: it is offered what was prepared
 * @property {() => void} accept one wants to answer: take what was offered early, if it tells no address
 * @property {(role: {polite: boolean, offers: boolean, relayed: boolean}) => void} connect somebody has answered; `offers`:
 *   speak first; `relayed`: through the forwarding unit
 * @property {() => void} relay go on through the forwarding unit
 * @property {(kind: SignalKind, content: any, offer?: string) => void} take
 * @property {() => void} renew offer again: the line to the server was gone, and so may be what was said meanwhile
 * @property {() => void} relog there are other logins to servers
 * @property {(muted: boolean) => Promise<void>} mute
 * @property {(on: boolean) => Promise<void>} turnCamera
 * @property {() => Promise<void>} flip
 * @property {(on: boolean) => Promise<void>} share
 * @property {() => import("./media.js").Media} handOver what we send, to be sent another way; this one is closed
 * @property {(kind: "camera" | "microphone", id: string) => Promise<void>} choose use this one from now on
 * @property {(hear: (level: number) => void) => () => void} listen how loud the microphone is, until told to stop
 * @property {() => Promise<import("./figures.js").Figures | null>} figures since the look before, null at the first
 * @property {() => void} close
 */

const LOOK = 1500; // ms between two looks at the figures

/** @param {EngineOptions} options @returns {Engine} */
export function makeEngine(options) {
  return new CallEngine(options);
}

/** @implements {Engine} */
class CallEngine {
  /** @type {import("./direct.js").Way | null} */ #way = null;
  /** @type {[SignalKind, any, string?][]} */ #early = []; // what came before we were ready for it
  /** @type {{polite: boolean, way: import("./direct.js").Direct} | null} */ #prepared = null;
  #reads = false; // is an offer without an address taken at once?
  #connected = false; // was it told to connect?
  /** @type {import("./stats.js").Sample | null} */ #sample = null;
  #steady = new Steady({ quality: /** @type {import("./stats.js").Quality} */ ("") });
  /** @type {ReturnType<typeof setInterval> | undefined} */ #looking;
  /** @type {News} */ #news = {};
  #heard = false; // has the other side said anything of itself?
  #ever = false; // was the call connected once?
  #relayed = false;
  #closed = false;
  #options;
  #media;

  /** @param {EngineOptions} options */
  constructor(options) {
    this.#options = options;
    this.#media = new Media({
      send: (kind, track) => {
        if (kind === "audio" || kind === "video") this.#way?.send(kind, track).catch(() => {}); // closed meanwhile
      },
      changed: (view) => {
        const { muted, sharing } = view;
        this.#news = { muted, camera: view.camera && !view.held, sharing };
        this.#way?.tell(this.#news);
        options.changed(view);
      },
    });
  }

  /** @param {Wanted} wanted */
  open(wanted) {
    return this.#media.open(wanted);
  }

  /** @param {{video: boolean}} wanted */
  allowed(wanted) {
    return allowed(wanted);
  }

  /** @param {{polite: boolean}} role */
  prepare({ polite }) {
    if (this.#way || this.#closed) return;
    const { iceServers, signal, stuck } = this.#options;
    const way = direct({ polite, waits: true, iceServers, signal, stuck, ...this.#ends() });
    this.#prepared = { polite, way };
    this.#go(way);
    if (!polite) way.prepare();
  }

  /** @param {string} device */
  invite(device) {
    if (!this.#connected) this.#prepared?.way.invite(device);
  }

  accept() {
    this.#reads = true;
    for (const one of this.#early.splice(0)) this.take(...one);
  }

  /** @param {{polite: boolean, offers: boolean, relayed: boolean}} role */
  connect({ polite, offers, relayed }) {
    if (this.#connected || this.#closed) return;
    this.#connected = true;
    if (relayed) {
      this.#through();
      this.#options.say("call.renew", { anew: true }); // what was offered before now was not for us
    } else if (this.#prepared?.polite === polite) this.#prepared.way.begin();
    else {
      const { iceServers, signal, stuck } = this.#options;
      this.#go(direct({ polite, offers, iceServers, signal, stuck, ...this.#ends() }));
    }
    this.#looking = setInterval(() => this.#look(), LOOK);
    this.accept();
  }

  relay() {
    if (!this.#connected || this.#relayed || this.#closed) return;
    this.#options.changed({ link: this.#ever ? "lost" : "" });
    this.#through();
  }

  /** Before the log says that we have answered, only an offer without an address is read: a browser that knows one writes to it at once,
   * and whoever called would learn where we are. @param {SignalKind} kind @param {any} content @param {string} [offer] */
  take(kind, content, offer) {
    const early = kind === "offer" && this.#reads && withoutAddresses(content) === content;
    if (kind === "offer") this.#early = []; // what was before it is no longer true
    if (this.#way && (this.#connected || early)) this.#way.take(kind, content, offer);
    else this.#early.push([kind, content, offer]);
  }

  renew() {
    this.#way?.renew();
  }

  relog() {
    this.#way?.relog();
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

  handOver() {
    this.#leave();
    return this.#media;
  }

  /** @param {"camera" | "microphone"} kind @param {string} id */
  choose(kind, id) {
    return this.#media.choose(kind, id);
  }

  /** @param {(level: number) => void} hear */
  listen(hear) {
    return this.#media.listen(hear);
  }

  figures = since(() => this.#see());

  close() {
    this.#leave();
    this.#media.close();
  }

  #leave() {
    this.#closed = true;
    clearInterval(this.#looking);
    this.#way?.close();
  }

  #through() {
    const { device, say } = this.#options;
    this.#relayed = true;
    this.#go(through({ device, say, ever: this.#ever, ...this.#ends() }));
  }

  /** @param {import("./direct.js").Way} way */
  #go(way) {
    this.#way?.close();
    this.#way = way;
    way.tell(this.#news);
  }

  /** What each way begins with and reports, while it is the one that is gone. */
  #ends() {
    const { changed } = this.#options;
    const relayed = this.#relayed;
    const ours = () => relayed === this.#relayed && !this.#closed;
    return {
      track: (/** @type {import("./peer.js").MediaKind} */ kind) => this.#media.track(kind),
      remote: (/** @type {MediaStreamTrack[]} */ tracks) => ours() && this.#showRemote(tracks),
      changed: (/** @type {import("./link.js").LinkState} */ link) => {
        if (!ours()) return;
        if (link === "connected") this.#ever = true;
        changed({ link });
      },
      news: (/** @type {News} */ news) => {
        if (!ours()) return;
        this.#heard = true;
        changed({ other: news });
      },
    };
  }

  /** The connection in figures, null before there is one. */
  async #see() {
    const report = /** @type {any} */ (await this.#way?.stats().catch(() => null));
    return report && !this.#closed ? lookAt(report.values(), performance.now(), whoseOf) : null;
  }

  async #look() {
    const look = await this.#see();
    if (!look) return;
    const sample = sampleOf(look);
    const before = this.#sample;
    this.#sample = sample;
    if (!before) return;
    this.#way?.flows(sample.came > before.came);
    // another client may say nothing of its camera: then the pictures that come are what there is to go by
    const other = this.#heard ? {} : { other: { camera: sample.frames > before.frames } };
    this.#options.changed({ ...this.#steady.hears({ quality: judge(before, sample) }), ...other });
  }

  /** @param {MediaStreamTrack[]} tracks */
  #showRemote(tracks) {
    this.#sample = null;
    this.#options.changed({ remote: new MediaStream(tracks) });
  }
}

/** Whose a stream of a report is: there are two sides, and each has one voice and one picture. @param {import("./figures.js").Raw} raw @returns {import("./figures.js").Whose} */
function whoseOf({ type, kind }) {
  return {
    who: type === "outbound-rtp" ? "" : "other",
    source: kind === "audio" ? "microphone" : "camera",
  };
}
