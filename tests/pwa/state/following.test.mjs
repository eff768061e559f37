// Following a thread: unasked, or as one chose.

import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { threadIn } from "../../../pwa/protocol/address.js";
import { disconnect } from "../../../pwa/state/connection.js";
import { follow, isFollowed } from "../../../pwa/state/following.js";
import { blank, emptyWorld, world } from "../../../pwa/state/world.js";
import { About } from "../about.mjs";
import { ANNA, BEN, DIRECT } from "../events.mjs";
import { online } from "../online.mjs";

beforeEach(() => {
  world.value = emptyWorld(ANNA);
});
afterEach(disconnect);

/** A room with one message, whose thread is open. @param {string} author @param {object|null} card */
function thread(author, card) {
  const about = new About({}, author);
  const address = threadIn(DIRECT, about.target);
  world.value = {
    ...about.world,
    conversations: { [DIRECT]: { ...about.conversation, kind: "room" } },
    threads: { [address]: { ...blank(address), card } },
  };
  return address;
}

test("before anybody answered, who asked follows", () => {
  assert.equal(isFollowed(thread(ANNA, null)).value, true);
  assert.equal(isFollowed(thread(BEN, null)).value, false);
});

test("what one chose counts before one's part in it", () => {
  assert.equal(isFollowed(thread(ANNA, { follows: true, chosen: false })).value, false);
  assert.equal(isFollowed(thread(BEN, { follows: false, chosen: true })).value, true);
  assert.equal(isFollowed(thread(BEN, { follows: true, chosen: null })).value, true);
});

test("between two one hears of all of them", () => {
  const address = thread(BEN, null);
  const conversations = { [DIRECT]: { ...world.value.conversations[DIRECT], kind: "direct" } };
  world.value = { ...world.value, conversations };
  assert.equal(isFollowed(address).value, true);
});

test("choosing asks the server", async () => {
  const { server } = await online();
  await follow(threadIn(DIRECT, 7), true);
  const [{ conversation, target, on, nonce }] = server.bodies("thread.follow");
  assert.deepEqual([conversation, target, on], [DIRECT, 7, true]);
  assert.ok(nonce);
});
