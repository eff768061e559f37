// A connection in figures.

import assert from "node:assert/strict";
import { test } from "node:test";
import { between, lookAt, since } from "../../../pwa/call/figures.js";
import { judgeLine, Steady, UNKNOWN } from "../../../pwa/call/stats.js";

/** A report as Chromium makes it, after so many seconds. */
function report(seconds, more = {}) {
  const { lost = 0, fraction = 0, roundTrip = 0.02, protocol = "udp", type = "host" } = more;
  return [
    { id: "T", type: "transport", selectedCandidatePairId: "P2" },
    { id: "P1", type: "candidate-pair", nominated: true, state: "succeeded" },
    {
      id: "P2",
      type: "candidate-pair",
      localCandidateId: "L",
      remoteCandidateId: "R",
      currentRoundTripTime: roundTrip,
      availableOutgoingBitrate: 900_000,
    },
    { id: "L", type: "local-candidate", protocol, candidateType: type },
    { id: "R", type: "remote-candidate", protocol, candidateType: "host" },
    { id: "C1", type: "codec", mimeType: "video/VP8" },
    {
      id: "O1",
      type: "outbound-rtp",
      kind: "video",
      mid: "1",
      rid: "h",
      codecId: "C1",
      frameWidth: 1280,
      frameHeight: 720,
      framesSent: 30 * seconds,
      packetsSent: 100 * seconds,
      bytesSent: 100_000 * seconds,
      qualityLimitationReason: "bandwidth",
    },
    { id: "RI", type: "remote-inbound-rtp", localId: "O1", fractionLost: fraction, jitter: 0.004 },
    {
      id: "I1",
      type: "inbound-rtp",
      kind: "audio",
      trackIdentifier: "bob-voice",
      packetsReceived: 50 * seconds,
      packetsLost: lost,
      bytesReceived: 4000 * seconds,
      jitter: 0.011,
    },
    { id: "I2", type: "inbound-rtp", kind: "audio", trackIdentifier: "nobody", packetsReceived: 9 },
    { id: "I3", type: "data-channel" },
  ];
}

const whose = ({ type, trackIdentifier }) => {
  if (type === "outbound-rtp") return { who: "", source: "camera" };
  return trackIdentifier === "bob-voice" ? { who: "bob", source: "microphone" } : null;
};
const look = (seconds, more) =>
  lookAt(report(seconds, more), 1000 * seconds, /** @type {any} */ (whose));

test("two looks make figures of a second", () => {
  const { path, rows } = between(look(2), look(4, { lost: 25, fraction: 0.05 }));
  assert.deepEqual(path, { protocol: "udp", relay: false, roundTrip: 20, room: 900_000 });
  const [camera, voice] = rows;
  assert.deepEqual(
    [camera.sent, camera.codec, camera.layer, camera.width, camera.height],
    [true, "VP8", "h", 1280, 720],
  );
  assert.deepEqual(
    [camera.frames, camera.rate, camera.loss, camera.held],
    [30, 800_000, 0.05, "bandwidth"],
  );
  assert.deepEqual(voice.whose, { who: "bob", source: "microphone" });
  assert.deepEqual([voice.sent, voice.rate, voice.loss, voice.jitter], [false, 32_000, 0.2, 11]);
});

test("what nobody knows and what stands still are left out", () => {
  assert.equal(between(look(2), look(4)).rows.length, 2);
  assert.deepEqual(between(look(2), look(2)).rows, []);
});

test("the way says TCP and a relay, and nothing while there is none", () => {
  const { path } = look(1, { protocol: "tcp", type: "relay" });
  assert.deepEqual([path.protocol, path.relay], ["tcp", true]);
  assert.equal(lookAt([], 0, () => null).path.protocol, "");
});

test("without a transport in the report, as in Firefox, the nominated pair is the way", () => {
  const firefox = report(1).filter(({ id }) => id !== "T" && id !== "P1");
  Object.assign(
    firefox.find(({ id }) => id === "P2"),
    { nominated: true, state: "succeeded" },
  );
  assert.equal(lookAt(firefox, 0, () => null).path.roundTrip, 20);
});

for (const [words, more, verdict] of [
  ["nothing lost", {}, ["good", ""]],
  ["much of one's own lost", { fraction: 0.2 }, ["poor", "loss"]],
  ["much of Bob's lost", { lost: 60 }, ["poor", "loss"]],
  ["some of it lost", { fraction: 0.04, lost: 4 }, ["fair", "loss"]],
  ["a long way", { roundTrip: 0.4 }, ["fair", "delay"]],
  ["a very long way", { roundTrip: 0.9 }, ["poor", "delay"]],
]) {
  test(`${words} is ${verdict.join(" by ")}`, () => {
    const { quality, why } = judgeLine(look(2), look(4, more));
    assert.deepEqual([quality, why], verdict);
  });
}

test("what is lost of somebody whose own line is weak is not ours", () => {
  assert.equal(judgeLine(look(2), look(4, { lost: 60 }), ["bob"]).quality, "good");
});

test("one who is alone and silent has a line all the same, as far as its delay goes", () => {
  const alone = (at) => ({
    at,
    path: { protocol: "udp", relay: false, roundTrip: 20, room: 0 },
    streams: [],
  });
  assert.equal(
    judgeLine(/** @type {any} */ (alone(0)), /** @type {any} */ (alone(1))).quality,
    "good",
  );
});

test("figures are of the time since they were asked for last, and none after a long pause or without a connection", async () => {
  const seen = [0, 2000, 9000, 11_000, null, 13_000].map(
    (at) => at !== null && { at, path: "P", streams: [] },
  );
  const ask = since(async () => /** @type {any} */ (seen.shift()) || null);
  const answers = [];
  while (seen.length) answers.push((await ask())?.path ?? "none");
  assert.deepEqual(answers, ["none", "P", "none", "P", "none", "none"]);
});

test("one bad moment is not said, two are, and so is the end of it", () => {
  const steady = new Steady(UNKNOWN);
  const good = { quality: "good", why: "" };
  const bad = { quality: "poor", why: "loss" };
  const said = [good, bad, good, bad, bad, good, good].map(
    (one) => steady.hears(/** @type {any} */ (one)).quality,
  );
  assert.deepEqual(said, ["good", "good", "good", "good", "poor", "poor", "good"]);
  assert.equal(
    new Steady(UNKNOWN).hears(/** @type {any} */ (bad)).quality,
    "",
    "the first moment of a call is often a bad one",
  );
});
