// Playing: one at a time, from where it was, as fast as one likes, and on with the next.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { signal } from "@preact/signals-core";
import { gatheringDesk } from "../../../pwa/state/gathering.js";
import { timeline } from "../../../pwa/state/messages.js";
import { pending } from "../../../pwa/state/outbox.js";
import { withEvents } from "../../../pwa/state/pages.js";
import {
  followPlaying,
  isHeard,
  Player,
  player,
  playing,
  position,
  speed,
  stateOf,
  trackOf,
} from "../../../pwa/state/playing.js";
import { recording } from "../../../pwa/state/voice.js";
import { emptyWorld, world } from "../../../pwa/state/world.js";
import { settle } from "../clock.mjs";
import { ANNA, BEN, DIRECT } from "../events.mjs";
import { House } from "../house.mjs";

let house;
let told;
let asked;
let desk;
let refuses;

const make = (tell) => {
  told = tell;
  const say = (what) => (value) => asked.push(value === undefined ? what : `${what} ${value}`);
  return {
    load: say("load"),
    pause: say("pause"),
    seek: say("seek"),
    rate: say("rate"),
    empty: say("empty"),
    play: async () => {
      asked.push("play");
      if (refuses) throw new DOMException("", refuses);
    },
  };
};

beforeEach(() => {
  house = new House();
  house.say("created");
  pending.value = [];
  asked = [];
  refuses = "";
  speed.value = 1;
  playing.value = null;
  world.value = emptyWorld(ANNA);
  const voice = { milliseconds: 4000, levels: new Uint8Array([9]) };
  const spoken = (id, author) => {
    const files = [{ id, name: "voice.m4a", type: "audio/mp4", size: 9 }];
    return house.say("sent", author, "", { files, voice });
  };
  spoken("f1", BEN);
  house.say("sent", BEN, "words between");
  spoken("f2", ANNA);
  world.value = withEvents(world.value, house.events);
  desk = new Player();
  desk.begin(make);
});

const track = (which) => {
  const spoken = timeline(DIRECT).value.items.filter((item) => item.voice);
  return trackOf(spoken[which], DIRECT);
};

test("it plays from the file's address, and the others say that they do not", async () => {
  await desk.play(track(0));
  assert.deepEqual(asked, ["load /api/files/f1", "rate 1", "play"]);
  assert.deepEqual([stateOf(track(0).key).value, stateOf(track(1).key).value], ["playing", ""]);
});

test("what others said is fresh until it is played", async () => {
  assert.equal(isHeard("f-new").value, false);
  await desk.play({ ...track(0), file: "f-new" });
  assert.deepEqual([isHeard("f-new").value, isHeard("f-other").value], [true, false]);
});

test("paused and played again, it goes on where it was", async () => {
  await desk.play(track(0));
  told.moved(1500);
  desk.pause();
  assert.equal(playing.value.state, "paused");
  asked = [];
  await desk.toggle();
  assert.deepEqual([asked, position.value], [["rate 1", "play"], 1500]);
});

test("another one takes its place, from the beginning", async () => {
  await desk.play(track(0));
  told.moved(1500);
  await desk.play(track(1));
  assert.deepEqual([playing.value.file, position.value], ["f2", 0]);
});

test("at the end the next of the conversation follows, and after the last there is nothing", async () => {
  await desk.play(track(0));
  told.ended();
  await settle();
  assert.deepEqual([playing.value.file, playing.value.state], ["f2", "playing"]);
  told.ended();
  assert.equal(playing.value, null);
  assert.equal(asked.at(-1), "empty");
});

test("it is not followed by somebody one has blocked, whose words are folded", async () => {
  const room = "room.r1";
  const said = { ...world.value.conversations[DIRECT], id: room, kind: "room" };
  world.value = { ...emptyWorld("me"), conversations: { [room]: said }, blocked: [ANNA] };
  const [first] = timeline(room).value.items.filter((item) => item.voice);
  await desk.play(trackOf(first, room));
  told.ended();
  assert.equal(playing.value, null);
  world.value = { ...world.value, blocked: [] };
  await desk.play(trackOf(first, room));
  told.ended();
  assert.equal(playing.value.file, "f2");
});

test("what is not sent yet plays alone", async () => {
  const source = new Blob(["x"]);
  await desk.play({ key: "kept", conversation: DIRECT, author: "", file: "", source, ms: 4000 });
  told.ended();
  assert.equal(playing.value, null);
});

test("the speed is one for all, kept, and goes round", async () => {
  await desk.play(track(0));
  desk.faster();
  desk.faster();
  assert.equal(speed.value, 2);
  await desk.play(track(1));
  assert.ok(asked.slice(-3).includes("rate 2"));
  desk.faster();
  assert.equal(speed.value, 1);
});

test("a place may be chosen, within its length", async () => {
  desk.seek(1000);
  assert.deepEqual(asked, [], "nothing plays");
  await desk.play(track(0));
  desk.seek(99_000);
  assert.equal(position.value, 4000);
  desk.seek(-5);
  assert.deepEqual([position.value, asked.at(-1)], [0, "seek 0"]);
});

test("what cannot be played says so, and a later try begins anew", async () => {
  refuses = "NotSupportedError";
  await desk.play(track(0));
  assert.equal(playing.value.state, "failed");
  refuses = "";
  asked = [];
  await desk.play(track(0));
  assert.deepEqual([playing.value.state, asked[0]], ["playing", "load /api/files/f1"]);
});

test("where the browser wants a touch first, it waits for one", async () => {
  refuses = "NotAllowedError";
  await desk.play(track(0));
  assert.equal(playing.value.state, "paused");
});

test("what the system pauses is paused here too", async () => {
  await desk.play(track(0));
  told.paused();
  assert.equal(playing.value.state, "paused");
  told.played();
  assert.equal(playing.value.state, "playing");
});

test("what was wanted before there was anything to play with, plays then", async () => {
  const early = new Player();
  await early.play(track(0));
  assert.deepEqual([playing.value.state, asked], ["playing", []]);
  early.begin(make);
  await settle();
  assert.deepEqual(asked, ["load /api/files/f1", "rate 1", "play"]);
});

test("nothing plays into a recording", async () => {
  const stop = followPlaying(make);
  await player.play(track(0));
  recording.value = { conversation: DIRECT, phase: "recording", locked: false };
  assert.equal(playing.value.state, "paused");
  recording.value = null;
  assert.equal(playing.value.state, "paused", "it goes on when somebody wants it to");
  stop();
  assert.equal(playing.value, null);
});

test("nothing plays into a room's call, nor while one comes into it", async () => {
  const stop = followPlaying(make);
  for (const phase of ["live", "joining"]) {
    await player.play(track(0));
    gatheringDesk.value = { view: signal({ phase }), actions: {} };
    assert.equal(playing.value.state, "paused", phase);
    gatheringDesk.value = null;
  }
  await player.play(track(0));
  gatheringDesk.value = { view: signal({ phase: "ended" }), actions: {} };
  assert.equal(playing.value.state, "playing");
  gatheringDesk.value = null;
  stop();
});
