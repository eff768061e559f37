// What we send: a microphone, and a camera or a screen. A camera that is off is let go of, so that its light goes out.

import {
  canShareScreen,
  countCameras,
  nextCamera,
  openBoth,
  openCamera,
  openMicrophone,
  openScreen,
} from "./devices.js";

/** @typedef {import("./devices.js").Problem} Problem */
/** @typedef {import("./peer.js").MediaKind} MediaKind */
/**
 * @typedef {object} MediaView what the page shows of it
 * @property {MediaStream | null} local for the self view, without sound
 * @property {boolean} muted
 * @property {boolean} camera
 * @property {boolean} mirrored
 * @property {boolean} canFlip
 * @property {boolean} canShare
 * @property {boolean} sharing
 * @property {Problem[]} problems
 */

export class Media {
  /** @type {MediaStreamTrack | null} */ #microphone = null;
  /** @type {MediaStreamTrack | null} */ #camera = null;
  /** @type {MediaStreamTrack | null} */ #screen = null;
  /** @type {MediaStream | null} */ #local = null;
  /** @type {Problem[]} */ #problems = [];
  #muted = false;
  #facing = "user";
  #cameras = 0;
  #closed = false;
  #options;
  #until = new AbortController();

  /** @param {{send: (kind: MediaKind, track: MediaStreamTrack | null) => void, changed: (view: MediaView) => void}} options */
  constructor(options) {
    this.#options = options;
    navigator.mediaDevices?.addEventListener("devicechange", () => this.#plugged(), {
      signal: this.#until.signal,
    });
  }

  /** Ask for what this call needs. Never fails: what could not be had is in `problems`. @param {{video: boolean}} wanted */
  async open({ video }) {
    const { microphone, camera } = await openBoth({ video });
    this.#cameras = await countCameras();
    this.#problems = [microphone.problem, camera.problem].filter((one) => one !== null);
    this.#useMicrophone(microphone.track);
    this.#useCamera(camera.track);
  }

  /** What to send now. @param {MediaKind} kind */
  track(kind) {
    return kind === "audio" ? this.#microphone : (this.#screen ?? this.#camera);
  }

  /** Muted or not; where there was no microphone it is asked for again. @param {boolean} muted */
  async mute(muted) {
    this.#muted = muted;
    if (!muted && this.#microphone?.readyState !== "live") {
      const { track, problem } = await openMicrophone();
      this.#blame("microphone", problem);
      this.#useMicrophone(track);
      return;
    }
    if (this.#microphone) this.#microphone.enabled = !muted;
    this.#show();
  }

  /** Camera on or off. @param {boolean} on */
  async turnCamera(on) {
    if (!on) {
      this.#useCamera(null);
      return;
    }
    const { track, problem } = await openCamera();
    this.#cameras = await countCameras();
    this.#blame("camera", problem);
    this.#useCamera(track);
  }

  /** The other side of the phone, or the next camera of a computer. */
  async flip() {
    const settings = this.#camera?.getSettings() ?? {};
    const phone = Boolean(settings.facingMode);
    const facing = this.#facing === "user" ? "environment" : "user";
    const wish = phone ? { facing } : { id: await nextCamera(settings.deviceId ?? "") };
    if (!phone && !wish.id) return;
    this.#camera?.stop(); // phones open one camera at a time
    const { track, problem } = await openCamera(wish);
    if (phone && track) this.#facing = facing;
    this.#blame("camera", problem);
    this.#useCamera(track);
  }

  /** @param {boolean} on */
  async share(on) {
    const { track, problem } = on ? await openScreen() : { track: null, problem: null };
    if (on && !track && !problem) return;
    this.#blame("screen", problem);
    this.#screen?.stop();
    this.#screen = this.#adopt(track, () => this.share(false));
    if (track) track.contentHint = "detail";
    this.#options.send("video", this.track("video"));
    this.#show();
  }

  close() {
    this.#closed = true;
    this.#until.abort();
    for (const track of [this.#microphone, this.#camera, this.#screen]) track?.stop();
    this.#microphone = this.#camera = this.#screen = null;
  }

  /** @param {MediaStreamTrack | null} track */
  #useMicrophone(track) {
    this.#microphone = this.#adopt(track, () => this.#options.send("audio", null));
    if (track) track.enabled = !this.#muted;
    this.#options.send("audio", this.#microphone);
    this.#show();
  }

  /** @param {MediaStreamTrack | null} track */
  #useCamera(track) {
    if (this.#camera !== track) this.#camera?.stop();
    this.#camera = this.#adopt(track, () => this.#useCamera(null));
    if (!this.#screen) this.#options.send("video", this.#camera);
    this.#show();
  }

  /** A track that comes after the end is let go of. @param {MediaStreamTrack | null} track @param {() => void} ended unplugged, or stopped by the browser's own button */
  #adopt(track, ended) {
    if (!track) return null;
    if (this.#closed) {
      track.stop();
      return null;
    }
    track.addEventListener("ended", () => {
      if (!this.#closed) ended();
    });
    return track;
  }

  async #plugged() {
    this.#cameras = await countCameras();
    if (this.#microphone && this.#microphone.readyState !== "live") await this.mute(this.#muted);
    this.#show();
  }

  /** The newest first: it is the answer to what was just tried. @param {Problem["device"]} device @param {Problem | null} problem */
  #blame(device, problem) {
    const others = this.#problems.filter((one) => one.device !== device);
    this.#problems = problem ? [problem, ...others] : others;
  }

  #show() {
    if (this.#closed) return;
    const picture = this.track("video");
    if (this.#local?.getTracks()[0] !== (picture ?? undefined))
      this.#local = picture ? new MediaStream([picture]) : null;
    this.#options.changed({
      local: this.#local,
      muted: this.#muted || !this.#microphone,
      camera: this.#camera !== null,
      mirrored: !this.#screen && this.#facing === "user",
      canFlip: this.#camera !== null && this.#cameras > 1,
      canShare: canShareScreen(),
      sharing: this.#screen !== null,
      problems: this.#problems,
    });
  }
}
