// The wall clock waits, and lets go of what is cancelled.

import assert from "node:assert/strict";
import { test } from "node:test";
import { wallClock } from "../../../pwa/protocol/clock.js";

test("what is due later is done, and what is cancelled is not", async () => {
  const done = [];
  const cancel = wallClock.later(0, () => done.push("cancelled"));
  cancel();
  await new Promise((resolve) => {
    wallClock.later(0, () => resolve(done.push("due")));
  });
  assert.deepEqual(done, ["due"]);
});

test("it tells the time in milliseconds since the epoch", () => {
  const before = Date.now();
  const now = wallClock.now();
  const after = Date.now(); // a millisecond may end between any two of these
  assert.ok(Number.isInteger(now) && before <= now && now <= after, `${before} ${now} ${after}`);
});
