// An outbox of a test: its shelf is in memory, its time the test's own, and files are there at once.

import { Outbox, shelfInMemory } from "../../pwa/state/outbox.js";
import { TestClock } from "./clock.mjs";

/** What it is made of, but for how it delivers. */
export function partsWith(more) {
  return {
    shelf: shelfInMemory(),
    shrink: async (blob, name) => ({ blob, name }),
    upload: async (_blob, name) => `f-${name}`,
    takeBack: async () => {},
    hasCome: () => true,
    tell: () => {},
    clock: new TestClock(),
    random: () => 1,
    ...more,
  };
}

export function outboxWith(more) {
  const parts = partsWith(more);
  return { clock: parts.clock, shelf: parts.shelf, outbox: new Outbox(parts) };
}
