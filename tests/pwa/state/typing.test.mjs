// Typing is said again every 3 s while it lasts, and taken back when it ends.

import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { wallClock } from "../../../pwa/protocol/clock.js";
import { connect, disconnect } from "../../../pwa/state/connection.js";
import { stopped, typing } from "../../../pwa/state/typing.js";
import { settle, TestClock } from "../clock.mjs";
import { Server } from "../server.mjs";

let clock;
let server;

beforeEach(async () => {
  clock = new TestClock();
  server = new Server();
  Object.assign(wallClock, { now: clock.now, later: clock.later });
  const ear = { hello: () => {}, event: () => {}, signedOut: () => {} };
  connect(ear, { socket: server.open, twin: server.open, clock, random: () => 1 });
  await settle();
});

afterEach(async () => {
  await clock.pass(10_000);
  disconnect();
});

const said = async () => {
  await settle();
  return server.bodies("typing.set").map((body) => `${body.conversation} ${body.typing}`);
};

test("the first letter is told, the next ones only every three seconds", async () => {
  for (let letter = 0; letter < 8; letter++) {
    typing("a");
    await clock.pass(500);
  }
  assert.deepEqual(await said(), ["a true", "a true"]);
});

test("sending takes it back at once, and only once", async () => {
  typing("a");
  stopped("a");
  stopped("a");
  assert.deepEqual(await said(), ["a true", "a false"]);
});

test("who pauses for five seconds no longer writes", async () => {
  typing("a");
  await clock.pass(5000);
  assert.deepEqual(await said(), ["a true", "a false"]);
});

test("who goes on elsewhere no longer writes here", async () => {
  typing("a");
  typing("b");
  assert.deepEqual(await said(), ["a true", "a false", "b true"]);
});
