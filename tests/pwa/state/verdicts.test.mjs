// What a test of camera and microphone has shown.

import assert from "node:assert/strict";
import { test } from "node:test";
import { verdictsOf } from "../../../pwa/state/verdicts.js";

const FACTS = {
  protocol: "udp",
  roundTrip: 12.4,
  loss: 0,
  width: 640,
  height: 360,
  heard: true,
  loudest: 0.6,
};
const OWN = { camera: true, muted: false, problems: [] };

/** "what given…" by what it is about. */
function said(facts = {}, own = {}, phase = "live") {
  const echo = { phase, camera: null, sound: null, facts: facts && { ...FACTS, ...facts } };
  const all = verdictsOf(/** @type {any} */ (echo), { ...OWN, ...own });
  return Object.fromEntries(
    all.map(({ about, what, given }) => [about, [what, ...given].join(" ")]),
  );
}

test("where all is well each of three things says so", () => {
  assert.deepEqual(said(), { line: "good 12", camera: "good 640 360", microphone: "good" });
});

test("before anything came back all of it is waited for", () => {
  assert.deepEqual(said(null), { line: "waiting", camera: "waiting", microphone: "waiting" });
});

for (const [words, facts, about, what] of [
  ["no UDP", { protocol: "tcp" }, "line", "tcp 12"],
  ["a long way", { roundTrip: 320 }, "line", "slow 320"],
  ["loss", { loss: 0.052 }, "line", "lossy 5"],
  ["no picture yet", { width: 0 }, "camera", "waiting"],
  ["silence", { loudest: 0.05 }, "microphone", "waiting"],
  ["no voice back", { heard: false }, "microphone", "waiting"],
  ["a whisper", { loudest: 0.2 }, "microphone", "quiet"],
  ["a shout", { loudest: 1 }, "microphone", "loud"],
]) {
  test(`${words} is told as ${what}`, () => assert.equal(said(facts)[about], what));
}

test("what is off or missing is not waited for", () => {
  const off = said({}, { camera: false, muted: true });
  assert.deepEqual([off.camera, off.microphone], ["off", "muted"]);
  const problems = [{ device: "camera" }, { device: "microphone" }];
  const missing = said({}, { camera: false, muted: true, problems });
  assert.deepEqual([missing.camera, missing.microphone], ["missing", "missing"]);
});

test("without a way to the server that is said first", () => {
  assert.equal(said(null, {}, "failed").line, "failed");
});
