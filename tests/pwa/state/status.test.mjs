// One's own status: said, kept until it ends, quiet while busy; and away by itself after ten minutes.

import assert from "node:assert/strict";
import { test } from "node:test";
import { tellHearers } from "../../../pwa/state/connection.js";
import { presenceChanged } from "../../../pwa/state/people.js";
import { heardTime } from "../../../pwa/state/server-time.js";
import {
  followIdle,
  IDLE_AFTER_MS,
  isQuiet,
  ownStatus,
  setStatus,
  touched,
} from "../../../pwa/state/status.js";
import { change, emptyWorld, world } from "../../../pwa/state/world.js";
import { settle } from "../clock.mjs";
import { online } from "../online.mjs";

const told = (server) => server.bodies("presence.idle").map(({ idle }) => idle);

async function house() {
  world.value = emptyWorld("p1");
  const { server, clock } = await online();
  return { server, clock };
}

test("what one says is told to the server and stands at once", async () => {
  const { server, clock } = await house();
  const said = { status: "busy", text: "In class", until: clock.now() + 60_000 };
  await setStatus(said);
  assert.deepEqual(server.bodies("status.set").at(-1), said);
  assert.deepEqual(ownStatus.value, said);
});

test("busy is quiet until it ends; away and available are not", async () => {
  const { clock } = await house();
  await setStatus({ status: "busy", text: "", until: clock.now() + 60_000 });
  assert.equal(isQuiet(), true);
  await clock.pass(60_001);
  assert.equal(isQuiet(), false);
  await setStatus({ status: "busy", text: "", until: 0 });
  assert.equal(isQuiet(), true);
  await setStatus({ status: "away", text: "", until: 0 });
  assert.equal(isQuiet(), false);
});

test("a status ends by the server's clock", async () => {
  const { clock } = await house();
  const until = clock.now() + 60_000;
  await setStatus({ status: "busy", text: "", until });
  heardTime({ at: until });
  assert.deepEqual([isQuiet(), ownStatus.value.status], [false, "available"]);
  heardTime({ at: until - 1 });
  assert.deepEqual([isQuiet(), ownStatus.value.status], [true, "busy"]);
  heardTime({ at: clock.now() });
});

test("another device of one's own that says it counts here too", async () => {
  await house();
  const mine = { person: "p1", online: true, last_seen: 0, idle: false };
  const people = [{ ...mine, status: "busy", text: "On the phone", until: 0 }];
  change((before) => presenceChanged(before, { people }));
  assert.equal(ownStatus.value.text, "On the phone");
  assert.equal(isQuiet(), true);
});

test("ten minutes without a hand are told once, and so is its return", async () => {
  const { server, clock } = await house();
  const stop = followIdle();
  await clock.pass(IDLE_AFTER_MS - 1000);
  touched();
  await clock.pass(IDLE_AFTER_MS - 1000);
  assert.deepEqual(told(server), []);
  await clock.pass(2000);
  assert.deepEqual(told(server), [true]);
  touched();
  touched();
  await settle();
  assert.deepEqual(told(server), [true, false]);
  await clock.pass(IDLE_AFTER_MS + 1000);
  assert.deepEqual(told(server), [true, false, true]);
  stop();
});

test("a new line hears that nobody is there, and nothing while somebody is", async () => {
  const { server, clock } = await house();
  const stop = followIdle();
  tellHearers("hello", {});
  await settle();
  assert.deepEqual(told(server), []);
  await clock.pass(IDLE_AFTER_MS);
  tellHearers("hello", {});
  await settle();
  assert.deepEqual(told(server), [true, true]);
  stop();
});
