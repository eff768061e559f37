// Who called while one was in a call.

import assert from "node:assert/strict";
import { test } from "node:test";
import { signal } from "@preact/signals-core";
import {
  calledMeanwhile,
  followMeanwhile,
  forgetCaller,
} from "../../../pwa/state/call-meanwhile.js";
import { CONVERSATION, ME, makeParts, OTHER } from "./call-house.mjs";

function follow({ busy = true } = {}) {
  const { house, parts } = makeParts();
  const until = new AbortController();
  const inCall = signal(busy);
  followMeanwhile({ ...parts, busy: inCall }, until.signal);
  const ended = (reason, caller, video = false) =>
    house.tell("call.ended", { conversation: CONVERSATION, call: "c2", reason, caller, video });
  return { ended, inCall, pass: (ms) => house.time.pass(ms), stop: () => until.abort() };
}

const who = () => calledMeanwhile.value?.caller ?? "";

test("who called while one is busy is named for a while", () => {
  const { ended, pass, stop } = follow();
  ended("busy", OTHER);
  assert.equal(who(), OTHER);
  pass(29_000);
  ended("busy", "pcleo");
  pass(29_000);
  assert.equal(who(), "pcleo");
  pass(1000);
  assert.equal(who(), "");
  stop();
});

test("it is known where to call back, and no video call turns a camera on by it", () => {
  const { ended, stop } = follow();
  ended("busy", OTHER, true);
  assert.deepEqual(calledMeanwhile.value, { caller: OTHER, conversation: CONVERSATION });
  stop();
});

test("one's own calls to somebody busy, and calls that ended otherwise, are not", () => {
  const { ended, stop } = follow();
  ended("busy", ME);
  ended("missed", OTHER);
  assert.equal(who(), "");
  stop();
});

test("nor is who called while one is in a call on another device", () => {
  const { ended, inCall, stop } = follow({ busy: false });
  ended("busy", OTHER);
  inCall.value = true;
  assert.equal(who(), "");
  stop();
});

test("with the call ends what was said in it", () => {
  const { ended, inCall, stop } = follow();
  ended("busy", OTHER);
  inCall.value = false;
  assert.equal(who(), "");
  stop();
});

test("what was put away comes not back, and the next is shown its whole while", () => {
  const { ended, pass, stop } = follow();
  ended("busy", OTHER);
  pass(20_000);
  forgetCaller();
  assert.equal(who(), "");
  ended("busy", "pcleo");
  pass(29_000);
  assert.equal(who(), "pcleo");
  stop();
});

test("who signs out is told no more", () => {
  const { ended, stop } = follow();
  ended("busy", OTHER);
  stop();
  assert.equal(who(), "");
});
