import assert from "node:assert/strict";
import { test } from "node:test";
import {
  brief,
  dayAhead,
  dayName,
  lastSeen,
  length,
  timeOfDay,
} from "../../../../pwa/views/parts/time.js";

const HOUR = 3_600_000;
const now = new Date(2026, 10, 23, 9, 30).getTime(); // a Monday
const at = (year, month, day, hour = 12) => new Date(year, month - 1, day, hour).getTime();

test("a day is named by how far it is away", () => {
  assert.equal(dayName(at(2026, 11, 23, 0), now), "Today");
  assert.equal(dayName(at(2026, 11, 22, 23), now), "Yesterday");
  assert.equal(dayName(at(2026, 11, 21), now), "Saturday");
  assert.match(dayName(at(2026, 11, 16), now), /November/);
  assert.match(dayName(at(2025, 11, 16), now), /2025/);
});

test("a time of day is the same on every day, and another a minute later", () => {
  const written = timeOfDay(at(2026, 11, 23, 14));
  assert.match(written, /^(14|0?2):00/);
  assert.equal(timeOfDay(at(2025, 3, 1, 14)), written);
  assert.match(timeOfDay(at(2026, 11, 23, 14) + 60_000), /:01/);
  assert.notEqual(timeOfDay(at(2026, 11, 23, 2)), written);
});

test("a minute before midnight is yesterday a minute after it", () => {
  const midnight = at(2026, 11, 23, 0);
  assert.equal(dayName(midnight - 60_000, midnight + 60_000), "Yesterday");
});

test("a message of the future, from a clock ahead of ours, is of today", () => {
  assert.equal(dayName(now + 5 * HOUR, now), "Today");
});

test("a row shows the clock today and the day before that", () => {
  assert.match(brief(at(2026, 11, 23, 8), now), /8/);
  assert.equal(brief(at(2026, 11, 22), now), "Yesterday");
  assert.match(brief(at(2026, 1, 2), now), /2/);
});

test("what is to come is named forward", () => {
  assert.equal(dayAhead(now + HOUR, now), "today");
  assert.equal(dayAhead(at(2026, 11, 25), now), "Wednesday");
  assert.match(dayAhead(at(2026, 12, 25), now), /December/);
});

test("last seen is kept coarse", () => {
  assert.equal(lastSeen(now - 59 * 60_000, now), "seen recently");
  assert.equal(lastSeen(now - 2 * HOUR, now), "seen today");
  assert.equal(lastSeen(at(2026, 11, 22), now), "seen yesterday");
  assert.equal(lastSeen(at(2026, 11, 20), now), "seen on Friday");
});

test("who was never here is offline, and not seen in 1970", () => {
  assert.equal(lastSeen(0, now), "offline");
});

test("a length is minutes and seconds, with hours when there are some", () => {
  assert.equal(length(7), "0:07");
  assert.equal(length(754), "12:34");
  assert.equal(length(3723), "1:02:03");
});
