// What is to happen in a while, each under a name: set anew under the same name it happens later, and all of it can be let go.

export class Timers {
  #later;
  /** @type {Record<string, () => void>} */ #stops = {};

  /** @param {(callback: () => void, ms: number) => () => void} later returns how to cancel */
  constructor(later) {
    this.#later = later;
  }

  /** @param {string} key @param {number} ms @param {() => void} callback */
  set = (key, ms, callback) => {
    this.stop(key);
    this.#stops[key] = this.#later(callback, ms);
  };

  /** @param {string} key */
  stop(key) {
    this.#stops[key]?.();
    delete this.#stops[key];
  }

  clear() {
    for (const key of Object.keys(this.#stops)) this.stop(key);
  }
}

/** By the clock of the page. @param {() => void} callback @param {number} ms @returns {() => void} how to cancel */
export function later(callback, ms) {
  const timer = setTimeout(callback, ms);
  return () => clearTimeout(timer);
}
