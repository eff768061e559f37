// Badges say how much is unread, in numbers and in few letters.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  badgeText,
  pageTitle,
  unreadConversations,
  unreadTotal,
} from "../../../pwa/state/badges.js";
import { blank, emptyWorld, world } from "../../../pwa/state/world.js";

const unread = (...counts) => {
  const conversations = counts.map((count, at) => [
    `c${at}`,
    { ...blank(`c${at}`), unread: count },
  ]);
  world.value = { ...emptyWorld("me"), conversations: Object.fromEntries(conversations) };
};

test("what is unread everywhere is added up", () => {
  unread(2, 0, 5);
  assert.deepEqual(
    [unreadTotal.value, unreadConversations.value, pageTitle.value],
    [7, 2, "(7) Parley"],
  );
});

test("with nothing unread there is no badge", () => {
  unread(0, 0);
  assert.deepEqual([unreadTotal.value, badgeText(0), pageTitle.value], [0, "", "Parley"]);
});

test("from a hundred on the badge says 99+", () => {
  assert.deepEqual([badgeText(99), badgeText(100)], ["99", "99+"]);
});
