// What is sent, when something is missing too.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Media } from "../../../pwa/call/media.js";
import { choose, chosen, found, present } from "../../../pwa/state/gear.js";
import { settled } from "../state/call-house.mjs";
import { Devices, plugIn } from "./devices-fake.mjs";

let devices;
let sent;
let view;
let media;

beforeEach(() => {
  devices = new Devices();
  plugIn(devices);
  chosen.value = {};
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

test("where nothing was chosen, or what was is known, nothing is looked for before it is asked for", async () => {
  media.open({ video: true });
  assert.equal(devices.asked.length, 1);
  await settled();
  await media.choose("camera", "back");
  media.open({ video: true });
  assert.equal(devices.asked.at(-1).video.deviceId.ideal, "back");
});

test("what was chosen and is not known is looked for by its name", async () => {
  present.value = { camera: [], microphone: [], speaker: [] };
  choose("camera", { id: "of another storage", label: "the back" });
  await media.open({ video: true });
  assert.equal(devices.asked[0].video.deviceId.ideal, "back");
});

test("what is as it was is not said again", async () => {
  const views = [];
  present.value = { camera: [], microphone: [], speaker: [] };
  const tell = (now) => views.push([now.camera, now.muted, now.canFlip]);
  media.serve({ send: () => {}, changed: tell });
  await media.open({ video: true });
  assert.deepEqual(views, [
    [false, true, false],
    [false, false, false],
    [true, false, false],
    [true, false, true],
  ]);
  const list = present.peek();
  await media.mute(false);
  await media.turnCamera(false);
  await media.turnCamera(true);
  assert.deepEqual(views.slice(4), [
    [false, false, false],
    [true, false, true],
  ]);
  assert.equal(present.peek(), list);
});

test("whoever is served next is told all of it", () => {
  let told = 0;
  for (let turn = 0; turn < 2; turn += 1)
    media.serve({
      send: () => {},
      changed: () => {
        told += 1;
      },
    });
  assert.equal(told, 2);
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

test("of a whole machine's sound only what is without the call itself goes along with a screen", async () => {
  media.serve({ send: () => {}, changed: () => {}, apart: true });
  await media.share(true);
  devices.supported = { restrictOwnAudio: true };
  await media.share(true);
  assert.deepEqual(
    devices.asked.map(({ audio, systemAudio }) => [audio, systemAudio]),
    [
      [{ restrictOwnAudio: true }, "exclude"],
      [{ restrictOwnAudio: true }, "include"],
    ],
  );
});

test("a camera that is pulled out gives way to another, and one is told", async () => {
  await media.open({ video: true });
  devices.cameras = ["back"];
  sent.video.unplug();
  assert.deepEqual([view.camera, sent.video], [false, null]);
  await settled();
  assert.equal(sent.video.getSettings().deviceId, "back");
  assert.deepEqual(view.swap, { what: "replaced", device: "camera", label: "the back" });
});

test("where there is no other the camera is off, and that is said", async () => {
  await media.open({ video: true });
  devices.cameras = [];
  sent.video.unplug();
  await settled();
  assert.deepEqual([view.camera, sent.video, problems()], [false, null, ["camera missing"]]);
});

test("a headset that was chosen and comes back is used again", async () => {
  await media.open({ video: false });
  await media.choose("microphone", "headset");
  assert.equal(sent.audio.getSettings().deviceId, "headset");
  devices.microphones = ["built-in"];
  sent.audio.unplug();
  await settled();
  assert.equal(sent.audio.getSettings().deviceId, "built-in");
  devices.change({ microphones: ["built-in", "headset"] });
  await settled();
  assert.equal(sent.audio.getSettings().deviceId, "headset");
  assert.equal(view.swap.what, "returned");
});

test("a replacement of what nobody chose is not given up for something that comes", async () => {
  await media.open({ video: false });
  devices.microphones = ["headset"];
  sent.audio.unplug();
  await settled();
  devices.change({ microphones: ["built-in", "headset"] });
  await settled();
  assert.equal(sent.audio.getSettings().deviceId, "headset");
});

test("a microphone that is plugged in where there was none is used, muted if one is", async () => {
  devices.microphones = [];
  await media.open({ video: false, muted: true });
  assert.deepEqual(problems(), ["microphone missing"]);
  devices.change({ microphones: ["headset"] });
  await settled();
  assert.deepEqual([sent.audio.enabled, view.muted, problems()], [false, true, []]);
});

test("who refused the microphone is not asked again by a new device", async () => {
  devices.refuses.audio = "NotAllowedError";
  await media.open({ video: false });
  const asked = devices.asked.length;
  devices.change({ speakers: [] });
  await settled();
  assert.equal(devices.asked.length, asked);
});

test("what is chosen in a call is sent at once, and the next time", async () => {
  await media.open({ video: true });
  await media.choose("camera", "back");
  assert.deepEqual([sent.video.getSettings().deviceId, devices.live.length], ["back", 2]);
  assert.equal(view.using.camera, "back");
  media.close();
  await media.open({ video: true });
  assert.equal(devices.asked.at(-1).video.deviceId.ideal, "back");
});

test("a camera that is off stays off when another is chosen, and is that one when it is turned on", async () => {
  await media.open({ video: false });
  await media.choose("camera", "back");
  assert.equal(view.camera, false);
  await media.turnCamera(true);
  assert.equal(sent.video.getSettings().deviceId, "back");
});

test("where what was chosen does not start, what was used goes on and that is said", async () => {
  await media.open({ video: false });
  devices.refuses.audio = "NotReadableError";
  await media.choose("microphone", "headset");
  assert.deepEqual([sent.audio.readyState, problems()], ["live", []]);
  assert.deepEqual(view.swap, { what: "kept", device: "microphone", label: "the built-in" });
});

test("a loudspeaker that goes and comes is told of", async () => {
  await media.open({ video: false });
  choose("speaker", { id: "headset", label: "the headset" });
  devices.change({ speakers: ["monitor"] });
  await settled();
  assert.deepEqual(view.swap, { what: "gone", device: "speaker", label: "the headset" });
  devices.change({ speakers: ["monitor", "headset"] });
  await settled();
  assert.equal(view.swap.what, "returned");
  assert.equal(found("speaker").id, "headset");
});

test("what was opened elsewhere is sent from here, and not asked for again", async () => {
  const before = new Media({ send: () => {}, changed: () => {} });
  await before.open({ video: true, muted: true });
  const handed = before.hand();
  await media.open({ video: true, muted: true, handed });
  assert.equal(devices.asked.length, 1);
  assert.deepEqual([sent.video.readyState, sent.audio.enabled, view.muted], ["live", false, true]);
});

test("a camera that was opened elsewhere goes out where it may not be shown", async () => {
  const before = new Media({ send: () => {}, changed: () => {} });
  await before.open({ video: true });
  const handed = before.hand();
  await media.open({ video: false, handed });
  assert.equal(handed.camera.track?.readyState, "ended");
  assert.deepEqual([sent.video, sent.audio.readyState, view.camera], [null, "live", false]);
});

test("what was missing elsewhere is said here too", async () => {
  devices.refuses.video = "NotReadableError";
  const before = new Media({ send: () => {}, changed: () => {} });
  await before.open({ video: true });
  await media.open({ video: true, handed: before.hand() });
  assert.deepEqual(problems(), ["camera in-use"]);
});

test("what a phone takes away behind another app is asked for again when the page is seen", async () => {
  const page = new EventTarget();
  globalThis.document = /** @type {any} */ (Object.assign(page, { visibilityState: "visible" }));
  const seen = (visibilityState) => {
    Object.assign(page, { visibilityState });
    page.dispatchEvent(new Event("visibilitychange"));
  };
  const own = new Media({
    send: (kind, track) => Object.assign(sent, { [kind]: track }),
    changed: () => {},
  });
  await own.open({ video: true });
  seen("hidden");
  sent.video.unplug();
  await settled();
  assert.equal(sent.video, null);
  seen("visible");
  await settled();
  assert.equal(sent.video.readyState, "live");
  own.close();
  delete globalThis.document;
});

test("a camera that the system holds back is said to be held, and to go on after", async () => {
  await media.open({ video: true });
  assert.equal(view.held, false);
  sent.video.hold(true);
  assert.deepEqual([view.camera, view.held], [true, true]);
  sent.video.hold(false);
  assert.deepEqual([view.camera, view.held], [true, false]);
});

test("who speaks while muted is told so, and no longer once they are heard", async () => {
  let hear;
  const own = new Media({
    send: () => {},
    changed: (now) => {
      view = now;
    },
    follow: (_, callback) => {
      hear = callback;
      return () => {};
    },
  });
  await own.open({ video: false, muted: true });
  for (let at = 0; at < 10; at += 1) hear(0.9);
  assert.equal(view.talking, true);
  await own.mute(false);
  assert.equal(view.talking, false);
  own.close();
});

test("the end lets go of everything, of what comes too late as well", async () => {
  await media.open({ video: true });
  const late = media.turnCamera(true);
  media.close();
  await late;
  assert.deepEqual(devices.live, []);
});
