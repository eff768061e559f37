// When the forwarding unit is asked to offer anew, while its connection does not come about or is lost: a new way for this
// connection, or another one.
//
// A newcomer's first mistake is to ask at once each time: where every connection fails, that is a flood.

export const RENEW = 4000; // ms between two tries while the media is lost
export const TRY = 12_000; // ms that an offer gets: a slow device must not begin anew all the time
const HICCUP = 2000; // ms of "disconnected"
const WAYS = 2; // new ways in a row for one connection over which no media flowed: then its handshake is stuck

export class Renewal {
  #timers;
  #ask;
  #flowed = false; // did media flow since a connection last failed?
  #spent = false; // did this one fail before? It cannot be mended: its keys may be spoilt
  #failed = 0; // such connections in a row
  #ways = 0; // asked for in a row, while no media flowed

  /** @param {Pick<import("./timers.js").Timers, "set"|"stop">} timers "renew" is ours
   * @param {(anew: boolean) => void} ask `anew`: for another connection */
  constructor(timers, ask) {
    this.#timers = timers;
    this.#ask = ask;
  }

  /** @param {RTCPeerConnectionState} state */
  media(state) {
    if (state === "connected") {
      this.#flowed = true;
      this.#spent = false;
      this.#failed = this.#ways = 0;
      this.#timers.stop("renew");
    } else if (state === "connecting" && !this.#flowed) this.after(TRY);
    else if (state === "disconnected") this.after(HICCUP);
    else if (state === "failed") this.#fails();
  }

  /** Ask then, and again and again, unless media flows. @param {number} ms */
  after(ms) {
    this.#timers.set("renew", ms, () => {
      const anew = this.#spent || this.#ways === WAYS;
      this.#spent = false;
      this.#ways = anew || this.#flowed ? 0 : this.#ways + 1;
      this.#ask(anew);
      this.after(RENEW);
    });
  }

  /** Whatever comes is another call's. */
  clear() {
    this.#timers.stop("renew");
    this.#flowed = this.#spent = false;
    this.#failed = this.#ways = 0;
  }

  /** At once, but for what fails one after another. */
  #fails() {
    this.#spent = !this.#flowed;
    if (this.#spent) this.#failed += 1;
    this.#flowed = false;
    this.after(this.#failed > 1 ? RENEW : 0);
  }
}
