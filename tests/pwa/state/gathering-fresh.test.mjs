// A call of a room before anything is known of it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { FRESH } from "../../../pwa/state/gathering-fresh.js";

test("it begins by joining, with nothing seen or sent, and cannot be changed", () => {
  assert.deepEqual(
    [FRESH.phase, FRESH.local, FRESH.camera, FRESH.hand],
    ["joining", null, false, false],
  );
  assert.throws(() => {
    /** @type {any} */ (FRESH).phase = "live";
  }, TypeError);
});
