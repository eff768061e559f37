// The line in one word.

import assert from "node:assert/strict";
import { test } from "node:test";
import { lookAt } from "../../../pwa/call/figures.js";
import { judge, sampleOf } from "../../../pwa/call/stats.js";

const sample = (came, lost, roundTrip = 20) => ({ came, lost, frames: 0, roundTrip });
const start = sample(1000, 0);
const PICTURE = { type: "inbound-rtp", kind: "video" };
const WAY = { type: "candidate-pair", nominated: true, state: "succeeded" };
const whoseOf = () => /** @type {const} */ ({ who: "other", source: "camera" });

test("what came and was lost is added up over voices and pictures, and nothing of what was sent", () => {
  const report = [
    { id: "a", type: "inbound-rtp", kind: "audio", packetsReceived: 50, packetsLost: 1 },
    { ...PICTURE, id: "v", packetsReceived: 100, packetsLost: 2, framesDecoded: 30 },
    { id: "s", type: "outbound-rtp", kind: "video", packetsSent: 900, framesSent: 60 },
    { ...WAY, id: "p", currentRoundTripTime: 0.025 },
    { ...WAY, id: "q", nominated: false, currentRoundTripTime: 9 },
    { id: "c", type: "codec" },
  ];
  const expected = { came: 150, lost: 3, frames: 30, roundTrip: 25 };
  assert.deepEqual(sampleOf(lookAt(report, 7, whoseOf)), expected);
});

test("a report that says nothing yet is all zeros", () => {
  const expected = { came: 0, lost: 0, frames: 0, roundTrip: 0 };
  assert.deepEqual(sampleOf(lookAt([{ ...PICTURE, id: "v" }], 0, whoseOf)), expected);
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
