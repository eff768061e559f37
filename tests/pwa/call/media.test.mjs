// What is sent, when something is missing too.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Media } from "../../../pwa/call/media.js";
import { Devices, plugIn } from "./devices-fake.mjs";

let devices;
let sent;
let view;
let media;

beforeEach(() => {
  devices = new Devices();
  plugIn(devices);
  sent = { audio: null, video: null };
  media = new Media({
    send: (kind, track) => {
      sent[kind] = track;
    },
    changed: (now) => {
      view = now;
    },
  });
});

const problems = () => view.problems.map(({ device, trouble }) => `${device} ${trouble}`);

test("a video call asks for both in one question", async () => {
  await media.open({ video: true });
  assert.equal(devices.asked.length, 1);
  assert.deepEqual([view.muted, view.camera, problems()], [false, true, []]);
  assert.equal(sent.video.kind, "video");
});

test("a voice call asks for no camera", async () => {
  await media.open({ video: false });
  assert.equal(devices.asked[0].video, undefined);
  assert.deepEqual([view.muted, view.camera, sent.video], [false, false, null]);
});

test("without a camera there is still a voice", async () => {
  devices.refuses.video = "NotFoundError";
  await media.open({ video: true });
  assert.deepEqual([view.muted, view.camera, problems()], [false, false, ["camera missing"]]);
  assert.equal(sent.audio.kind, "audio");
});

test("a refused camera does not cost the voice, and is not asked for twice", async () => {
  devices.refuses.video = "NotAllowedError";
  await media.open({ video: true });
  assert.deepEqual(problems(), ["camera refused"]);
  assert.equal(devices.asked.filter(({ video }) => video).length, 1);
  assert.equal(sent.audio.kind, "audio");
});

test("without anything the call goes on, and each is named", async () => {
  devices.refuses = { audio: "NotFoundError", video: "NotReadableError" };
  await media.open({ video: true });
  assert.deepEqual([view.muted, view.camera], [true, false]);
  assert.deepEqual(problems(), ["microphone missing", "camera in-use"]);
});

test("a page that may not ask at all says so", async () => {
  plugIn(undefined);
  await media.open({ video: true });
  assert.deepEqual(problems(), ["microphone insecure", "camera insecure"]);
});

test("a camera that is off is let go of, so that its light goes out", async () => {
  await media.open({ video: true });
  const [, camera] = devices.given;
  await media.turnCamera(false);
  assert.equal(camera.readyState, "ended");
  assert.deepEqual([sent.video, view.camera, view.local], [null, false, null]);
});

test("a camera that is turned on again is another track", async () => {
  await media.open({ video: true });
  await media.turnCamera(false);
  await media.turnCamera(true);
  assert.deepEqual([sent.video.readyState, view.camera], ["live", true]);
});

test("muting keeps the microphone and sends silence", async () => {
  await media.open({ video: false });
  await media.mute(true);
  assert.deepEqual([sent.audio.enabled, view.muted, devices.live.length], [false, true, 1]);
  await media.mute(false);
  assert.deepEqual([sent.audio.enabled, view.muted], [true, false]);
});

test("who had no microphone is heard after plugging one in and unmuting", async () => {
  devices.refuses.audio = "NotFoundError";
  await media.open({ video: false });
  devices.refuses = {};
  await media.mute(false);
  assert.deepEqual([sent.audio.kind, view.muted, problems()], ["audio", false, []]);
});

test("what went wrong last is said first", async () => {
  devices.refuses = { audio: "NotFoundError", video: "NotFoundError" };
  await media.open({ video: true });
  devices.refuses.video = "NotAllowedError";
  await media.turnCamera(true);
  assert.deepEqual(problems(), ["camera refused", "microphone missing"]);
});

test("a computer's next camera comes after the last one the first again", async () => {
  await media.open({ video: true });
  assert.equal(view.canFlip, true);
  await media.flip();
  assert.equal(sent.video.getSettings().deviceId, "back");
  await media.flip();
  assert.equal(sent.video.getSettings().deviceId, "front");
  assert.equal(devices.live.length, 2);
});

test("a phone turns from the face to the world, which is not mirrored", async () => {
  devices.phone = true;
  await media.open({ video: true });
  assert.equal(view.mirrored, true);
  await media.flip();
  assert.deepEqual([sent.video.getSettings().facingMode, view.mirrored], ["environment", false]);
});

test("with one camera there is nothing to switch to", async () => {
  devices.cameras = ["front"];
  await media.open({ video: true });
  assert.equal(view.canFlip, false);
});

test("a shared screen takes the camera's place and gives it back", async () => {
  await media.open({ video: true });
  const camera = sent.video;
  await media.share(true);
  assert.deepEqual([view.sharing, view.mirrored, sent.video === camera], [true, false, false]);
  sent.video.unplug(); // the browser's own "Stop sharing"
  await null;
  assert.deepEqual([view.sharing, sent.video === camera], [false, true]);
});

test("closing the browser's choice of screens is no problem", async () => {
  await media.open({ video: false });
  devices.refuses.screen = "NotAllowedError";
  await media.share(true);
  assert.deepEqual([view.sharing, problems()], [false, []]);
});

test("a camera that is pulled out is off", async () => {
  await media.open({ video: true });
  sent.video.unplug();
  assert.deepEqual([view.camera, sent.video], [false, null]);
});

test("the end lets go of everything, of what comes too late as well", async () => {
  await media.open({ video: true });
  const late = media.turnCamera(true);
  media.close();
  await late;
  assert.deepEqual(devices.live, []);
});
