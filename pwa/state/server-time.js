// What time it is for the server, whatever this device's clock shows: by what its greeting said. Ask it of all that the
// server compares with its own clock, or tells the time of.

import { signal } from "@preact/signals-core";
import { wallClock } from "../protocol/clock.js";

/** ms that the server's clock is ahead of this device's. */
const skew = signal(0);

/** @param {{at: number}} greeting */
export function heardTime({ at }) {
  skew.value = at - wallClock.now();
}

/** ms since the epoch. */
export const serverNow = () => wallClock.now() + skew.value;
