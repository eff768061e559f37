// Cameras and microphones of a computer that is only a list.

export class Track extends EventTarget {
  readyState = "live";
  muted = false;
  enabled = true;
  contentHint = "";
  /** @param {"audio" | "video"} kind @param {{deviceId?: string, facingMode?: string}} settings */
  constructor(kind, settings) {
    super();
    this.kind = kind;
    this.settings = settings;
    this.label = `the ${settings.deviceId}`;
  }
  getSettings() {
    return this.settings;
  }
  stop() {
    this.readyState = "ended";
  }
  /** The system holds it back, or lets it go on. @param {boolean} muted */
  hold(muted) {
    this.muted = muted;
    this.dispatchEvent(new Event(muted ? "mute" : "unmute"));
  }
  /** Pulled out of its socket. */
  unplug() {
    this.stop();
    this.dispatchEvent(new Event("ended"));
  }
}

export class Devices extends EventTarget {
  /** What a kind is refused with, by the name of the browser's error. @type {Record<string, string>} */ refuses =
    {};
  cameras = ["front", "back"];
  microphones = ["built-in", "headset"];
  speakers = ["monitor", "headset"];
  /** @type {any[]} */ asked = [];
  /** @type {Track[]} */ given = [];

  getUserMedia = async (wish) => {
    this.asked.push(wish);
    for (const kind of ["audio", "video"])
      if (wish[kind] && this.refuses[kind]) throw named(this.refuses[kind]);
    return new Stream([
      ...(wish.audio ? [this.#microphone(wish.audio)] : []),
      ...(wish.video ? [this.#camera(wish.video)] : []),
    ]);
  };
  /** What may be wished for beyond the usual. @type {Record<string, boolean>} */ supported = {};
  getSupportedConstraints = () => this.supported;

  film = false; // is anything heard of a screen?
  getDisplayMedia = async (wish) => {
    this.asked.push(wish);
    if (this.refuses.screen) throw named(this.refuses.screen);
    return new Stream([
      this.#give("video", { displaySurface: "monitor" }),
      ...(wish.audio && this.film ? [this.#give("audio", { deviceId: "film" })] : []),
    ]);
  };
  enumerateDevices = async () => [
    ...listed("videoinput", this.cameras),
    ...listed("audioinput", this.microphones),
    ...listed("audiooutput", this.speakers),
  ];

  get live() {
    return this.given.filter((track) => track.readyState === "live");
  }
  /** Something was plugged in or pulled out: those lists are what there is now. @param {Partial<Pick<Devices, "cameras"|"microphones"|"speakers">>} lists */
  change(lists) {
    Object.assign(this, lists);
    this.dispatchEvent(new Event("devicechange"));
  }
  #microphone({ deviceId }) {
    return this.#give("audio", { deviceId: one(this.microphones, deviceId) });
  }
  #camera({ deviceId, facingMode }) {
    const id =
      deviceId || facingMode?.ideal !== "environment" ? one(this.cameras, deviceId) : "back";
    return this.#give(
      "video",
      this.phone ? { deviceId: id, facingMode: facingMode?.ideal } : { deviceId: id },
    );
  }
  #give(kind, settings) {
    const track = new Track(kind, settings);
    this.given.push(track);
    return track;
  }
}

const listed = (kind, ids) => ids.map((deviceId) => ({ kind, deviceId, label: `the ${deviceId}` }));

/** The device that is meant: that one, or else the first. */
function one(ids, wish) {
  const id = wish?.exact ?? wish?.ideal;
  if (ids.includes(id)) return id;
  if (wish?.exact) throw named("OverconstrainedError");
  if (!ids.length) throw named("NotFoundError");
  return ids[0];
}

export class Stream {
  constructor(tracks) {
    this.tracks = tracks;
  }
  getTracks() {
    return this.tracks;
  }
  getAudioTracks() {
    return this.tracks.filter((track) => track.kind === "audio");
  }
  getVideoTracks() {
    return this.tracks.filter((track) => track.kind === "video");
  }
}

const named = (name) => Object.assign(new Error(name), { name });

/** Puts them where the browser's would be. @param {Devices | undefined} devices */
export function plugIn(devices) {
  Object.defineProperty(globalThis, "navigator", {
    value: { mediaDevices: devices },
    configurable: true,
  });
  Object.defineProperty(globalThis, "MediaStream", { value: Stream, configurable: true });
}
