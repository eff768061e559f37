// A code for a second device, as the first shows it: it ends by time, by use, by wrong tries, and when it is put away.

import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { wallClock } from "../../../pwa/protocol/clock.js";
import { tellHearers } from "../../../pwa/state/connection.js";
import { endOffer, makeOffer, offer, secondsLeft } from "../../../pwa/state/pairing.js";
import { settle, TestClock } from "../clock.mjs";

const MADE = {
  typed: "ABCDEFGH",
  links: ["http://192.0.2.1/#device=x", "https://parley.local/#device=x"],
  qr: "<svg/>",
  expires_at: 5_120_000,
  now: 5_000_000, // by the server's clock, which is not ours
};

let clock;
let requests;
const { fetch } = globalThis;

beforeEach(() => {
  clock = new TestClock();
  Object.assign(wallClock, { now: clock.now, later: clock.later });
  requests = [];
  globalThis.fetch = async (path, { method }) => {
    requests.push(`${method} ${path}`);
    if (method === "DELETE") return new Response(null, { status: 204 });
    return new Response(JSON.stringify(MADE), { status: 201 });
  };
});

afterEach(() => {
  endOffer();
  globalThis.fetch = fetch;
});

test("a code counts down two minutes by this device's clock, and is then over", async () => {
  await makeOffer();
  assert.deepEqual([offer.value.state, offer.value.link], ["shown", MADE.links[0]]);
  assert.equal(secondsLeft.value, 120);
  await clock.pass(30_000);
  assert.equal(secondsLeft.value, 90);
  await clock.pass(90_000);
  assert.deepEqual([offer.value.state, secondsLeft.value], ["over", 0]);
});

test("one that was used waits for a yes, and then says which device is in", async () => {
  await makeOffer();
  tellHearers("offer.ended", { reason: "used" });
  assert.equal(offer.value.state, "used");
  tellHearers("device.added", { device_name: "iPhone, Safari" });
  assert.deepEqual([offer.value.state, offer.value.device], ["added", "iPhone, Safari"]);
});

test("wrong tries end it, and nothing that comes later revives it", async () => {
  await makeOffer();
  tellHearers("offer.ended", { reason: "wrong" });
  tellHearers("device.added", { device_name: "Another" });
  assert.equal(offer.value.state, "wrong");
});

test("putting it away tells the server, and hears nothing more", async () => {
  await makeOffer();
  endOffer();
  await settle();
  assert.deepEqual(requests, ["POST /api/devices/code", "DELETE /api/devices/code"]);
  tellHearers("offer.ended", { reason: "used" });
  assert.equal(offer.value, null);
});

test("one that ended by itself needs no telling, and a new one begins afresh", async () => {
  await makeOffer();
  await clock.pass(120_000);
  await makeOffer();
  assert.equal(offer.value.state, "shown");
  await clock.pass(120_000);
  endOffer();
  assert.deepEqual(requests, ["POST /api/devices/code", "POST /api/devices/code"]);
});
