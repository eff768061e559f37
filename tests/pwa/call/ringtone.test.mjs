// The sounds of a call: silent before the page was touched, and until told to stop afterwards.

import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { ended, ring, unlockRingtone, wait } from "../../../pwa/call/ringtone.js";
import { FakeAudio } from "./audio-fake.mjs";

const WHILE = 300; // ms: the sound system opens a little after the tap
const RING_EVERY = 2400; // ms
const WAIT_EVERY = 4000; // ms

/** @type {AbortController} */
let until;
const touch = (kind = "pointerup") => globalThis.window.dispatchEvent(new Event(kind));

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
  globalThis.window = /** @type {any} */ (new EventTarget());
  FakeAudio.install();
  until = new AbortController();
  unlockRingtone(until.signal);
});
afterEach(() => {
  until.abort();
  mock.timers.reset();
});

// One page has one sound system: this one comes first, while there is none
test("nothing sounds before the page was touched", () => {
  const stop = ring();
  mock.timers.tick(RING_EVERY);
  assert.equal(FakeAudio.all.length, 0);
  stop();
  touch("keydown");
  mock.timers.tick(WHILE);
  assert.equal(FakeAudio.all.length, 1);
});

test("it rings again and again, until told to stop", () => {
  const [audio] = FakeAudio.all;
  const stop = ring();
  assert.equal(audio.taken().length, 6);
  mock.timers.tick(RING_EVERY);
  assert.equal(audio.taken().length, 6);
  assert.equal(audio.silenced, 0);
  stop();
  assert.equal(audio.silenced, 1);
  mock.timers.tick(RING_EVERY * 2);
  assert.deepEqual(audio.taken(), []);
});

test("who waits hears one quiet tone, and the end sounds once", () => {
  const [audio] = FakeAudio.all;
  const stop = wait();
  assert.deepEqual(audio.taken(), [425]);
  mock.timers.tick(WAIT_EVERY);
  assert.deepEqual(audio.taken(), [425]);
  stop();
  ended();
  assert.deepEqual(audio.taken(), [523.25, 392]);
  mock.timers.tick(WAIT_EVERY * 2);
  assert.deepEqual(audio.taken(), []);
});

test("a sound system that the device put to sleep is silent, and the next touch wakes it", () => {
  const [audio] = FakeAudio.all;
  audio.state = "suspended";
  ring()();
  assert.deepEqual(audio.taken(), []);
  touch();
  assert.equal(audio.state, "running");
  ring()();
  assert.equal(audio.taken().length, 6);
  assert.equal(FakeAudio.all.length, 1);
});

test("who signed out touches for nothing", () => {
  const [audio] = FakeAudio.all;
  audio.state = "suspended";
  until.abort();
  touch();
  assert.equal(audio.state, "suspended");
});
