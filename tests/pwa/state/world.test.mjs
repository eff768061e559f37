// The one world: immutable, with the same signal for the same id.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  blank,
  conversationIn,
  emptyWorld,
  withConversation,
  world,
} from "../../../pwa/state/world.js";
import { ANNA, BEN, DIRECT, frozen } from "../events.mjs";

test("the same id gives the same signal", () => {
  assert.equal(conversationIn(DIRECT), conversationIn(DIRECT));
});

test("a conversation's signal changes with it, and with no other", () => {
  world.value = withConversation(emptyWorld(ANNA), DIRECT, (one) => one);
  const before = conversationIn(DIRECT).value;
  world.value = withConversation(world.value, "other", (one) => ({ ...one, unread: 3 }));
  assert.equal(conversationIn(DIRECT).value, before);
  world.value = withConversation(world.value, DIRECT, (one) => ({ ...one, unread: 3 }));
  assert.equal(conversationIn(DIRECT).value.unread, 3);
});

test("replacing a conversation changes no other value", () => {
  const before = frozen(withConversation(emptyWorld(ANNA), DIRECT, (one) => one));
  withConversation(before, DIRECT, (one) => ({ ...one, head: 9 }));
  assert.equal(before.conversations[DIRECT].head, 0);
});

test("a direct conversation nobody has begun has its two members", () => {
  assert.deepEqual(blank(DIRECT).members, [ANNA, BEN]);
  assert.deepEqual(blank("room.r1").members, []);
});
