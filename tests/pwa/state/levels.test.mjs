// How loud: from samples to a number, from many numbers to a few bars, and as a message carries them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { MAX_LEVELS } from "../../../pwa/protocol/limits.js";
import { bars, loudness, packed } from "../../../pwa/state/levels.js";

const tone = (volume) =>
  Float32Array.from({ length: 2048 }, (_, at) => volume * Math.sin(at * 0.06));

test("silence is nothing, a shout is all, and speech is in between", () => {
  assert.equal(loudness(new Float32Array(2048)), 0);
  assert.equal(loudness(new Float32Array(0)), 0);
  assert.equal(loudness(tone(1)), 1);
  const speech = loudness(tone(0.05));
  assert.ok(speech > 0.3 && speech < 0.7, `${speech}`);
  assert.ok(loudness(tone(0.1)) > speech);
});

test("many levels become a few bars, and no loud moment is lost", () => {
  const levels = new Array(1000).fill(0.1);
  levels[503] = 0.9;
  const few = bars(levels, 40);
  assert.equal(few.length, 40);
  assert.equal(few[20], 0.9);
  assert.ok(few.every((level, at) => at === 20 || level === 0.1));
});

test("fewer levels than bars are stretched, none are flat", () => {
  assert.deepEqual(bars([0.2, 0.8], 4), [0.2, 0.2, 0.8, 0.8]);
  assert.deepEqual(bars([], 3), [0, 0, 0]);
});

test("a message carries as many as it may, each a byte", () => {
  assert.equal(packed(new Array(5000).fill(1)).length, MAX_LEVELS);
  assert.deepEqual(packed([0, 0.5, 1]), new Uint8Array([0, 128, 255]));
  assert.deepEqual(packed([]), new Uint8Array(0));
});
