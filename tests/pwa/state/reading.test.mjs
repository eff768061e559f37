// Marks: cumulative, at most one command a second, never lost; and the ticks they make.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Lost } from "../../../pwa/protocol/errors.js";
import { Marker, marked, tick } from "../../../pwa/state/reading.js";
import { TestClock } from "../clock.mjs";

const mark = (conversation, read, delivered = read) => ({ conversation, read, delivered });

function made(send) {
  const sent = [];
  const clock = new TestClock();
  const answer = send ?? (async () => {});
  const marker = new Marker((marks) => {
    sent.push(marks);
    return answer();
  }, clock);
  return { sent, clock, marker };
}

test("the first mark goes at once, what follows is gathered for a second", async () => {
  const { sent, clock, marker } = made();
  for (let seq = 1; seq <= 50; seq++) marker.note(mark("a", seq));
  marker.note(mark("b", 7, 9));
  assert.deepEqual(sent, [[mark("a", 1)]]);
  await clock.pass(999);
  assert.equal(sent.length, 1);
  await clock.pass(1);
  assert.deepEqual(sent[1], [mark("a", 50), mark("b", 7, 9)]);
});

test("however much is read, there is one command a second at most", async () => {
  const { sent, clock, marker } = made();
  for (let tenth = 0; tenth < 100; tenth++) {
    marker.note(mark("a", tenth + 1));
    await clock.pass(100);
  }
  assert(sent.length <= 11, `${sent.length} commands in 10 s`);
});

test("a mark only grows", async () => {
  const { sent, clock, marker } = made();
  marker.note(mark("x", 1));
  marker.note(mark("a", 9));
  marker.note(mark("a", 3, 12));
  await clock.pass(1000);
  assert.deepEqual(sent[1], [mark("a", 9, 12)]);
});

test("what a lost line may have swallowed is said again on the next", async () => {
  const { sent, clock, marker } = made(() => Promise.reject(new Lost()));
  marker.note(mark("a", 5));
  await clock.pass(60_000);
  assert.equal(sent.length, 1);
  assert.deepEqual(marker.owed, [mark("a", 5)]);
  marker.resume();
  assert.deepEqual(sent[1], [mark("a", 5)]);
});

test("what was answered moments before the line broke is said again too", async () => {
  const { sent, clock, marker } = made();
  marker.note(mark("a", 5));
  await clock.pass(2000);
  marker.resume();
  assert.deepEqual(sent[1], [mark("a", 5)]);
});

test("what the server has surely written is owed no more", async () => {
  const { sent, clock, marker } = made();
  marker.note(mark("a", 5));
  await clock.pass(6000);
  assert.deepEqual(marker.owed, []);
  marker.resume();
  assert.equal(sent.length, 1);
});

const conversation = (marks) => ({ members: ["me", "b", "c"], marks });
const far = (read, delivered) => ({ read, delivered });

test("a tick says sent, delivered or read: what holds for everybody", () => {
  assert.equal(tick(conversation({}), 5, "me"), "sent");
  assert.equal(tick(conversation({ b: far(0, 5) }), 5, "me"), "sent");
  assert.equal(tick(conversation({ b: far(0, 5), c: far(5, 5) }), 5, "me"), "delivered");
  assert.equal(tick(conversation({ b: far(9, 9), c: far(5, 5) }), 5, "me"), "read");
});

test("one's own mark makes no tick", () => {
  assert.equal(tick(conversation({ me: far(9, 9) }), 5, "me"), "sent");
});

test("what was deleted is not taken off what is unread once more when one reads on", () => {
  const said = (seq, deleted = false) => ({ kind: "message", seq, author: "b", deleted });
  const unread = (entries) => ({ head: 3, unread: 2, entries, marks: {}, members: ["me", "b"] });
  const reads = { person: "me", read: 2, delivered: 2 };
  assert.equal(marked(unread([said(1, true), said(2), said(3)]), reads, "me").unread, 1);
  assert.equal(marked(unread([said(2), said(3)]), reads, "me").unread, 1);
});
