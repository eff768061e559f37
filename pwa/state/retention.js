// For how long the house keeps messages, as its server says when it greets.

import { signal } from "@preact/signals-core";

/** Days; 0 is for ever. */
export const keepDays = signal(0);

/** @param {{keep_days?: number}} greeting an older server says nothing of it */
export function heardRetention({ keep_days = 0 }) {
  keepDays.value = keep_days;
}
