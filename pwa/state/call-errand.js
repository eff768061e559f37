// Something to ask of the server that must get an answer, however often the line is lost meanwhile. The nonce in the body
// makes asking again harmless.

import { Lost, NOT_NOW, Refused } from "../protocol/errors.js";

const PAUSE = 1000; // ms, when an answer was lost although the line stands

export class Errands {
  #options;
  #up = false;
  /** @type {(() => void)[]} */ #waiting = [];

  /** @param {{ask: (name: string, body: object) => Promise<object>, later: (callback: () => void, ms: number) => () => void}} options */
  constructor(options) {
    this.#options = options;
  }

  /** The line to the server came or went. @param {boolean} up */
  line(up) {
    this.#up = up;
    if (up) for (const go of this.#waiting.splice(0)) go();
  }

  /** Ask until there is an answer or it is no longer wanted. Resolves to whether it was done; rejects with Refused.
   * @param {string} name @param {object} body @param {() => boolean} wanted
   * @param {boolean} [patient] goes on when the server cannot do it just now, too */
  async run(name, body, wanted, patient = false) {
    while (wanted()) {
      try {
        await this.#options.ask(name, body);
        return true;
      } catch (error) {
        const notNow = patient && error instanceof Refused && NOT_NOW.includes(error.code);
        if (!notNow && !(error instanceof Lost)) throw error;
      }
      await this.#back();
    }
    return false;
  }

  /** @returns {Promise<void>} */
  #back() {
    return new Promise((resolve) => {
      if (this.#up) this.#options.later(resolve, PAUSE);
      else this.#waiting.push(resolve);
    });
  }
}
