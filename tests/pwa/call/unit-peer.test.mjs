// What goes to the unit of an answer: as little as it reads, or a full call would not fit into a command.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { essence, inStereo, SOURCES, stereoIn, UnitPeer } from "../../../pwa/call/unit-peer.js";
import { MAX_SDP } from "../../../pwa/protocol/limits.js";
import { FakeConnection } from "./wire.mjs";

const MAX_SECTIONS = 128; // calls/negotiation.py

const sample = (/** @type {string} */ name) =>
  readFileSync(new URL(`../../calls/samples/${name}`, import.meta.url), "utf-8").replace(
    /\r?\n/gu,
    "\r\n",
  );

test("an answer is sent without what the unit does not read", () => {
  // tests/calls/test_sdp.py holds that the unit reads the same of both
  assert.equal(essence(sample("chromium.sdp")), sample("chromium-sent.sdp"));
});

test("an answer to as many sections as the unit offers fits into a command", () => {
  const [head, ...sections] = sample("chromium.sdp").split("\r\nm=");
  const ours = sections.slice(0, SOURCES.length);
  const theirs = sections.slice(SOURCES.length);
  const largest = theirs.reduce((one, other) => (other.length > one.length ? other : one));
  const more = Array(MAX_SECTIONS - ours.length).fill(largest);
  const whole = `${[head, ...ours, ...more].join("\r\nm=")}\r\n`;
  assert.ok(whole.length > MAX_SDP);
  assert.ok(essence(whole).length <= MAX_SDP, `${essence(whole).length} characters`);
});

/** A peer, and the connections that it made. */
function made() {
  /** @type {FakeConnection[]} */
  const connections = [];
  const peer = new UnitPeer({
    track: () => null,
    answer: () => {},
    remote: () => {},
    state: () => {},
    make: () => {
      connections.push(new FakeConnection());
      return /** @type {any} */ (connections.at(-1));
    },
  });
  return { peer, connections };
}

test("the connection that was made ready takes the first offer, and another the offer of another unit", async () => {
  const { peer, connections } = made();
  peer.prepare();
  peer.prepare();
  assert.equal(connections.length, 1);
  for (const unit of ["AA", "AA", "BB"])
    await peer.take(1, `v=0\r\na=fingerprint:sha-256 ${unit}\r\n`, {});
  assert.deepEqual(
    connections.map(({ signalingState }) => signalingState),
    ["closed", "stable"],
  );
});

test("an offer is taken before anything is drawn, and the next one after it", async () => {
  const { peer, connections } = made();
  peer.prepare();
  /** @type {string[]} */
  const order = [];
  const [connection] = connections;
  for (const name of ["setRemoteDescription", "setLocalDescription"]) {
    const does = connection[name].bind(connection);
    connection[name] = (/** @type {any} */ ...given) => {
      order.push(name);
      return does(...given);
    };
  }
  const offer = "v=0\r\na=fingerprint:sha-256 AA\r\n";
  const first = peer.take(1, offer, {});
  assert.deepEqual(order, ["setRemoteDescription"]);
  const second = peer.take(2, offer, {});
  await Promise.all([first, second]);
  const each = ["setRemoteDescription", "setLocalDescription"];
  assert.deepEqual(order, [...each, ...each]);
  const third = peer.take(3, offer, {});
  assert.equal(order.length, 5, "idle again");
  await third;
});

test("a screen is worth more than the camera beside it", async () => {
  const { peer, connections } = made();
  peer.prepare();
  const [connection] = connections;
  for (const source of SOURCES)
    connection.addTransceiver(source.startsWith("micro") ? "audio" : "video", {
      direction: "recvonly",
    });
  await peer.take(1, "v=0\r\na=fingerprint:sha-256 AA\r\n", {});
  const given = connection.transceivers.map(({ sender }) => sender.getParameters().encodings[0]);
  assert.deepEqual(
    given.map(({ priority }) => priority),
    [undefined, undefined, "medium", undefined],
  );
});

const FILM = [
  "m=audio 9 UDP/TLS/RTP/SAVPF 112",
  "a=sendonly",
  "a=rtpmap:112 opus/48000/2",
  "a=fmtp:112 minptime=10;stereo=1;sprop-stereo=1",
];

test("only what comes in stereo is answered so, and once", () => {
  const offered = (/** @type {string[]} */ ...lines) => ["v=0", ...lines, ""].join("\r\n");
  assert.equal(stereoIn(offered(...FILM)), "112");
  assert.equal(stereoIn(offered(...FILM.with(1, "a=recvonly"))), "", "what we send");
  assert.equal(stereoIn(offered(...FILM.with(3, "a=fmtp:112 sprop-stereo=1"))), "");
  const own = "a=fmtp:111 minptime=10\r\na=fmtp:112 minptime=10\r\n";
  const asks = "a=fmtp:111 minptime=10\r\na=fmtp:112 stereo=1;minptime=10\r\n";
  assert.equal(inStereo(own, "112"), asks);
  assert.equal(inStereo(asks, "112"), asks);
});

test("a browser that answers only in its own words is heard in one channel, and no call fails", async () => {
  const { peer, connections } = made();
  peer.prepare();
  const [connection] = connections;
  const answers = connection.setLocalDescription.bind(connection);
  /** @type {any[]} */
  const given = [];
  connection.createAnswer = async () => ({ type: "answer", sdp: "a=fmtp:112 minptime=10\r\n" });
  connection.setLocalDescription = async (/** @type {any} */ description) => {
    given.push(description?.sdp);
    if (description) throw new Error("InvalidModificationError");
    await answers();
  };
  await peer.take(1, `v=0\r\na=fingerprint:sha-256 AA\r\n${FILM.join("\r\n")}\r\n`, {});
  assert.deepEqual(given, ["a=fmtp:112 stereo=1;minptime=10\r\n", undefined]);
  assert.equal(connection.signalingState, "stable");
});

test("a connection that was made ready for nothing is closed", () => {
  const { peer, connections } = made();
  peer.prepare();
  peer.close();
  peer.prepare();
  assert.deepEqual(
    connections.map(({ signalingState }) => signalingState),
    ["closed"],
  );
});
