// What is plugged in, and what was chosen of it.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { choose, chosen, found, present, sorted, speakerId } from "../../../pwa/state/gear.js";

const piece = (id, label = `the ${id}`) => ({ id, label });

beforeEach(() => {
  chosen.value = {};
  present.value = {
    camera: [piece("front"), piece("back")],
    microphone: [],
    speaker: [piece("tv")],
  };
});

test("a browser's list is sorted by kind, without other names for the same", () => {
  const of = (kind, deviceId, label) => ({ kind, deviceId, label });
  const list = [
    of("audioinput", "default", "Default"),
    of("audioinput", "communications", "Communications"),
    of("audioinput", "m1", "Desk"),
    of("audioinput", "m1", "Desk"),
    of("videoinput", "", ""),
    of("audiooutput", "s1", "TV"),
  ];
  assert.deepEqual(sorted(list), {
    camera: [piece("", "")],
    microphone: [piece("default", "Default"), piece("m1", "Desk")],
    speaker: [piece("s1", "TV")],
  });
});

test("what was chosen is found by its id", () => {
  choose("camera", piece("back"));
  assert.equal(found("camera").id, "back");
});

test("and by its name where the ids are new", () => {
  choose("camera", piece("old id", "the back"));
  assert.equal(found("camera").id, "back");
});

test("what is not there is not found, and remembered all the same", () => {
  choose("camera", piece("usb"));
  assert.equal(found("camera"), null);
  present.value = { ...present.value, camera: [piece("usb")] };
  assert.equal(found("camera").id, "usb");
});

test("a choice without a name is nobody else's", () => {
  choose("camera", piece("x", ""));
  present.value = { ...present.value, camera: [piece("y", "")] };
  assert.equal(found("camera"), null);
});

test("sound goes where the device sends it, until a loudspeaker that is there was chosen", () => {
  assert.equal(speakerId.value, "");
  choose("speaker", piece("tv"));
  assert.equal(speakerId.value, "tv");
  present.value = { ...present.value, speaker: [] };
  assert.equal(speakerId.value, "");
});
