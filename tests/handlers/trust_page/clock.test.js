import assert from "node:assert/strict";
import test from "node:test";
import { clockAdvice } from "../../../handlers/trust_page/clock.js";

const NOON = Date.UTC(2026, 10, 23, 12);
const MINUTE = 60_000;
const say = (/** @type {number} */ at) => new Date(at).toISOString().slice(11, 16);

test("ten minutes apart is said, with both times", () => {
  assert.match(clockAdvice(NOON, NOON + 10 * MINUTE, say), /here says 12:00.*machine 12:10/);
  assert.match(clockAdvice(NOON + 10 * MINUTE, NOON, say), /here says 12:10.*machine 12:00/);
});

test("less than ten minutes apart is nobody's worry", () => {
  assert.equal(clockAdvice(NOON, NOON + 10 * MINUTE - 1, say), "");
  assert.equal(clockAdvice(NOON, NOON, say), "");
});
