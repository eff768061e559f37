// What we send: a microphone, and a camera or a screen, or both where they go apart. A camera that is off is let go of, so
// that its light goes out. What is pulled out is replaced by another, and taken again when it comes back.
// The sound of a screen goes apart with it, or else in one with the microphone (mix.js).

import { chosen, found, present, choose as remember } from "../state/gear.js";
import {
  canShareScreen,
  lookAround,
  nextCamera,
  openBoth,
  openCamera,
  openMicrophone,
  openScreen,
} from "./devices.js";
import { Meter } from "./meter.js";
import { mixed } from "./mix.js";

/** @typedef {import("./devices.js").Problem} Problem */
/** @typedef {import("./devices.js").Opened} Opened */
/** @typedef {import("./peer.js").MediaKind | "screen" | "screen-sound"} MediaKind the last two only where a screen goes apart */
/** @typedef {{microphone: Opened, camera: Opened}} Handed what was opened elsewhere, to be sent from here */
/** @typedef {{what: "replaced" | "returned" | "gone" | "kept", device: import("../state/gear.js").Gear, label: string}} Swap a device that went or came, or was chosen and did not start, and the one that is used now */
/**
 * @typedef {object} MediaView what the page shows of it
 * @property {MediaStream | null} local for the self view, without sound
 * @property {boolean} muted
 * @property {boolean} talking speaks, although muted
 * @property {boolean} camera
 * @property {boolean} held the system holds the camera back, as a phone does behind another app
 * @property {boolean} mirrored
 * @property {boolean} canFlip
 * @property {boolean} canShare
 * @property {boolean} sharing
 * @property {Problem[]} problems
 * @property {Swap | null} swap the last one, for a moment
 * @property {{camera: string, microphone: string}} using the ids of what is sent, "" for nothing
 */

const SWAP = 7000; // ms that a swap is told

/**
 * @typedef {object} MediaOptions where it goes
 * @property {(kind: MediaKind, track: MediaStreamTrack | null) => void} send
 * @property {(view: MediaView) => void} changed
 * @property {boolean} [apart] a screen is sent beside the camera, with its sound
 * @property {import("./loudness.js").Follow} [follow]
 * @property {() => AudioContext} [makeAudio] for tests
 */

export class Media {
  /** @type {MediaStreamTrack | null} */ #microphone = null;
  /** @type {MediaStreamTrack | null} */ #camera = null;
  /** @type {MediaStreamTrack | null} */ #screen = null;
  /** @type {MediaStreamTrack | null} */ #sound = null; // of the screen
  /** @type {import("./mix.js").Mix | null} */ #mix = null; // of that and the microphone, where it does not go apart
  /** @type {MediaStream | null} */ #local = null;
  /** @type {Problem[]} */ #problems = [];
  /** @type {Swap | null} */ #swap = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #swapped;
  /** @type {Set<"camera" | "microphone">} */ #fallen = new Set(); // another is used for what was pulled out
  /** @type {Set<"camera" | "microphone">} */ #asleep = new Set(); // taken away while nobody saw the page
  #shows = false; // is the camera meant to be on?
  #muted = false;
  #talking = false;
  #facing = "user";
  #closed = false;
  /** @type {MediaView | null} */ #told = null; // what was last said of it
  #options;
  #meter;
  #until = new AbortController();

