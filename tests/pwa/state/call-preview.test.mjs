// A call between two with what was opened before it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { CONVERSATION, makeHouse, phase, rung, settled, talking } from "./call-house.mjs";

/** A track in somebody's hand. */
const track = () => ({
  stopped: 0,
  stop() {
    this.stopped += 1;
  },
});

/** What a look has opened. @returns {any} */
const looked = () => ({
  microphone: { track: track(), problem: null },
  camera: { track: track(), problem: null },
});

test("one calls with what was opened, muted as one was", async () => {
  const page = makeHouse();
  page.begin();
  const handed = looked();
  page.desk.start(CONVERSATION, { video: true, muted: true, handed });
  await settled();
  assert.deepEqual(page.house.engine.of("open"), [["open", true, "muted", handed]]);
  assert.equal(page.house.said("call.ring")[0].video, true);
  assert.equal(page.house.kept.muted, true, "over a reload too");
});

test("one answers with what was opened, muted as one was", async () => {
  const page = await rung();
  const handed = looked();
  page.desk.accept({ video: false, muted: true, handed });
  await settled();
  assert.deepEqual(page.house.engine.of("open"), [["open", false, "muted", handed]]);
  assert.deepEqual([page.house.kept.muted, page.house.kept.video], [true, false]);
});

test("whoever turned the camera on while looking is seen in a voice call, too", async () => {
  const page = await rung(false);
  const handed = looked();
  page.desk.accept({ video: true, handed });
  assert.deepEqual(page.house.engine.of("open"), [["open", true, handed]]);
  assert.equal(page.house.kept.video, false, "until it is known that no other tab has answered");
  await settled();
  assert.equal(page.house.kept.video, true);
});

test("looking opens nothing of the call's, and it rings on", async () => {
  const page = await rung();
  assert.equal(phase(page), "incoming");
  assert.equal(page.house.engine.count("open"), 0);
});

test("what was opened for a call that cannot be begun is let go of", async () => {
  const page = await talking();
  const handed = looked();
  page.desk.start("direct.pme.pcleo", { video: true, handed });
  assert.deepEqual([handed.microphone.track.stopped, handed.camera.track.stopped], [1, 1]);
});

test("so is what was opened for one that rings no longer", async () => {
  const page = await rung();
  page.house.ends(page.call, "cancelled");
  const handed = looked();
  page.desk.accept({ video: true, handed });
  assert.deepEqual([handed.microphone.track.stopped, handed.camera.track.stopped], [1, 1]);
});

test("while what was handed to a call is left to it", async () => {
  const page = await rung();
  const handed = looked();
  page.desk.accept({ video: true, handed });
  await settled();
  assert.deepEqual([handed.microphone.track.stopped, handed.camera.track.stopped], [0, 0]);
});
