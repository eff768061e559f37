// What an engine does before somebody has answered, with connections that are only a list (wire.mjs).

import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { followAllowed } from "../../../pwa/call/devices.js";
import { GROW } from "../../../pwa/call/direct.js";
import { makeEngine } from "../../../pwa/call/engine.js";
import { settled } from "../state/call-house.mjs";
import { FakeMixer } from "./audio-fake.mjs";
import { Devices, plugIn } from "./devices-fake.mjs";
import { FakeConnection, Side } from "./wire.mjs";

/** @type {any[]} */ let connections;
/** @type {any[]} */ let said;
/** @type {any} */ let engine;
/** @type {string[]} */ let qualities;

beforeEach(() => {
  connections = [];
  said = [];
  qualities = [];
  plugIn(new Devices());
  const global = /** @type {any} */ (globalThis);
  global.window = new EventTarget();
  global.RTCPeerConnection = class extends FakeConnection {
    constructor() {
      super();
      connections.push(this);
    }
  };
  engine = makeEngine({
    iceServers: () => [],
    device: "dhere",
    signal: (...one) => said.push(one.filter((part) => part !== undefined)),
    say: () => {},
    stuck: () => {},
    changed: (part) => "quality" in part && qualities.push(part.quality),
  });
});

afterEach(() => engine.close());

/** An offer of another page's. */
async function offered() {
  const other = new Side(false, { waits: true });
  await other.peer.prepare();
  await other.peer.invite("dhere");
  return other.out.pop()[1];
}

test("an early offer is not read before one wants to answer, and answered when the log says so", async () => {
  engine.prepare({ polite: true });
  engine.take("offer", await offered());
  await settled();
  assert.equal(connections[0].remoteDescription, null);
  engine.accept();
  await settled();
  assert.equal(connections[0].signalingState, "stable");
  assert.deepEqual(said, []);
  engine.connect({ polite: true, offers: false, relayed: false });
  await settled();
  assert.deepEqual(
    said.map(([kind]) => kind),
    ["answer"],
  );
  assert.equal(connections.length, 1);
});

test("of several early offers the last one counts", async () => {
  engine.prepare({ polite: true });
  engine.take("offer", await offered());
  const last = await offered();
  engine.take("offer", last);
  engine.accept();
  await settled();
  assert.deepEqual([connections.length, connections[0].remoteDescription.sdp], [1, last]);
});

test("no address is read before the log says that one has answered, and all of them then", async () => {
  engine.prepare({ polite: true });
  const bare = await offered();
  const named = `${bare}a=candidate:1 1 udp 1 192.0.2.7 9 typ host\r\n`;
  engine.take("offer", named);
  engine.accept();
  await settled();
  assert.equal(connections[0].remoteDescription, null, "an offer with an address waits");
  engine.take("offer", bare);
  await settled();
  assert.equal(connections[0].remoteDescription.sdp, bare);
  engine.take("candidate", '{"candidate":"candidate:1"}');
  engine.take("offer", named);
  engine.take("candidate", '{"candidate":"candidate:2"}');
  await settled();
  assert.deepEqual([connections[0].remoteDescription.sdp, connections[0].candidates], [bare, []]);
  engine.connect({ polite: true, offers: false, relayed: false });
  await settled();
  assert.deepEqual(
    [connections[0].remoteDescription.sdp, connections[0].candidates],
    [named, [{ candidate: "candidate:2" }]],
  );
  assert.equal(connections.length, 1);
});

test("what was prepared to offer is of no use to who answers instead", async () => {
  engine.prepare({ polite: false });
  engine.invite("dthere");
  await settled();
  assert.deepEqual([said[0][0], said[0][2]], ["offer", { to: "dthere" }]);
  engine.connect({ polite: true, offers: false, relayed: false });
  engine.take("offer", await offered());
  await settled();
  assert.deepEqual(
    connections.map(({ signalingState }) => signalingState),
    ["closed", "stable"],
  );
  engine.invite("dother");
  await settled();
  assert.deepEqual(
    said.map(([kind]) => kind),
    ["offer", "answer"],
  );
});

