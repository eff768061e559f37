// Watches whether packets come through from device to device, and says when to offer again, and when that does not mend
// it. Browsers wait for ever where no candidate arrives (iceConnectionState stays "new"), so the patience is ours.

export const FIRST_TRY = 5000; // ms after the descriptions are in place
export const GIVE_UP = 20_000; // ms, for a call that never came through
export const MEND = 4000; // ms that an ICE restart gets, once the link was lost
export const RETRY = 5000; // ms between tries
const HICCUP = { polite: 3500, other: 2500 }; // ms of "disconnected"; unequal, so that both sides do not offer at once

/** @typedef {"" | "slow" | "connected" | "lost" | "unreachable"} LinkState */

export class Link {
  #options;
  #ever = false; // was it connected once?
  #begun = false;
  #up = false;
  /** @type {(() => void)[]} */ #timers = [];

  /**
   * @param {{polite: boolean, offer: () => void, stuck: () => void, changed: (state: LinkState) => void,
   *   later: (callback: () => void, ms: number) => () => void}} options `later` returns how to cancel; `stuck`: the two do
   *   not reach each other, said again with each try
   */
  constructor(options) {
    this.#options = options;
  }

  /** The descriptions are in place: from now on it should not take long. */
  settled() {
    if (this.#begun) return;
    this.#begun = true;
    if (this.#up) return;
    this.#later(FIRST_TRY, () => this.#stuck());
    this.#later(FIRST_TRY + RETRY, () => this.#options.changed("slow")); // nobody knew anything better
    this.#later(GIVE_UP, () => {
      if (!this.#ever) this.#options.changed("unreachable");
    });
  }

  /** @param {RTCPeerConnectionState} state */
  state(state) {
    if (state === "connected") this.#connected();
    else if (state === "disconnected") this.#hiccup();
    else if (state === "failed" && this.#ever) this.#lost();
  }

  /** The phone changed networks. */
  moved() {
    if (this.#begun) this.#options.offer();
  }

  close() {
    for (const cancel of this.#timers) cancel();
    this.#timers = [];
  }

  #connected() {
    this.close();
    this.#ever = true;
    this.#up = true;
    this.#options.changed("connected");
  }

  #hiccup() {
    this.close();
    this.#up = false;
    this.#later(this.#options.polite ? HICCUP.polite : HICCUP.other, () => this.#lost());
  }

  #lost() {
    this.close();
    this.#up = false;
    this.#options.changed("lost");
    this.#options.offer();
    this.#later(MEND, () => this.#stuck());
  }

  /** What was tried has not helped: try again, in case nobody knows anything better. */
  #stuck() {
    this.#options.stuck();
    this.#options.offer();
    this.#later(RETRY, () => this.#stuck());
  }

  /** @param {number} ms @param {() => void} callback */
  #later(ms, callback) {
    this.#timers.push(this.#options.later(callback, ms));
  }
}
