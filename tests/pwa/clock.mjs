// Time that a test owns: nothing passes until it says so.

export class TestClock {
  #now = 1_000_000;
  #timers = [];

  now = () => this.#now;

  later = (ms, then) => {
    const timer = { at: this.#now + ms, then };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((one) => one !== timer);
    };
  };

  /** Lets `ms` pass, timer by timer, with room for promises in between. */
  async pass(ms) {
    const end = this.#now + ms;
    await settle();
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.#timers = this.#timers.filter((one) => one !== next);
      this.#now = next.at;
      next.then();
      await settle();
    }
    this.#now = end;
  }

  #next(end) {
    return this.#timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
  }
}

const TURNS = 20; // of the loop: more than any chain of promises between two timers needs

/** Lets everything that is ready run. */
export async function settle() {
  for (let turn = 0; turn < TURNS; turn++) await nextTurn();
}

/** One turn of the loop: what a fake network takes. */
export function nextTurn() {
  return new Promise((resolve) => setImmediate(resolve));
}
