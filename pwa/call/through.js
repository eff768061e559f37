// The way through the forwarding unit, for a call between two whose devices do not reach each other. The unit offers
// (unit-peer.js); what a side says of itself goes by the server. Up is who is connected and has heard of the other side.

import { RENEW, Renewal, TRY } from "../state/renewal.js";
import { later, Timers } from "../state/timers.js";
import { follow } from "./direct.js";
import { UnitPeer } from "./unit-peer.js";

export const GIVE_UP = 30_000; // ms, for a call that never came through
export const SILENT = 4; // looks at the figures, engine.js takes one each 1.5 s
const LOOKS = ["visibilitychange", "enterpictureinpicture", "leavepictureinpicture"];
const HEIGHT = 720; // px: the one picture is drawn as large as the screen is

/** @typedef {import("./direct.js").Way} Way */
/** @typedef {import("./unit-peer.js").Remote} Remote */

/** Who asks and tells for a way through the unit: about this call. @typedef {(name: string, body: object) => void} Say */

/**
 * @typedef {object} ThroughMore
 * @property {string} device this one's id
 * @property {boolean} ever was the call connected before?
 * @property {Say} say
 * @property {typeof later} [later] for tests
 * @property {(config: RTCConfiguration) => RTCPeerConnection} [make] for tests
 */

/** @param {import("./direct.js").WayOptions & ThroughMore} options @returns {Way} */
export function through(options) {
  return new Through(options);
}

/** @implements {Way} */
class Through {
  #options;
  #peer;
  #connected = false;
  #met = false; // has the other side said anything of itself, as it does once it is connected?
  #said = {};
  #shown = "";
  #sends = { sound: false, picture: false }; // what is to come from the other side, as far as it says
  #seen = isSeen();
  #silent = 0; // times in a row that nothing came although it should
  #ever;
  #timers;
  #renewal;
  #until = new AbortController();

  /** @param {import("./direct.js").WayOptions & ThroughMore} options */
  constructor(options) {
    this.#options = options;
    this.#timers = new Timers(options.later ?? later);
    this.#ever = options.ever;
    const { say, make } = options;
    this.#renewal = new Renewal(this.#timers, (anew) => say("call.renew", anew ? { anew } : {}));
    this.#peer = new UnitPeer({
      track: (source) =>
        source === "microphone"
          ? options.track("audio")
          : source === "camera"
            ? options.track("video")
            : null,
      answer: (version, sdp) => say("call.take", { version, sdp }),
      remote: (list) => this.#receive(list),
      state: (state) => this.#state(state),
      make,
    });
    follow(() => this.renew(), this.#until.signal);
    for (const event of LOOKS)
      globalThis.document?.addEventListener(event, () => this.#look(), {
        signal: this.#until.signal,
      });
    this.#renewal.after(RENEW);
    this.#timers.set("give up", GIVE_UP, () => this.#ever || options.changed("unreachable"));
  }

  /** @param {import("./peer.js").MediaKind} kind @param {MediaStreamTrack | null} track */
  send(kind, track) {
    return this.#peer.send(kind === "audio" ? "microphone" : "camera", track);
  }

  /** @param {import("./engine.js").News} news */
  tell(news) {
    this.#said = { ...this.#said, ...news };
    if (this.#connected) this.#options.say("call.show", { floor: this.#said });
  }

  /** @param {import("./engine.js").SignalKind} kind @param {any} content */
  take(kind, content) {
    if (kind === "media") {
      if (!this.#connected) this.#renewal.after(TRY);
      this.#peer.take(content.version, content.sdp, content.tracks);
    }
    if (kind === "floors") this.#hear(content);
  }

  renew() {
    this.#options.say("call.renew", {});
    if (this.#connected) this.tell({});
  }

  relog() {} // it needs none

  stats() {
    return this.#peer.stats();
  }

  /** The unit is there when the other side is not. @param {boolean} comes */
  flows(comes) {
    const before = this.#silent;
    const { sound, picture } = this.#sends;
    this.#silent = comes || !(sound || (picture && this.#seen)) ? 0 : before + 1;
    if (this.#silent === SILENT && this.#met) this.#options.changed("lost");
    else if (before >= SILENT && comes) this.#up();
  }

  close() {
    this.#timers.clear();
    this.#until.abort();
    this.#peer.close();
  }

  /** @param {RTCPeerConnectionState} state */
  #state(state) {
    this.#renewal.media(state);
    if (state === "connected") {
      this.#connected = true;
      this.#view(); // a unit that was begun again does not know it
      this.tell({});
      this.#up();
    } else if (state === "disconnected" || state === "failed") {
      this.#connected = false;
      if (this.#met) this.#options.changed("lost");
    }
  }

  /** @param {Record<string, import("./engine.js").News>} floors how each device of the call takes part */
  #hear(floors) {
    for (const [device, floor] of Object.entries(floors)) {
      if (device === this.#options.device) continue;
      this.#options.news(floor);
      this.#sends = { sound: !floor.muted, picture: Boolean(floor.camera || floor.sharing) };
      this.#met = true;
    }
    this.#up();
  }

  #up() {
    if (!this.#connected || !this.#met || this.#silent >= SILENT) return;
    this.#ever = true;
    this.#options.changed("connected");
  }

  /** @param {Remote[]} list */
  #receive(list) {
    const theirs = list.filter(({ source }) => source === "microphone" || source === "camera");
    if (theirs.length) this.#options.remote(theirs.map(({ track }) => track));
    const shown = theirs
      .filter(({ source }) => source === "camera")
      .map(({ device, source }) => ({ device, source, height: HEIGHT }));
    if (JSON.stringify(shown) === this.#shown) return;
    this.#shown = JSON.stringify(shown);
    this.#view();
  }

  /** Behind another page or app, or back: what nobody sees is not sent. */
  #look() {
    if (this.#seen === isSeen()) return;
    this.#seen = !this.#seen;
    this.#view();
  }

  #view() {
    const shown = this.#seen && this.#shown ? JSON.parse(this.#shown) : [];
    if (this.#shown) this.#options.say("call.view", { shown });
  }
}

/** Does anybody see the picture: on the page, or in a window of its own? */
function isSeen() {
  const page = globalThis.document;
  return page?.visibilityState !== "hidden" || Boolean(page.pictureInPictureElement);
}
