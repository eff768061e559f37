// A browser's sound system that only notes which tones begin, and one that only notes what goes into its one way out.

import { Stream, Track } from "./devices-fake.mjs";

export class FakeAudio {
  /** @type {FakeAudio[]} */ static all = [];
  state = "running";
  currentTime = 0;
  destination = {};
  silenced = 0;
  /** @type {number[]} */ #tones = [];

  /** The page has this one from now on. */
  static install() {
    globalThis.AudioContext = /** @type {any} */ (FakeAudio);
    globalThis.OscillatorNode = /** @type {any} */ (FakeTone);
    globalThis.GainNode = /** @type {any} */ (FakeGain);
  }

  constructor() {
    FakeAudio.all.push(this);
  }

  async resume() {
    this.state = "running";
  }

  /** @param {number} frequency Hz */
  began(frequency) {
    this.#tones.push(frequency);
  }

  /** The tones that began since this was last asked, in Hz. */
  taken() {
    return this.#tones.splice(0);
  }
}

class FakeTone {
  constructor(audio, { frequency }) {
    this.start = () => audio.began(frequency);
  }
  connect(next) {
    return next;
  }
  stop() {}
}

class FakeGain {
  constructor(audio) {
    this.gain = {
      setValueAtTime() {},
      linearRampToValueAtTime() {},
      exponentialRampToValueAtTime() {},
      setTargetAtTime(value) {
        if (value === 0) audio.silenced += 1;
      },
    };
  }
  connect(next) {
    return next;
  }
}

export class FakeMixer {
  /** @type {FakeMixer[]} */ static all = [];
  state = "suspended";
  onstatechange = null;
  #track = new Track("audio", { deviceId: "mix" });
  #inputs = new Set();

  constructor() {
    FakeMixer.all.push(this);
  }
  createMediaStreamDestination() {
    return { stream: new Stream([this.#track]), takes: this.#inputs };
  }
  createMediaStreamSource(stream) {
    const [track] = stream.getAudioTracks();
    let into = new Set();
    return {
      connect: ({ takes }) => {
        into = takes.add(track);
      },
      disconnect: () => into.delete(track),
    };
  }
  async resume() {}
  async close() {
    this.turns("closed");
  }
  /** It runs, or stands still. */
  turns(state) {
    this.state = state;
    this.onstatechange?.();
  }
  /** Whose sound comes out of it, by device. */
  get heard() {
    const sounding = [...this.#inputs].filter((one) => one.enabled && one.readyState === "live");
    return sounding.map((one) => one.getSettings().deviceId).sort();
  }
}
