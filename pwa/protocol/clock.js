// Time as a parameter: what waits or measures is given a clock, so that a test can own it.

/**
 * @typedef {object} Clock
 * @property {() => number} now ms since the epoch
 * @property {(ms: number, then: () => void) => () => void} later calls `then` once after `ms`; returns a function that cancels
 */

/** @type {Clock} */
export const wallClock = {
  now: () => Date.now(),
  later(ms, then) {
    const timer = setTimeout(then, ms);
    return () => clearTimeout(timer);
  },
};
