// A window that is cut at the end that lies behind.

import assert from "node:assert/strict";
import { test } from "node:test";
import { MOST, trimmed } from "../../../pwa/state/window.js";

const held = (count) => ({
  entries: Array.from({ length: count }, (_, at) => ({ seq: at + 1 })),
  first: 1,
  older: false,
  newer: false,
});

test("a window of a fitting length stays as it is", () => {
  const conversation = held(MOST);
  assert.equal(trimmed(conversation, "older"), conversation);
});

test("who walks towards the older lets go of the newest, and the other way round", () => {
  const older = trimmed(held(MOST + 9), "older");
  assert.deepEqual([older.entries.at(-1).seq, older.first, older.newer], [MOST, 1, true]);
  const newer = trimmed(held(MOST + 9), "newer");
  assert.deepEqual([newer.entries[0].seq, newer.first, newer.older], [10, 10, true]);
});
