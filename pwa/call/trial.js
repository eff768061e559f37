// Trying camera and microphone alone, before anybody else sees and hears it: what one would send, and, when that is asked for,
// what comes back of it from the server a second later.

import { signal } from "@preact/signals-core";
import { between } from "./figures.js";
import { Media } from "./media.js";
import { KIND, SOURCE } from "./unit-engine.js";
import { UnitPeer } from "./unit-peer.js";

/** @typedef {import("./media.js").MediaView} MediaView */
/** @typedef {{protocol: "" | "udp" | "tcp", roundTrip: number, loss: number, width: number, height: number, heard: boolean, loudest: number}} Facts of the last second; ms, 0..1, px */
/** @typedef {{phase: "off" | "asking" | "live" | "failed", camera: MediaStream | null, sound: MediaStream | null, facts: Facts | null}} Echo */
/**
 * @typedef {object} House
 * @property {(name: string, body: object) => Promise<object>} ask
 * @property {(name: string, callback: (body: any) => void) => () => void} hear
 * @property {(callback: () => void, ms: number) => () => void} later
 * @property {(options: import("./unit-peer.js").UnitPeerOptions) => UnitPeer} [makePeer] for tests
 * @property {import("./loudness.js").Follow} [follow] for tests
 */

const PATIENCE = 20_000; // ms for a connection: where UDP is blocked, TCP comes after it was tried
const LOOK = 1000; // ms between two looks
const GAP = 2; // looks without a way, after which there is none
const FADES = 0.9; // of the loudest moment, each look: what was said long ago counts no longer

/** @type {Echo} */
const NO_ECHO = { phase: "off", camera: null, sound: null, facts: null };

/** @type {Pick<Facts, "protocol" | "roundTrip">} */
const NO_WAY = { protocol: "", roundTrip: 0 };

export class Trial {
  /** What one would send, null before it was asked for. @type {import("@preact/signals-core").Signal<MediaView | null>} */
  media = signal(null);
  /** What comes back. */
  echo = signal(NO_ECHO);
  #house;
  #sends;
  /** @type {UnitPeer | null} */ #peer = null;
  /** @type {(() => void)[]} */ #stops = [];
  #loudest = 0;
  #gap = 0; // looks without a way that was measured
  /** @type {Pick<Facts, "protocol" | "roundTrip">} */ #way = NO_WAY;

  /** @param {House} house */
  constructor(house) {
    this.#house = house;
    this.#sends = new Media({
      apart: true,
      follow: house.follow,
      send: (kind, track) => this.#peer?.send(SOURCE[kind], track).catch(() => {}), // closed meanwhile
      changed: (view) => {
        this.media.value = view;
      },
    });
  }

  /** @param {{video: boolean, muted?: boolean}} wanted */
  open(wanted) {
    return this.#sends.open(wanted);
  }

  /** @param {boolean} muted */
  mute(muted) {
    return this.#sends.mute(muted);
  }

  /** @param {boolean} on */
  turnCamera(on) {
    return this.#sends.turnCamera(on);
  }

  /** @param {"camera" | "microphone"} kind @param {string} id */
  choose(kind, id) {
    return this.#sends.choose(kind, id);
  }

  /** @param {(level: number) => void} hear @returns {() => void} */
  listen(hear) {
    return this.#sends.listen(hear);
  }

  /** What was opened, for the call that follows. */
  hand() {
    this.#letGo();
    return this.#sends.hand();
  }

  close() {
    this.end();
    this.#sends.close();
  }

  /** Hear and see oneself through the server. */
  async begin() {
    this.#letGo();
    [this.#loudest, this.#gap, this.#way] = [0, 0, NO_WAY];
    this.echo.value = { ...NO_ECHO, phase: "asking" };
    const peer = this.#connect();
    this.#peer = peer;
    this.#stops = [
      this.#house.hear("echo.offered", ({ version, sdp, tracks }) =>
        peer.take(version, sdp, tracks),
      ),
      this.#house.later(() => this.#failed(), PATIENCE),
      this.listen((level) => {
        this.#loudest = Math.max(this.#loudest, level);
      }),
    ];
    this.#look(null);
    await this.#house.ask("echo.open", {}).catch(() => this.#failed(peer));
  }

  /** Enough of it; what it has shown stays to be read. */
  end() {
    if (!this.#peer) return;
    this.#letGo();
    const { phase, facts } = this.echo.peek();
    this.echo.value = { ...NO_ECHO, phase: phase === "failed" ? phase : "off", facts };
  }

  /** @returns {UnitPeer} */
  #connect() {
    const { ask, makePeer = (options) => new UnitPeer(options) } = this.#house;
    const peer = makePeer({
      track: (source) => this.#sends.track(KIND[source]),
      answer: (version, sdp) => {
        ask("echo.take", { version, sdp }).catch(() => {}); // it ended meanwhile, or another offer follows
      },
      remote: (list) => {
        const of = (/** @type {string} */ source) => {
          const track = list.find((one) => one.source === source)?.track;
          return track ? new MediaStream([track]) : null;
        };
        this.#change(peer, { camera: of("camera"), sound: of("microphone") });
      },
      state: (state) => {
        if (state === "connected") this.#change(peer, { phase: "live" });
        else if (state === "failed") this.#failed(peer);
      },
    });
    return peer;
  }

  /** @param {import("./figures.js").Look | null} before */
  async #look(before) {
    const peer = this.#peer;
    const now = (await peer?.look()) ?? null;
    if (!peer || peer !== this.#peer) return;
    if (before && now) this.#change(peer, { facts: this.#factsOf(between(before, now)) });
    this.#loudest *= FADES;
    this.#stops.push(this.#house.later(() => this.#look(now), LOOK));
  }

  /** @param {import("./figures.js").Figures} figures @returns {Facts} */
  #factsOf({ path, rows }) {
    const back = rows.filter(({ sent }) => !sent);
    const picture = back.find(({ whose }) => whose.source === "camera");
    const heard = back.some(({ whose }) => whose.source === "microphone");
    const loss = Math.max(0, ...rows.map((row) => row.loss));
    const { protocol, roundTrip } = this.#wayOf(path);
    const size = { width: picture?.width ?? 0, height: picture?.height ?? 0 };
    return { protocol, roundTrip, loss, ...size, heard, loudest: this.#loudest };
  }

  /** A browser that goes from one way to another has, for a look or two, none that was measured; the one before tells more.
   * @param {import("./figures.js").Path} path */
  #wayOf(path) {
    const isKnown = path.protocol && path.roundTrip;
    this.#gap = isKnown ? 0 : this.#gap + 1;
    if (isKnown || this.#gap > GAP) this.#way = path;
    return this.#way;
  }

  /** @param {UnitPeer} peer @param {Partial<Echo>} part */
  #change(peer, part) {
    if (peer === this.#peer) this.echo.value = { ...this.echo.peek(), ...part };
  }

  /** No way to the server for sound and pictures. @param {UnitPeer | null} [peer] */
  #failed(peer = this.#peer) {
    if (peer !== this.#peer || (peer && this.echo.peek().phase === "live")) return;
    this.#letGo();
    this.echo.value = { ...NO_ECHO, phase: "failed" };
  }

  #letGo() {
    for (const stop of this.#stops.splice(0)) stop();
    if (!this.#peer) return;
    this.#peer.close();
    this.#peer = null;
    this.#house.ask("echo.close", {}).catch(() => {}); // it ends by itself
  }
}
