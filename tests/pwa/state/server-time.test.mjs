// The server's time goes on with this device's clock, as far from it as the last greeting was.

import assert from "node:assert/strict";
import { test } from "node:test";
import { wallClock } from "../../../pwa/protocol/clock.js";
import { heardTime, serverNow } from "../../../pwa/state/server-time.js";
import { TestClock } from "../clock.mjs";

const clock = new TestClock();
Object.assign(wallClock, { now: clock.now, later: clock.later });

test("before any greeting this device's clock is all there is", () => {
  assert.equal(serverNow(), clock.now());
});

test("the server's time goes on from what it said last", async () => {
  heardTime({ at: clock.now() - 5000 });
  await clock.pass(1000);
  assert.equal(serverNow(), clock.now() - 5000);
  heardTime({ at: clock.now() + 70 });
  assert.equal(serverNow(), clock.now() + 70);
});
