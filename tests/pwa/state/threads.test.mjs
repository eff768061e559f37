// Threads, as answers leave them: under their first message, and in the window that is open.

import assert from "node:assert/strict";
import { test } from "node:test";
import { threadIn } from "../../../pwa/protocol/address.js";
import { withThread } from "../../../pwa/state/pages.js";
import { follows, withoutThread } from "../../../pwa/state/threads.js";
import { About } from "../about.mjs";
import { ANNA, BEN, DIRECT } from "../events.mjs";

const answer = (about, author, text = "yes") =>
  about.hear(about.log.sent(author, text, { target: about.target }));

const card = (about) => about.entry.thread;

function chooses(about, on) {
  const choice = { subject: DIRECT, thread: about.target, on };
  about.hear({ name: "thread.followed", body: { conversation: `own.${ANNA}`, seq: 1, ...choice } });
}

/** A message in a room, as threads see one: a conversation that is not between two. */
const inRoom = (author) => {
  const about = new About({}, author);
  about.world = {
    ...about.world,
    conversations: { [DIRECT]: { ...about.conversation, kind: "room" } },
  };
  return about;
};

/** The thread under the message, open and empty. */
function opened(about) {
  const address = threadIn(DIRECT, about.target);
  const page = { conversation: address, head: about.log.seq, first: 0, frames: [], about: [] };
  about.world = withThread(about.world, { ...page, more: false, newer: false });
  return () => about.world.threads[address];
}

test("an answer is counted under the first message and is no entry of the conversation", () => {
  const about = new About();
  answer(about, BEN);
  answer(about, ANNA);
  assert.deepEqual([card(about).count, card(about).people], [2, [BEN, ANNA]]);
  assert.deepEqual([about.conversation.entries.length, about.conversation.unread], [1, 0]);
  assert.equal(about.conversation.last.text, "Hello");
});

test("who asked and who answers follow it, others do not", () => {
  const mine = new About();
  answer(mine, BEN);
  assert.equal(card(mine).follows, true);
  const theirs = inRoom(BEN);
  answer(theirs, BEN);
  assert.equal(card(theirs).follows, false);
  answer(theirs, ANNA);
  assert.equal(card(theirs).follows, true);
});

test("an open thread holds what is said in it, once, and what is said about that", () => {
  const about = new About();
  const thread = opened(about);
  const event = answer(about, BEN);
  about.hear(event);
  const told = { target: event.body.seq, emoji: "👍", on: true };
  about.hear(about.log.say("reaction.changed", ANNA, told));
  assert.deepEqual(
    thread().entries.map(({ text, reactions }) => [text, reactions.length]),
    [["yes", 1]],
  );
  about.world = withoutThread(about.world, threadIn(DIRECT, about.target));
  assert.deepEqual(about.world.threads, {});
});

test("a pin or a call of the conversation is none of an open thread", () => {
  const about = new About();
  const thread = opened(about);
  const event = answer(about, BEN);
  const before = thread();
  about.hear(about.log.say("pin.changed", ANNA, { target: event.body.seq, on: true }));
  const rang = about.hear(about.log.rang(BEN));
  about.hear(about.log.ended(BEN, rang.body.seq, BEN));
  assert.deepEqual(thread(), before);
});

test("an answer that was told while the page was read is still to come in the window", () => {
  const about = new About();
  const conversation = threadIn(DIRECT, about.target);
  const page = { conversation, first: 0, frames: [], about: [], more: false, newer: false };
  const newer = (head) => withThread(about.world, { ...page, head }).threads[conversation].newer;
  const { head } = about.conversation;
  assert.deepEqual([newer(head), newer(head - 1)], [false, true]);
});

test("an answer that is taken back is counted no longer, and gone from the open thread", () => {
  const about = new About();
  const thread = opened(about);
  const { seq } = answer(about, BEN).body;
  const gone = { target: seq, person: BEN, thread: about.target };
  about.hear(about.log.say("message.deleted", BEN, gone));
  assert.equal(card(about).count, 0);
  assert.equal(thread().entries[0].deleted, true);
});

test("a thread with something new says so until it is read as far as that", () => {
  const about = new About();
  const { seq } = answer(about, BEN).body;
  const place = { conversation: DIRECT, thread: about.target };
  about.hear({ name: "thread.moved", body: { ...place, last: seq } });
  const news = { thread: about.target, last: seq, follows: true, mentions: [] };
  assert.deepEqual(about.conversation.threads, [news]);
  const read = (upto) => ({ ...place, person: ANNA, read: upto, delivered: upto });
  about.hear({ name: "mark.changed", body: read(seq - 1) });
  assert.equal(about.conversation.threads.length, 1);
  about.hear({ name: "mark.changed", body: read(seq) });
  assert.deepEqual([about.conversation.threads, card(about).read], [[], seq]);
});

test("who does not follow a thread has only what names them in it, until it is read or taken back", () => {
  const about = inRoom(BEN);
  const place = { conversation: DIRECT, thread: about.target };
  const moved = (last, follows, named) =>
    about.hear({ name: "thread.moved", body: { ...place, last, follows, named } });
  const follow = (on) => chooses(about, on);
  moved(5, true, true);
  moved(6, true, false);
  follow(false);
  assert.deepEqual(about.conversation.threads, [
    { thread: about.target, last: 5, follows: false, mentions: [5] },
  ]);
  const gone = { target: 5, person: BEN, thread: about.target };
  about.hear(about.log.say("message.deleted", BEN, gone));
  assert.deepEqual(about.conversation.threads, []);
  moved(9, true, false);
  follow(false);
  assert.deepEqual(about.conversation.threads, [], "nothing named one there");
});

test("what one chose stands under the message and in the open thread, whatever is said then", () => {
  const about = inRoom(BEN);
  const thread = opened(about);
  const follow = (on) => chooses(about, on);
  follow(true);
  assert.deepEqual(
    [card(about).count, follows(card(about)), follows(thread().card)],
    [0, true, true],
  );
  follow(false);
  answer(about, ANNA);
  assert.deepEqual([follows(card(about)), follows(thread().card)], [false, false]);
});

test("between two both follow every thread, and in a room who is named", () => {
  const about = new About({}, BEN);
  answer(about, BEN);
  assert.equal(card(about).follows, true);
  const room = inRoom(BEN);
  answer(room, BEN);
  assert.equal(card(room).follows, false);
  room.hear(room.log.sent(BEN, "@Anna", { target: room.target, mentions: [ANNA] }));
  assert.equal(card(room).follows, true);
});