  /** @param {MediaOptions} options */
  constructor(options) {
    this.#options = options;
    this.#meter = new Meter((talking) => {
      this.#talking = talking;
      this.#show();
    }, options.follow);
    const { signal } = this.#until;
    navigator.mediaDevices?.addEventListener("devicechange", () => this.#plugged(), { signal });
    globalThis.document?.addEventListener("visibilitychange", () => this.#seen(), { signal });
  }

  /** Ask for what this call needs. Never fails: what could not be had is in `problems`. @param {{video: boolean, muted?: boolean, handed?: Handed | null}} wanted */
  async open({ video, muted = false, handed = null }) {
    this.#muted = muted;
    this.#shows = video;
    const { microphone, camera } = handed ?? (await openBoth({ video }));
    this.#problems = [microphone.problem, camera.problem].filter((one) => one !== null);
    this.#useMicrophone(microphone.track);
    if (!video) camera.track?.stop(); // opened elsewhere, and not to be shown here
    this.#useCamera(video ? camera.track : null);
    if (video && !camera.track && !camera.problem) await this.#openCamera(); // it was being changed for another
    await lookAround(); // names are told only now
    this.#show();
  }

  /** Everything that was opened, which is no longer ours: somebody else sends it. @returns {Handed} */
  hand() {
    const of = (/** @type {"camera" | "microphone"} */ device) =>
      this.#problems.find((one) => one.device === device) ?? null;
    const microphone = { track: alive(this.#microphone), problem: of("microphone") };
    const camera = { track: alive(this.#camera), problem: of("camera") };
    this.#microphone = this.#camera = null;
    this.close();
    return { microphone, camera };
  }

  /** What we send goes another way from now on. @param {MediaOptions} options */
  serve(options) {
    this.#options = options;
    this.#told = null;
    this.#voice();
    this.#show();
  }

  /** What to send now. @param {MediaKind} kind */
  track(kind) {
    if (kind === "audio") return this.#mix?.track ?? this.#microphone;
    if (kind === "screen") return this.#screen;
    if (kind === "screen-sound") return this.#sound;
    return this.#options.apart ? this.#camera : (this.#screen ?? this.#camera);
  }

  /** How loud the microphone is, muted too. @param {(level: number) => void} hear 0..1 @returns {() => void} no longer */
  listen(hear) {
    return this.#meter.listen(hear);
  }

  /** Muted or not; where there was no microphone it is asked for again. @param {boolean} muted */
  async mute(muted) {
    this.#muted = muted;
    if (!muted && this.#microphone?.readyState !== "live") {
      await this.#openMicrophone();
      return;
    }
    if (this.#microphone) this.#microphone.enabled = !muted;
    this.#meter.use(this.#microphone, muted);
    this.#show();
  }

  /** Camera on or off. @param {boolean} on */
  async turnCamera(on) {
    this.#shows = on;
    if (!on) {
      this.#useCamera(null);
      return;
    }
    await this.#openCamera();
    await lookAround();
    this.#show();
  }

  /** Use this one, now if it is in use and the next time. @param {"camera" | "microphone"} kind @param {string} id */
  async choose(kind, id) {
    const piece = present.peek()[kind].find((one) => one.id === id);
    if (piece) remember(kind, piece);
    this.#fallen.delete(kind);
    if (kind === "camera" && !this.#shows) return;
    const before = kind === "camera" ? this.#camera : this.#microphone;
    if (before?.getSettings().facingMode) before.stop(); // phones open one camera at a time
    const there = await this.#open(kind, { id });
    if (there || before?.readyState !== "live") return;
    this.#blame(kind, null);
    this.#tell({ what: "kept", device: kind, label: before.label });
  }

  /** The other side of the phone, or the next camera of a computer. */
  async flip() {
    const settings = this.#camera?.getSettings() ?? {};
    const phone = Boolean(settings.facingMode);
    const facing = this.#facing === "user" ? "environment" : "user";
    if (phone) {
      this.#camera?.stop(); // phones open one camera at a time
      await this.#openCamera({ facing });
      return;
    }
    const id = await nextCamera(settings.deviceId ?? "");
    if (id) await this.choose("camera", id);
  }

  /** @param {boolean} on */
  async share(on) {
    const nothing = { track: null, sound: null, problem: null };
    const { track, sound, problem } = on ? await openScreen() : nothing;
    if (on && !track && !problem) return;
    this.#blame("screen", problem);
    const { apart } = this.#options; // now: it may be another call's since one chose
    this.#screen?.stop();
    this.#screen = this.#adopt(track, () => this.share(false));
    if (track) track.contentHint = "detail";
    this.#options.send(apart ? "screen" : "video", apart ? this.#screen : this.track("video"));
    this.#useSound(sound);
    this.#show();
  }

  close() {
    this.#closed = true;
    this.#until.abort();
    clearTimeout(this.#swapped);
    this.#meter.close();
    this.#mix?.close();
    this.#mix = null;
    for (const track of [this.#microphone, this.#camera, this.#screen, this.#sound]) track?.stop();
    this.#microphone = this.#camera = this.#screen = this.#sound = null;
  }

  /** @param {{id?: string}} [wish] @returns {Promise<boolean>} whether it is there */
  async #openMicrophone(wish) {
    const { track, problem } = await openMicrophone(wish);
    this.#blame("microphone", problem);
    if (track || this.#microphone?.readyState !== "live") this.#useMicrophone(track);
    return track !== null;
  }

  /** @param {{id?: string, facing?: string}} [wish] @returns {Promise<boolean>} whether it is there */
  async #openCamera(wish) {
    const { track, problem } = await openCamera(wish);
    this.#blame("camera", problem);
    if (track && !this.#shows)
      track.stop(); // turned off meanwhile
    else if (track || this.#camera?.readyState !== "live") this.#useCamera(track);
    return track !== null;
  }

  /** @param {MediaStreamTrack | null} track */
  #useMicrophone(track) {
    if (this.#microphone !== track) this.#microphone?.stop();
    this.#microphone = this.#adopt(track, () => this.#lost("microphone"));
    if (track) track.enabled = !this.#muted;
    this.#mix?.use(this.#microphone);
    this.#options.send("audio", this.track("audio"));
    this.#meter.use(this.#microphone, this.#muted);
    this.#show();
  }

  /** @param {MediaStreamTrack | null} track */
  #useCamera(track) {
    if (this.#camera !== track) this.#camera?.stop();
    this.#camera = this.#adopt(track, () => this.#lost("camera"));
    if (track) this.#facing = track.getSettings().facingMode ?? "user";
    if (!this.#screen || this.#options.apart) this.#options.send("video", this.#camera);
    this.#show();
  }

  /** What is heard of the screen. @param {MediaStreamTrack | null} track */
  #useSound(track) {
    this.#sound?.stop();
    this.#sound = this.#adopt(track, () => this.#useSound(null));
    this.#voice();
  }

  /** What is heard of us: the sound of a screen has its own place, or is mixed into the voice as long as there is any. */
  #voice() {
    const { apart, send, makeAudio } = this.#options;
    const before = this.#mix;
    const changed = () => this.#options.send("audio", this.track("audio"));
    this.#mix = this.#sound && !apart ? mixed(this.#sound, changed, makeAudio) : null;
    this.#mix?.use(this.#microphone);
    if (apart) send("screen-sound", this.#sound);
    if (before || this.#mix) changed();
    before?.close();
  }

  /** A track that comes after the end is let go of. @param {MediaStreamTrack | null} track @param {() => void} ended unplugged, or stopped by the browser's own button */
  #adopt(track, ended) {
    if (!track) return null;
    if (this.#closed) {
      track.stop();
      return null;
    }
    track.addEventListener("ended", () => {
      const used = [this.#microphone, this.#camera, this.#screen, this.#sound];
      if (!this.#closed && used.includes(track)) ended();
    });
    for (const event of ["mute", "unmute"]) track.addEventListener(event, () => this.#show());
    return track;
  }

  /** Pulled out, or taken by the phone: another takes its place, if there is one and the page is seen. @param {"camera" | "microphone"} kind */
  async #lost(kind) {
    if (kind === "camera") this.#useCamera(null);
    else this.#useMicrophone(null);
    if (globalThis.document?.visibilityState === "hidden") {
      this.#asleep.add(kind); // a phone's way to say that nothing runs behind
      return;
    }
    const there = (await lookAround())[kind];
    if (this.#closed) return;
    const again = there.length > 0 && (await this.#open(kind));
    const track = kind === "camera" ? this.#camera : this.#microphone;
    if (again) this.#fallen.add(kind);
    else if (!there.length) this.#blame(kind, { device: kind, trouble: "missing" });
    this.#tell({ what: again ? "replaced" : "gone", device: kind, label: track?.label ?? "" });
  }

  /** @param {"camera" | "microphone"} kind @param {{id?: string}} [wish] */
  #open(kind, wish) {
    return kind === "camera" ? this.#openCamera(wish) : this.#openMicrophone(wish);
  }

  /** Something was plugged in or pulled out. */
  async #plugged() {
    const speaker = found("speaker", present.peek());
    await lookAround();
    if (this.#closed) return;
    if (
      this.#problems.some(({ device, trouble }) => device === "microphone" && trouble === "missing")
    )
      await this.#openMicrophone();
    for (const kind of this.#fallen) await this.#takeBack(kind);
    const now = found("speaker", present.peek());
    const label = chosen.peek().speaker?.label ?? "";
    if (speaker && !now) this.#tell({ what: "gone", device: "speaker", label });
    else if (!speaker && now) this.#tell({ what: "returned", device: "speaker", label });
    this.#show();
  }

  /** What was chosen is there again. @param {"camera" | "microphone"} kind */
  async #takeBack(kind) {
    const piece = found(kind, present.peek());
    if (!piece) return;
    this.#fallen.delete(kind);
    if (kind === "camera" && !this.#shows) return;
    if (await this.#open(kind, { id: piece.id }))
      this.#tell({ what: "returned", device: kind, label: piece.label });
  }

  /** Back from behind another app: what the phone took away meanwhile is asked for again. */
  async #seen() {
    if (document.visibilityState !== "visible") return;
    for (const kind of this.#asleep) {
      this.#asleep.delete(kind);
      if (kind === "microphone" || this.#shows) await this.#open(kind);
    }
  }

  /** The newest first: it is the answer to what was just tried. @param {Problem["device"]} device @param {Problem | null} problem */
  #blame(device, problem) {
    const others = this.#problems.filter((one) => one.device !== device);
    this.#problems = problem ? [problem, ...others] : others;
  }

  /** @param {Swap} swap */
  #tell(swap) {
    clearTimeout(this.#swapped);
    this.#swap = swap;
    this.#swapped = setTimeout(() => {
      this.#swap = null;
      this.#show();
    }, SWAP);
    this.#show();
  }

  #show() {
    if (this.#closed) return;
    const picture = this.track("video");
    if (this.#local?.getTracks()[0] !== (picture ?? undefined))
      this.#local = picture ? new MediaStream([picture]) : null;
    const idOf = (/** @type {MediaStreamTrack | null} */ track) =>
      track?.getSettings().deviceId ?? "";
    /** @type {MediaView} */
    const view = {
      local: this.#local,
      muted: this.#muted || !this.#microphone,
      talking: this.#talking,
      camera: this.#camera !== null,
      held: this.#camera?.muted === true,
      mirrored: (!this.#screen || this.#options.apart === true) && this.#facing === "user",
      canFlip: this.#camera !== null && present.peek().camera.length > 1,
      canShare: canShareScreen(),
      sharing: this.#screen !== null,
      problems: this.#problems,
      swap: this.#swap,
      using: { camera: idOf(this.#camera), microphone: idOf(this.#microphone) },
    };
    if (this.#told && isSame(view, this.#told)) return; // what is said is drawn, however little of it is new
    this.#told = view;
    this.#options.changed(view);
  }
}

/** What was stopped for another that is not open yet is nothing. @param {MediaStreamTrack | null} track */
const alive = (track) => (track?.readyState === "live" ? track : null);

/** @param {MediaView} one @param {MediaView} other */
function isSame({ using, ...one }, other) {
  const { camera, microphone } = other.using;
  if (using.camera !== camera || using.microphone !== microphone) return false;
  return Object.entries(one).every(
    ([name, value]) => value === other[/** @type {keyof MediaView} */ (name)],
  );
}
