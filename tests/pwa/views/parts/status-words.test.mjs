// When a status ends: from what was chosen to ms, and from ms to words.

import assert from "node:assert/strict";
import { test } from "node:test";
import { endOf, localMinute, untilWords } from "../../../../pwa/views/parts/status-words.js";

const NOW = new Date(2026, 10, 25, 14, 30).getTime();

test("what was chosen becomes a moment", () => {
  assert.equal(endOf("never", "", NOW), 0);
  assert.equal(endOf("half", "", NOW), NOW + 1_800_000);
  assert.equal(endOf("hour", "", NOW), NOW + 3_600_000);
  assert.equal(endOf("today", "", NOW), new Date(2026, 10, 26).getTime());
  assert.equal(endOf("at", "2026-11-25T16:00", NOW), new Date(2026, 10, 25, 16, 0).getTime());
});

test("a moment that is over, or none at all, is no end", () => {
  assert(Number.isNaN(endOf("at", "2026-11-25T14:30", NOW)));
  assert(Number.isNaN(endOf("at", "", NOW)));
});

test("a date field gets this place's time", () => {
  assert.equal(localMinute(NOW), "2026-11-25T14:30");
});

test("an end today is a time, a later one a day and a time, none is nothing", () => {
  assert.equal(untilWords(0, NOW), "");
  assert.match(untilWords(NOW + 3_600_000, NOW), /^until \S*3[:.]30|15[:.]30/);
  assert.match(untilWords(NOW + 48 * 3_600_000, NOW), /Friday/);
  assert.doesNotMatch(untilWords(NOW + 11 * 3_600_000, NOW), /Thursday/);
  assert.doesNotMatch(untilWords(endOf("today", "", NOW), NOW), /Thursday/);
});
