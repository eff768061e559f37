// Before a closed door: one knocks again and again until somebody opens, and hears meanwhile why nobody does.

import { Refused } from "../protocol/errors.js";

export const KNOCK = 10_000; // ms between two knocks

export class Door {
  #ask;
  #desk;

  /**
   * @param {Pick<import("./gathering.js").House, "ask">} house
   * @param {{going: () => import("./gathering.js").Own|null, changed: (part: Partial<import("./gathering.js").Own>) => void, timers: import("./timers.js").Timers}} desk
   */
  constructor(house, desk) {
    this.#ask = house.ask;
    this.#desk = desk;
  }

  /** Somebody has to open. */
  wait() {
    this.#desk.changed({ phase: "lobby", words: "" });
    this.#knock();
  }

  /** No more knocking. */
  opened() {
    this.#desk.timers.stop("knock");
  }

  async #knock() {
    const now = this.#desk.going();
    if (now?.phase !== "lobby") return;
    this.#desk.timers.set("knock", KNOCK, () => this.#knock());
    const { conversation, call } = now;
    try {
      await this.#ask("call.knock", { conversation, call });
      this.#says(call, "");
    } catch (error) {
      if (error instanceof Refused) this.#says(call, error.message); // without a line the page says so itself
    }
  }

  /** @param {string} call @param {string} words why nobody opens, for people; "" when somebody heard */
  #says(call, words) {
    const now = this.#desk.going();
    if (now?.call === call && now.phase === "lobby") this.#desk.changed({ words });
  }
}
