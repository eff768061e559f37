// Who called while one was in a call.

import assert from "node:assert/strict";
import { test } from "node:test";
import { calledMeanwhile, followMeanwhile } from "../../../pwa/state/call-meanwhile.js";
import { ME, makeParts, OTHER } from "./call-house.mjs";

function follow() {
  const { house, parts } = makeParts();
  const until = new AbortController();
  followMeanwhile(parts, until.signal);
  const ended = (reason, caller) => house.tell("call.ended", { call: "c2", reason, caller });
  return { ended, pass: (ms) => house.time.pass(ms), stop: () => until.abort() };
}

test("who called while one is busy is named for a moment", () => {
  const { ended, pass, stop } = follow();
  ended("busy", OTHER);
  assert.equal(calledMeanwhile.value, OTHER);
  pass(9000);
  ended("busy", "pcleo");
  pass(9000);
  assert.equal(calledMeanwhile.value, "pcleo");
  pass(1000);
  assert.equal(calledMeanwhile.value, "");
  stop();
});

test("one's own calls to somebody busy, and calls that ended otherwise, are not", () => {
  const { ended, stop } = follow();
  ended("busy", ME);
  ended("missed", OTHER);
  assert.equal(calledMeanwhile.value, "");
  stop();
});

test("who signs out is told no more", () => {
  const { ended, stop } = follow();
  ended("busy", OTHER);
  stop();
  assert.equal(calledMeanwhile.value, "");
});
