// Badges say how much is unread, in numbers and in few letters.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  badgeText,
  pageTitle,
  threadsCalling,
  unreadConversations,
  unreadIds,
  unreadTotal,
} from "../../../pwa/state/badges.js";
import { FOR_GOOD } from "../../../pwa/state/preferences.js";
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

test("what one does not want to be called for counts apart", () => {
  unread(2, 5);
  const preferences = { c1: { notify: "", muted_until: FOR_GOOD, previews: true, seq: 1 } };
  world.value = { ...world.value, preferences };
  assert.deepEqual([unreadTotal.value, unreadConversations.value], [2, 1]);
  world.value = { ...world.value, preferences: {} };
  assert.equal(unreadTotal.value, 7);
});

test("what is unread is named, calling or not", () => {
  unread(2, 0, 5);
  const preferences = { c2: { notify: "none", muted_until: 0, previews: true, seq: 1 } };
  world.value = { ...world.value, preferences };
  assert.deepEqual(unreadIds.value, ["c0", "c2"]);
});

test("a mention calls even where it is quiet", () => {
  unread(2, 5);
  const preferences = { c1: { notify: "", muted_until: FOR_GOOD, previews: true, seq: 1 } };
  world.value = { ...world.value, preferences, mentions: { c0: [4], c1: [7, 9] } };
  assert.equal(unreadTotal.value, 4);
});

test("a thread with something new counts once, and where it is quiet only if it names one", () => {
  unread(2, 0);
  const threads = [
    { thread: 3, last: 9, follows: true, mentions: [] },
    { thread: 4, last: 8, follows: true, mentions: [8] },
  ];
  const { c0, c1 } = world.value.conversations;
  world.value = { ...world.value, conversations: { c0, c1: { ...c1, threads } } };
  assert.deepEqual([unreadTotal.value, unreadIds.value], [4, ["c0", "c1#3", "c1#4"]]);
  const wanted = { notify: "mentions", muted_until: 0, previews: true, seq: 1 };
  world.value = { ...world.value, preferences: { c1: wanted } };
  assert.equal(unreadTotal.value, 4, "said to those who have a part in it");
  world.value = { ...world.value, preferences: { c1: { ...wanted, muted_until: FOR_GOOD } } };
  assert.equal(unreadTotal.value, 3);
  assert.equal(threadsCalling("c1").value, 1);
});

test("what people say whom one has blocked does not call, and with them alone it stays unread", () => {
  unread(3, 2);
  const { c0, c1 } = world.value.conversations;
  const said = (seq, author) => ({ kind: "message", seq, author });
  const entries = [said(4, "ben"), said(5, "ben"), said(6, "cleo"), said(7, "ben")];
  const marks = { me: { read: 4, delivered: 7 } };
  const alone = { ...c1, id: "direct.ben.me", entries: [said(2, "ben"), said(3, "ben")] };
  const conversations = { c0: { ...c0, entries, marks, head: 7 }, "direct.ben.me": alone };
  world.value = { ...world.value, conversations, blocked: ["ben"] };
  assert.equal(unreadTotal.value, 3);
  world.value = { ...world.value, blocked: [] };
  assert.equal(unreadTotal.value, 5);
});

test("what they took back, or what no head counts yet, is not left out of the badge a second time", () => {
  unread(2);
  const { c0 } = world.value.conversations;
  const said = (seq, author) => ({ kind: "message", seq, author });
  const entries = [{ ...said(5, "ben"), deleted: true }, said(6, "cleo"), said(7, "ben")];
  const marks = { me: { read: 4, delivered: 7 } };
  const at = (head) => {
    const conversations = { c0: { ...c0, entries, marks, head } };
    world.value = { ...world.value, conversations, blocked: ["ben"] };
    return unreadTotal.value;
  };
  assert.equal(at(8), 1, "cleo's alone");
  assert.equal(at(6), 2, "the head has not come to ben's second");
});
