// A voice and what is heard of a shared screen, as one track: what a call between two sends.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Media } from "../../../pwa/call/media.js";
import { chosen } from "../../../pwa/state/gear.js";
import { settled } from "../state/call-house.mjs";
import { FakeMixer } from "./audio-fake.mjs";
import { Devices, plugIn } from "./devices-fake.mjs";

let devices;
let sent; // what goes to the other side
let view;
let media;

const options = {
  send: (kind, track) => {
    sent[kind] = track;
  },
  changed: (now) => {
    view = now;
  },
  makeAudio: () => /** @type {any} */ (new FakeMixer()),
};

beforeEach(() => {
  devices = new Devices();
  devices.film = true;
  plugIn(devices);
  chosen.value = {};
  FakeMixer.all = [];
  sent = {};
  media = new Media(options);
});

/** Which device a track is of. */
const of = (track) => track?.getSettings().deviceId ?? "";
const film = () => devices.given.find((track) => of(track) === "film");
const mixer = () => FakeMixer.all.at(-1);

/** A call with a screen that is heard. */
async function shares(wanted = { video: false }) {
  await media.open(wanted);
  await media.share(true);
  mixer().turns("running");
}

test("a screen is heard in one track with the voice", async () => {
  await shares();
  assert.deepEqual([of(sent.audio), of(media.track("audio"))], ["mix", "mix"]);
  assert.deepEqual(mixer().heard, ["built-in", "film"]);
});

test("where there is no sound system left a screen is shared without its sound", async () => {
  media = new Media({ ...options, makeAudio: () => assert.fail("too many") });
  await media.open({ video: false });
  await media.share(true);
  assert.deepEqual([of(sent.audio), view.sharing], ["built-in", true]);
});

test("a call without a screen, and a screen that is not heard, mix nothing", async () => {
  await media.open({ video: true });
  devices.film = false;
  await media.share(true);
  assert.deepEqual([FakeMixer.all.length, of(sent.audio)], [0, "built-in"]);
});

test("a screen that goes apart is heard apart", async () => {
  media.serve({ ...options, apart: true });
  await media.open({ video: false });
  await media.share(true);
  assert.equal(FakeMixer.all.length, 0);
  assert.deepEqual([of(sent.audio), of(sent["screen-sound"])], ["built-in", "film"]);
  film().unplug();
  assert.equal(sent["screen-sound"], null);
});

test("the voice goes alone while the sound system stands still", async () => {
  await media.open({ video: false });
  await media.share(true);
  assert.equal(of(sent.audio), "built-in");
  mixer().turns("running");
  assert.equal(of(sent.audio), "mix");
  mixer().turns("suspended");
  assert.equal(of(sent.audio), "built-in");
});

test("who is muted is not heard, and the screen still is", async () => {
  await shares();
  await media.mute(true);
  assert.deepEqual([of(sent.audio), mixer().heard, view.muted], ["mix", ["film"], true]);
  await media.mute(false);
  assert.deepEqual(mixer().heard, ["built-in", "film"]);
});

test("another microphone is heard beside the screen, muted if one is", async () => {
  await shares();
  await media.choose("microphone", "headset");
  assert.deepEqual([of(sent.audio), mixer().heard], ["mix", ["film", "headset"]]);
  await media.mute(true);
  await media.choose("microphone", "built-in");
  assert.deepEqual(mixer().heard, ["film"]);
  await media.mute(false);
  assert.deepEqual(mixer().heard, ["built-in", "film"]);
  assert.equal(FakeMixer.all.length, 1);
});

test("a microphone that is pulled out gives way to another, and the screen is heard meanwhile", async () => {
  await shares();
  const [microphone] = devices.given;
  devices.microphones = ["headset"];
  microphone.unplug();
  assert.deepEqual([of(sent.audio), mixer().heard], ["mix", ["film"]]);
  await settled();
  assert.deepEqual([of(sent.audio), mixer().heard], ["mix", ["film", "headset"]]);
});

test("without a microphone the screen is heard, and one that comes is heard too", async () => {
  devices.refuses.audio = "NotAllowedError";
  await shares();
  assert.deepEqual([of(sent.audio), mixer().heard, view.muted], ["mix", ["film"], true]);
  devices.refuses = {};
  await media.mute(false);
  assert.deepEqual([mixer().heard, view.muted], [["built-in", "film"], false]);
});

test("the voice goes alone again when sharing ends", async () => {
  await shares();
  await media.share(false);
  assert.deepEqual([of(sent.audio), sent.audio.readyState], ["built-in", "live"]);
  assert.deepEqual([mixer().state, film().readyState], ["closed", "ended"]);
});

test("without a microphone nothing goes when sharing ends", async () => {
  devices.refuses.audio = "NotFoundError";
  await shares();
  await media.share(false);
  assert.equal(sent.audio, null);
});

test("the voice goes alone when the screen falls silent for good, and the screen is seen still", async () => {
  await shares();
  film().unplug();
  assert.deepEqual([of(sent.audio), view.sharing, mixer().state], ["built-in", true, "closed"]);
});

test("another screen is heard in place of the one before", async () => {
  await shares();
  const [before] = FakeMixer.all;
  await media.share(true);
  mixer().turns("running");
  assert.deepEqual([before.state, FakeMixer.all.length], ["closed", 2]);
  assert.deepEqual([of(sent.audio), mixer().heard], ["mix", ["built-in", "film"]]);
});

test("a call that goes on in a room sends the voice and the sound of the screen each by itself", async () => {
  await shares();
  const room = {};
  media.serve({ ...options, apart: true, send: (kind, track) => (room[kind] = track) });
  assert.deepEqual([of(room.audio), of(room["screen-sound"])], ["built-in", "film"]);
  assert.deepEqual(
    [of(media.track("audio")), of(media.track("screen-sound"))],
    ["built-in", "film"],
  );
  assert.deepEqual([film().readyState, mixer().state], ["live", "closed"]);
});

test("a screen that is chosen while the call goes on in a room goes the way of the room", async () => {
  await media.open({ video: false });
  const sharing = media.share(true);
  media.serve({ ...options, apart: true });
  await sharing;
  assert.deepEqual([of(sent["screen-sound"]), FakeMixer.all.length], ["film", 0]);
  assert.equal(sent.screen, media.track("screen"));
});

test("the end lets go of the sound system, and of a screen that comes too late", async () => {
  await shares();
  const mixed = sent.audio;
  media.close();
  assert.deepEqual([mixer().state, mixed.readyState, devices.live], ["closed", "ended", []]);
  media = new Media(options);
  const late = media.share(true);
  media.close();
  await late;
  assert.deepEqual([FakeMixer.all.length, devices.live], [1, []]);
});
