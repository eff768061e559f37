// The unread line stands where the person had come to when they opened the conversation.

import assert from "node:assert/strict";
import { test } from "node:test";
import { dropUnreadLine, placeUnreadLine, unreadLine } from "../../../pwa/state/screen.js";
import { blank, emptyWorld, world } from "../../../pwa/state/world.js";
import { ANNA, DIRECT } from "../events.mjs";

const marks = { [ANNA]: { read: 4, delivered: 6 } };

test("it stands after the own mark and says how many follow", () => {
  const conversations = { [DIRECT]: { ...blank(DIRECT), unread: 2, marks } };
  world.value = { ...emptyWorld(ANNA), conversations };
  placeUnreadLine(DIRECT);
  assert.deepEqual(unreadLine.value, { conversation: DIRECT, after: 4, count: 2 });
});

test("a conversation nobody knows has none to show", () => {
  world.value = emptyWorld(ANNA);
  placeUnreadLine(DIRECT);
  assert.equal(unreadLine.value.count, 0);
});

test("who writes has read what is above", () => {
  dropUnreadLine();
  assert.equal(unreadLine.value.conversation, "");
});
