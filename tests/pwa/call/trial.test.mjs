// Trying camera and microphone alone.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Media } from "../../../pwa/call/media.js";
import { Trial } from "../../../pwa/call/trial.js";
import { settled, Time } from "../state/call-house.mjs";
import { Devices, plugIn, Track } from "./devices-fake.mjs";

let asked;
let devices;
let hearers;
let peers;
let time;
let refuse;
let hear;
let trial;

const look = (at, more = {}) => ({
  at,
  path: { protocol: "udp", relay: false, roundTrip: 8, room: 0 },
  streams: ["camera", "microphone"].map((source) => ({
    key: source,
    sent: false,
    whose: { who: "me", source },
    width: source === "camera" ? 640 : 0,
    height: source === "camera" ? 360 : 0,
    packets: at,
    lost: 0,
    frames: at,
    bytes: at,
    share: 0,
    jitter: 0,
    codec: "",
    layer: "",
    held: "",
    ...more,
  })),
});

beforeEach(() => {
  [asked, hearers, peers, time, refuse] = [[], new Map(), [], new Time(), ""];
  devices = new Devices();
  plugIn(devices);
  trial = new Trial({
    ask: async (name, body) => {
      asked.push([name, body]);
      if (refuse === name) throw new Error("no");
      return {};
    },
    hear: (name, callback) => {
      hearers.set(name, callback);
      return () => hearers.delete(name);
    },
    later: time.later,
    makePeer: (options) => {
      const peer = { options, took: [], sent: [], closed: false, seen: look(0) };
      peers.push(peer);
      return /** @type {any} */ ({
        take: (...given) => peer.took.push(given),
        send: async (...given) => peer.sent.push(given),
        look: async () => peer.seen,
        close: () => {
          peer.closed = true;
        },
      });
    },
    follow: (_, callback) => {
      hear = callback;
      return () => {
        hear = null;
      };
    },
  });
});

const names = () => asked.map(([name]) => name);

test("one sees oneself before anything is said to the server", async () => {
  await trial.open({ video: true });
  assert.equal(trial.media.value.camera, true);
  assert.deepEqual([names(), peers.length], [[], 0]);
});

test("an echo is asked for, its offers are taken and answered", async () => {
  await trial.open({ video: true });
  await trial.begin();
  assert.deepEqual(names(), ["echo.open"]);
  assert.equal(trial.echo.value.phase, "asking");
  hearers.get("echo.offered")({ version: 2, sdp: "v=0", tracks: {} });
  assert.deepEqual(peers[0].took, [[2, "v=0", {}]]);
  peers[0].options.answer(2, "v=1");
  assert.deepEqual(asked.at(-1), ["echo.take", { version: 2, sdp: "v=1" }]);
  peers[0].options.state("connected");
  assert.equal(trial.echo.value.phase, "live");
});

test("what comes back is seen, heard and measured each second", async () => {
  await trial.open({ video: true });
  await trial.begin();
  await settled();
  const back = ["camera", "microphone"].map((source) => ({
    device: "me",
    source,
    track: new Track("video", {}),
  }));
  peers[0].options.remote(back);
  assert.equal(trial.echo.value.camera.getTracks()[0], back[0].track);
  assert.equal(trial.echo.value.sound.getTracks()[0], back[1].track);
  hear(0.7);
  peers[0].seen = look(1000);
  time.pass(1000);
  await settled();
  const { facts } = trial.echo.value;
  assert.deepEqual(
    [facts.protocol, facts.roundTrip, facts.width, facts.heard],
    ["udp", 8, 640, true],
  );
  assert.ok(facts.loudest > 0.5);
});

test("between two ways there is a moment without one that was measured, which forgets nothing", async () => {
  await trial.open({ video: true });
  await trial.begin();
  await settled();
  for (const [at, protocol, roundTrip, shown] of /** @type {const} */ ([
    [1000, "tcp", 8, ["tcp", 8]],
    [2000, "", 0, ["tcp", 8]],
    [3000, "udp", 0, ["tcp", 8]],
    [4000, "", 0, ["", 0]], // it is gone
    [5000, "udp", 9, ["udp", 9]],
  ])) {
    const seen = look(at);
    peers[0].seen = { ...seen, path: { ...seen.path, protocol, roundTrip } };
    time.pass(1000);
    await settled();
    const { facts } = trial.echo.value;
    assert.deepEqual([facts.protocol, facts.roundTrip], shown, `after ${at} ms`);
  }
});

test("what is turned off in the middle of it is not sent any longer", async () => {
  await trial.open({ video: true });
  await trial.begin();
  await trial.turnCamera(false);
  assert.deepEqual(peers[0].sent.at(-1), ["camera", null]);
});

test("a server that cannot, and one that is never reached, is told as such", async () => {
  await trial.open({ video: true });
  refuse = "echo.open";
  await trial.begin();
  assert.equal(trial.echo.value.phase, "failed");
  refuse = "";
  await trial.begin();
  assert.equal(trial.echo.value.phase, "asking");
  time.pass(21_000);
  assert.deepEqual([trial.echo.value.phase, peers.at(-1).closed], ["failed", true]);
});

test("one that is connected does not fail by time", async () => {
  await trial.open({ video: true });
  await trial.begin();
  peers[0].options.state("connected");
  time.pass(21_000);
  assert.equal(trial.echo.value.phase, "live");
});

test("an end is said, and what was shown stays to be read", async () => {
  await trial.open({ video: true });
  await trial.begin();
  await settled();
  peers[0].seen = look(1000);
  time.pass(1000);
  await settled();
  trial.end();
  assert.deepEqual([names().at(-1), peers[0].closed], ["echo.close", true]);
  assert.equal(trial.echo.value.phase, "off");
  assert.equal(trial.echo.value.facts.width, 640);
});

test("what was tried goes along into the call, and is not let go of", async () => {
  await trial.open({ video: true });
  await trial.begin();
  const { camera } = trial.hand();
  trial.close();
  assert.equal(camera.track.readyState, "live");
  assert.deepEqual(names(), ["echo.open", "echo.close"]);
});

test("the end of it lets go of camera and microphone", async () => {
  await trial.open({ video: true });
  const [camera] = trial.media.value.local.getTracks();
  trial.close();
  assert.equal(camera.readyState, "ended");
});

test("a camera that is just being changed for another is not handed over, and opened again by the call", async () => {
  devices.phone = true;
  await trial.open({ video: true });
  const changing = trial.choose("camera", "back"); // phones open one camera at a time
  const handed = trial.hand();
  assert.deepEqual([handed.camera.track, handed.microphone.track.readyState], [null, "live"]);
  const sent = {};
  const call = new Media({
    send: (kind, track) => Object.assign(sent, { [kind]: track }),
    changed: () => {},
  });
  await call.open({ video: true, handed });
  await changing;
  assert.deepEqual([sent.video.readyState, sent.audio.readyState], ["live", "live"]);
  assert.equal(devices.live.length, 2, "and nothing beside them");
});
