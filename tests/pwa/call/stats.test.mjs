// The line in one word.

import assert from "node:assert/strict";
import { test } from "node:test";
import { judge, sampleOf } from "../../../pwa/call/stats.js";

const sample = (came, lost, roundTrip = 20) => ({ at: 0, came, lost, frames: 0, roundTrip });
const start = sample(1000, 0);

test("the figures of a report are added up over audio and video", () => {
  const report = [
    { type: "inbound-rtp", kind: "audio", packetsReceived: 50, packetsLost: 1 },
    { type: "inbound-rtp", kind: "video", packetsReceived: 100, packetsLost: 2, framesDecoded: 30 },
    { type: "candidate-pair", nominated: true, currentRoundTripTime: 0.025 },
    { type: "candidate-pair", nominated: false, currentRoundTripTime: 9 },
    { type: "codec" },
  ];
  assert.deepEqual(sampleOf(report, 7), { at: 7, came: 150, lost: 3, frames: 30, roundTrip: 25 });
});

test("a report that says nothing yet is all zeros", () => {
  assert.deepEqual(sampleOf([{ type: "inbound-rtp" }], 0), {
    at: 0,
    came: 0,
    lost: 0,
    frames: 0,
    roundTrip: 0,
  });
});

for (const [words, now, quality] of [
  ["nothing lost", sample(1100, 0), "good"],
  ["a packet in fifty", sample(1098, 2), "good"],
  ["a packet in twenty", sample(1095, 5), "fair"],
  ["a packet in five", sample(1080, 20), "poor"],
  ["a long way round", sample(1100, 0, 400), "fair"],
  ["a very long way round", sample(1100, 0, 900), "poor"],
  ["silence after there was sound", sample(1000, 0), "poor"],
]) {
  test(`${words} is ${quality}`, () =>
    assert.equal(judge(start, /** @type {any} */ (now)), quality));
}

test("before anything came there is nothing to say", () => {
  assert.equal(judge(sample(0, 0), sample(0, 0)), "");
});

test("a counter that starts again does not count as loss", () => {
  assert.equal(judge(sample(1000, 50), sample(1100, 0)), "good");
});
