// How loud somebody is, and whether they speak while muted.

import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { Meter, Speech } from "../../../pwa/call/meter.js";

let hear; // what the microphone's follower is told, while it is followed
let spoke;
let followed;
let meter;
const track = /** @type {any} */ ({});
const follow = (which, callback) => {
  followed.push(which);
  hear = callback;
  return () => {
    hear = null;
  };
};
const speak = () => {
  for (let at = 0; at < 10; at += 1) hear(0.8);
};

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout"] });
  hear = null;
  spoke = [];
  followed = [];
  meter = new Meter((speaks) => spoke.push(speaks), follow);
});
afterEach(() => mock.timers.reset());

test("a microphone is only listened to while somebody wants to know", () => {
  meter.use(track, false);
  assert.equal(hear, null);
  const levels = [];
  const stop = meter.listen((level) => levels.push(level));
  hear(0.5);
  assert.deepEqual(levels, [0.5]);
  stop();
  assert.equal(hear, null);
});

test("who speaks while muted is noticed, once, and it passes", () => {
  meter.use(track, true);
  speak();
  speak();
  assert.deepEqual(spoke, [true]);
  mock.timers.tick(5000);
  assert.deepEqual(spoke, [true, false]);
});

test("who is not muted is not told, and who unmutes is told no longer", () => {
  meter.listen(() => {});
  meter.use(track, false);
  speak();
  assert.deepEqual(spoke, []);
  meter.use(track, true);
  speak();
  meter.use(track, false);
  assert.deepEqual(spoke, [true, false]);
});

test("a room's noise and a slammed door are no speech", () => {
  const speech = new Speech();
  for (let at = 0; at < 3000; at += 60) assert.equal(speech.hears(0.3, at), false);
  for (const at of [4000, 4060, 4120]) assert.equal(speech.hears(0.9, at), false);
});

test("a few words within a moment are", () => {
  const speech = new Speech();
  const said = [0, 60, 400, 460, 900].map((at) => speech.hears(0.6, at));
  assert.deepEqual(said, [false, false, false, false, true]);
});

test("another microphone is followed instead", () => {
  const other = /** @type {any} */ ({});
  meter.listen(() => {});
  meter.use(track, false);
  meter.use(other, false);
  assert.deepEqual(followed, [track, other]);
  meter.close();
  assert.equal(hear, null);
});
