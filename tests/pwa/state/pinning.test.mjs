// Pinning, and the pinned messages as they are shown.

import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { disconnect } from "../../../pwa/state/connection.js";
import { pin, pinnedIn, pinsIn } from "../../../pwa/state/pinning.js";
import { wishes } from "../../../pwa/state/wishes.js";
import { emptyWorld, world } from "../../../pwa/state/world.js";
import { About } from "../about.mjs";
import { ANNA, BEN, DIRECT } from "../events.mjs";
import { online } from "../online.mjs";

beforeEach(() => {
  world.value = emptyWorld(ANNA);
  wishes.value = [];
});
afterEach(disconnect);

test("pinning asks the server", async () => {
  const { server } = await online();
  await pin(DIRECT, 7, true);
  const [{ conversation, target, on, nonce }] = server.bodies("pin.set");
  assert.deepEqual([conversation, target, on], [DIRECT, 7, true]);
  assert.ok(nonce);
});

test("the latest pin comes first, and what was taken back is none", () => {
  const about = new About();
  const other = about.hear(about.log.sent(BEN, "Later")).body.seq;
  about.say("pin.changed", { on: true });
  about.say("pin.changed", { on: true, target: other });
  world.value = about.world;
  assert.deepEqual(
    pinnedIn(DIRECT).value.map(({ text }) => text),
    ["Later", "Hello"],
  );
  about.say("message.deleted", { target: other, person: BEN });
  world.value = about.world;
  assert.deepEqual(
    pinnedIn(DIRECT).value.map(({ text }) => text),
    ["Hello"],
  );
});

test("a pin, or the end of one, shows before the server has it, and is counted once when it has", async () => {
  const about = new About();
  const { target } = about;
  world.value = about.world;
  pin(DIRECT, target, true);
  assert.deepEqual(pinsIn(DIRECT).value, [target]);
  about.say("pin.changed", { on: true });
  world.value = about.world;
  assert.deepEqual(pinsIn(DIRECT).value, [target]);
  pin(DIRECT, target, false);
  assert.deepEqual(pinnedIn(DIRECT).value, []);
});

test("a conversation without pins shows none", () => {
  assert.deepEqual(pinnedIn("room.x").value, []);
});
