// For how long messages are kept is what the last greeting said.

import assert from "node:assert/strict";
import { test } from "node:test";
import { heardRetention, keepDays } from "../../../pwa/state/retention.js";

test("messages are kept for as long as the server says", () => {
  heardRetention({ keep_days: 90 });
  assert.equal(keepDays.value, 90);
});

test("a server that says nothing of it keeps them for ever, whatever one before it said", () => {
  heardRetention({ keep_days: 90 });
  heardRetention({});
  assert.equal(keepDays.value, 0);
});
