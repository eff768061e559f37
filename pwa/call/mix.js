// A voice and what is heard of a shared screen, as one track: a call between two has one place for sound. It is there only while
// both are, for a microphone that goes through here is heard a moment later.

/**
 * Null where the browser has no sound system left: the picture goes without.
 * @param {MediaStreamTrack} sound @param {() => void} changed @param {() => AudioContext} [make]
 */
export function mixed(sound, changed, make) {
  try {
    return new Mix(sound, changed, make);
  } catch {
    return null;
  }
}

export class Mix {
  #audio;
  #out;
  #sound;
  /** @type {MediaStreamAudioSourceNode | null} */ #voice = null;

  /**
   * @param {MediaStreamTrack} sound of the screen
   * @param {() => void} changed there is another `track` to send
   * @param {() => AudioContext} [make] for tests
   */
  constructor(sound, changed, make = () => new AudioContext()) {
    this.#audio = make();
    this.#out = this.#audio.createMediaStreamDestination();
    this.#sound = this.#take(sound);
    this.#audio.onstatechange = changed;
    this.#audio.resume().catch(() => {}); // not before the page was touched
  }

  /** Both in one, null while the sound system stands still: nothing would be heard of either. */
  get track() {
    return this.#audio.state === "running" ? this.#out.stream.getAudioTracks()[0] : null;
  }

  /** This is the voice from now on; one that is muted is silent by itself. @param {MediaStreamTrack | null} microphone */
  use(microphone) {
    this.#voice?.disconnect();
    this.#voice = microphone && this.#take(microphone);
  }

  close() {
    this.#audio.onstatechange = null;
    this.#voice?.disconnect();
    this.#sound.disconnect();
    for (const track of this.#out.stream.getTracks()) track.stop();
    this.#audio.close().catch(() => {});
  }

  /** @param {MediaStreamTrack} track */
  #take(track) {
    const source = this.#audio.createMediaStreamSource(new MediaStream([track]));
    source.connect(this.#out);
    return source;
  }
}
