// Tallies: the same counting as the server's.

import assert from "node:assert/strict";
import { test } from "node:test";
import { joined, left, NOBODY } from "../../../pwa/state/tallies.js";

test("the first twenty are named and the rest is counted", () => {
  let tally = NOBODY;
  for (let at = 0; at < 25; at++) tally = joined(tally, `p${at}`);
  assert.equal(tally.count, 25);
  assert.equal(tally.people.length, 20);
});

test("who leaves leaves room for the next", () => {
  let tally = NOBODY;
  for (let at = 0; at < 21; at++) tally = joined(tally, `p${at}`);
  tally = joined(left(tally, "p0"), "new");
  assert.equal(tally.count, 21);
  assert.equal(tally.people.at(-1), "new");
});
