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
  assert.equal(new Date(wallClock.now()).getTime(), Math.trunc(wallClock.now()));
});
