// What happens in a while.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Timers } from "../../../pwa/state/timers.js";
import { Time } from "./call-house.mjs";

function timed() {
  const time = new Time();
  const done = [];
  const timers = new Timers(time.later);
  return { time, done, timers, note: (word) => () => done.push(word) };
}

test("each happens once, in its time", () => {
  const { time, done, timers, note } = timed();
  timers.set("a", 100, note("a"));
  timers.set("b", 50, note("b"));
  time.pass(60);
  assert.deepEqual(done, ["b"]);
  time.pass(1000);
  assert.deepEqual(done, ["b", "a"]);
});

test("what is set anew under its name happens later, and what was stopped does not", () => {
  const { time, done, timers, note } = timed();
  timers.set("a", 100, note("early"));
  timers.set("b", 100, note("stopped"));
  timers.set("a", 200, note("late"));
  timers.stop("b");
  time.pass(150);
  assert.deepEqual(done, []);
  time.pass(100);
  assert.deepEqual(done, ["late"]);
});

test("all is let go at once", () => {
  const { time, done, timers, note } = timed();
  timers.set("a", 100, note("a"));
  timers.clear();
  time.pass(1000);
  assert.deepEqual(done, []);
});
