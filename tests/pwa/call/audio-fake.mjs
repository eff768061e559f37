// A browser's sound system that only notes which tones begin.

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
