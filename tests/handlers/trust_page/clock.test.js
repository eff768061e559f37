import assert from "node:assert/strict";
import test from "node:test";
import { areApart } from "../../../handlers/trust_page/clock.js";

const NOON = Date.UTC(2026, 10, 23, 12);
const MINUTE = 60_000;

test("ten minutes apart is said, whichever is ahead", () => {
  assert.equal(areApart(NOON, NOON + 10 * MINUTE), true);
  assert.equal(areApart(NOON + 10 * MINUTE, NOON), true);
});

test("less than ten minutes apart is nobody's worry", () => {
  assert.equal(areApart(NOON, NOON + 10 * MINUTE - 1), false);
  assert.equal(areApart(NOON, NOON), false);
});
