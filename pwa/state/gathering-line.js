// What the page says to the server about the call of a room it is in, and the media, which is asked for again until it flows.
//
// What passes (one's part, what the screen shows) is said once, and again by whoever says it when the line is back. What those
// who lead decide must be heard: it is asked until there is an answer, and a no is told.

import { Errands } from "./call-errand.js";
import { RENEW, Renewal } from "./renewal.js";

/** @typedef {import("./gathering.js").Own} Own */
/** @typedef {{conversation: string, call: string}} Which */

const SHOWN = 6000; // ms that a refusal stays on the screen

export class GatheringLine {
  #ask;
  #desk;
  #errands;
  #renewal;
  #unheard = 0;
  #gone = false;

  /**
   * @param {Pick<import("./gathering.js").House, "ask"|"later">} house
   * @param {{going: () => Own|null, inside: () => boolean, changed: (part: Partial<Own>) => void, timers: import("./timers.js").Timers}} desk
   */
  constructor(house, desk) {
    this.#ask = house.ask;
    this.#desk = desk;
    this.#errands = new Errands(house);
    this.#renewal = new Renewal(desk.timers, (anew) => desk.inside() && this.renew(anew));
  }

  /** Once, about this call. @param {string} name @param {object} body */
  say(name, body) {
    const now = this.#desk.going();
    if (!now) return;
    const { conversation, call } = now;
    this.#ask(name, { conversation, call, ...body }).catch(ignore);
  }

  /** Until it is heard, while one is in this call: the page says meanwhile that it waits, and why if it was refused.
   * @param {string} name @param {object} body */
  async insist(name, body) {
    const now = this.#desk.going();
    if (!now) return;
    const { conversation, call } = now;
    const wanted = () => this.#desk.going()?.call === call;
    this.#waits(1);
    try {
      await this.#errands.run(name, { conversation, call, ...body }, wanted, true);
    } catch (error) {
      if (wanted()) this.#refused(error);
    } finally {
      this.#waits(-1);
    }
  }

  /** Until there is an answer or it is no longer wanted. Rejects with Refused.
   * @param {string} name @param {Which & {[more: string]: unknown}} body @param {() => boolean} wanted @param {boolean} [patient] */
  run(name, body, wanted, patient) {
    return this.#errands.run(name, body, wanted, patient);
  }

  /** The line to the server came or went. @param {boolean} up @returns {boolean} whether it is back */
  turned(up) {
    const back = up && this.#gone;
    this.#gone = !up;
    this.#errands.line(up);
    this.#waits(0);
    if (back && this.#desk.inside()) this.renew();
    return back;
  }

  /** The unit shall offer anew. @param {boolean} [anew] another connection, not a new way for this one */
  renew(anew = false) {
    this.say("call.renew", anew ? { anew } : {});
  }

  /** @param {RTCPeerConnectionState} state */
  media(state) {
    const { changed, going } = this.#desk;
    this.#renewal.media(state);
    if (state === "connected") changed({ phase: "live" });
    else if (state === "disconnected" || state === "failed")
      if (going()?.phase === "live") changed({ phase: "reconnecting" });
  }

  /** One is no longer in this call: nothing is waited for, and what is known of its media says nothing of the next one's. */
  clear() {
    this.#desk.timers.clear();
    this.#renewal.clear();
  }

  /** An offer is on its way; should it be lost, there will be another. */
  expect() {
    this.#renewal.after(RENEW);
  }

  /** @param {number} more */
  #waits(more) {
    this.#unheard += more;
    const unheard = this.#gone && this.#unheard > 0;
    if (this.#desk.going() && this.#desk.going()?.unheard !== unheard)
      this.#desk.changed({ unheard });
  }

  /** @param {unknown} error */
  #refused(error) {
    this.#desk.changed({ refused: error instanceof Error ? error.message : "" });
    this.#desk.timers.set("refused", SHOWN, () => this.#desk.changed({ refused: "" }));
  }
}

function ignore() {}
