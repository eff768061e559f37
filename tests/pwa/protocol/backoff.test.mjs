// Waiting is quick at first, never endless, and never in step.

import assert from "node:assert/strict";
import { test } from "node:test";
import { retryDelay } from "../../../pwa/protocol/backoff.js";

test("waiting begins quick, doubles, and never passes 30 s", () => {
  const waits = Array.from({ length: 12 }, (_, attempt) => retryDelay(attempt, () => 1));
  assert.deepEqual(waits.slice(0, 7), [500, 1000, 2000, 4000, 8000, 16_000, 30_000]);
  assert.equal(Math.max(...waits), 30_000);
});

test("no two phones need wait the same: half of each wait is chance", () => {
  assert.equal(
    retryDelay(3, () => 0),
    2000,
  );
  assert.equal(
    retryDelay(3, () => 1),
    4000,
  );
});
