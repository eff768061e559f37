// The servers that help two devices to find each other: those the host named once, and logins to TURN servers, which are
// asked for when a call begins and again before they end.

export const EARLY = 600_000; // ms before its end a login is replaced
export const PATIENCE = 2000; // ms that a call waits for a login; most work without one
const SOON = 1000; // ms, the least time between two logins, whatever the clocks say

/** @typedef {Pick<import("./call-desk.js").House, "ask" | "iceServers" | "later" | "now">} House */

export class Servers {
  #house;
  /** @type {RTCIceServer[]} */ #logins = [];
  #stop = () => {};
  #open = 0; // which call's logins are wanted

  /** @param {House} house */
  constructor(house) {
    this.#house = house;
  }

  /** What a connection may use now. */
  all = () => [...this.#house.iceServers(), ...this.#logins];

  /** A call begins: resolves when its logins are here, or when they have taken too long. @param {() => void} replaced called whenever there are others */
  begin(replaced) {
    this.end();
    this.#open += 1;
    const call = this.#open;
    return new Promise((/** @type {(value?: undefined) => void} */ done) => {
      const late = this.#house.later(done, PATIENCE);
      this.#login(call, replaced).then(() => {
        late();
        done();
      });
    });
  }

  /** It is over. */
  end() {
    this.#open += 1;
    this.#logins = [];
    this.#stop();
  }

  /** @param {number} call @param {() => void} replaced */
  async #login(call, replaced) {
    const told = await this.#house.ask("call.servers", {}).catch(() => null); // without one the call may still come about
    if (call !== this.#open) return;
    const { ice_servers: logins = [], until = 0 } =
      /** @type {{ice_servers?: RTCIceServer[], until?: number}} */ (told ?? {});
    const had = this.#logins.length > 0;
    if (told) this.#logins = logins;
    if (had && told) replaced();
    const again = told ? until - this.#house.now() - EARLY : EARLY;
    if (until || !told)
      this.#stop = this.#house.later(() => this.#login(call, replaced), Math.max(SOON, again));
  }
}