test("nobody is asked for what was allowed before", async () => {
  const states = { microphone: "granted", camera: "prompt" };
  const query = async ({ name }) => ({ state: states[name] });
  Object.defineProperty(navigator, "permissions", { value: { query }, configurable: true });
  assert.deepEqual(
    [await engine.allowed({ video: false }), await engine.allowed({ video: true })],
    [true, false],
  );
  states.camera = "granted";
  assert.equal(await engine.allowed({ video: true }), true);
  Object.defineProperty(navigator, "permissions", { value: undefined, configurable: true });
  assert.equal(await engine.allowed({ video: true }), false);
});

test("what the browser has told is known at once, and what changes since then too", async () => {
  const status = Object.assign(new EventTarget(), { state: "granted" });
  const query = async () => status;
  Object.defineProperty(navigator, "permissions", { value: { query }, configurable: true });
  await followAllowed();
  assert.equal(engine.allowed({ video: true }), true);
  status.state = "prompt";
  assert.equal(await engine.allowed({ video: true }), false);
});

test("the picture is sent whole a while after the connection is there", async () => {
  engine.connect({ polite: false, offers: true, relayed: false });
  await settled();
  const [connection] = connections;
  const video = connection.transceivers[1].sender;
  const times = () => video.getParameters().encodings[0].scaleResolutionDownBy;
  mock.timers.enable({ apis: ["setTimeout"] });
  connection.connectionState = "connected";
  connection.onconnectionstatechange();
  mock.timers.tick(GROW - 1);
  await settled();
  assert.equal(times(), 2);
  mock.timers.tick(1);
  await settled();
  assert.equal(times(), 1);
  mock.timers.reset();
});

test("one bad moment of the line is none, and two are said", async () => {
  mock.timers.enable({ apis: ["setInterval"] });
  engine.connect({ polite: false, offers: true, relayed: false });
  await settled();
  const [connection] = connections;
  const sound = { id: "1", type: "inbound-rtp", kind: "audio", packetsReceived: 0, packetsLost: 0 };
  connection.getStats = async () => new Map([["1", { ...sound }]]);
  for (const lost of [0, 0, 0, 30, 0, 30, 30, 0, 0]) {
    sound.packetsReceived += 70;
    sound.packetsLost += lost;
    mock.timers.tick(1500);
    await settled();
  }
  mock.timers.reset();
  assert.deepEqual(qualities, ["good", "good", "good", "good", "good", "poor", "poor", "good"]);
});

test("of a camera that the system holds back the other side hears that it is off, and on again after", async () => {
  const devices = new Devices();
  plugIn(devices);
  await engine.open({ video: true, muted: false });
  engine.connect({ polite: false, offers: true, relayed: false });
  const [{ channel }] = connections;
  channel.readyState = "open";
  const told = () => JSON.parse(connections[0].sent.at(-1)).camera;
  const camera = devices.given.find(({ kind }) => kind === "video");
  camera.hold(true);
  assert.equal(told(), false);
  camera.hold(false);
  assert.equal(told(), true);
});

test("a screen is heard still when the call goes on through the server", async () => {
  plugIn(Object.assign(new Devices(), { film: true }));
  globalThis.AudioContext = /** @type {any} */ (FakeMixer);
  await engine.open({ video: false, muted: false });
  engine.connect({ polite: false, offers: true, relayed: false });
  await engine.share(true);
  FakeMixer.all.at(-1).turns("running");
  await settled();
  engine.relay();
  engine.take("media", { version: 1, sdp: "a=fingerprint:sha-256 unit", tracks: {} });
  await settled();
  const sent = connections.map(({ transceivers }) => transceivers[0].sender.track);
  assert.deepEqual([sent.length, sent[1]], [2, sent[0]]);
  assert.equal(sent[1].getSettings().deviceId, "mix");
  delete globalThis.AudioContext;
});
