// A log that is drawn bit by bit: what the reader sees first, what stands still, and how the rest comes.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  around,
  ending,
  FIRST,
  firstStep,
  grown,
  itemsIn,
  nextStep,
  shrunk,
  stillDrawn,
} from "../../../pwa/state/drawn.js";

const day = (key) => ({ type: "day", key, at: 0 });
const message = (seq) => ({ type: "message", key: `${seq}`, seq });
const messages = (first, last) =>
  Array.from({ length: last - first + 1 }, (_, at) => message(first + at));
const keysOf = (items) => new Set(items.map(({ key }) => key));

test("a long log begins at its end, and a short one is drawn whole", () => {
  assert.deepEqual(around(250, 250), { start: 250 - FIRST, end: 250 });
  assert.deepEqual(around(5, 5), { start: 0, end: 5 });
  assert.deepEqual(around(0, 0), { start: 0, end: 0 });
});

test("a log that begins at its end is drawn as far as it fills the screen, and no further", () => {
  const said = (seq, text) => ({
    ...message(seq),
    type: "message",
    text,
    files: [],
    reactions: [],
  });
  const phone = { width: 390, height: 844 };
  const short = Array.from({ length: 40 }, (_, at) => said(at, "ok"));
  const long = Array.from({ length: 40 }, (_, at) => said(at, "many words ".repeat(30)));
  assert.deepEqual(ending(short, phone), { start: 40 - FIRST, end: 40 });
  const { start, end } = ending(long, phone);
  assert.equal(end, 40);
  assert.ok(end - start >= 4 && end - start < 8, `${end - start} of a dozen lines each`);
  assert.equal(ending(long, { width: 390, height: 500 }).start > start, true);
  assert.deepEqual(ending([day("Monday"), said(1, "ok")], phone), { start: 0, end: 2 });
  assert.deepEqual(ending([], phone), { start: 0, end: 0 });
});

test("what the reader is led to stands in the middle of what is drawn first", () => {
  const { start, end } = around(250, 100);
  assert.ok(start < 100 && end > 100);
  assert.equal(end - start, FIRST);
  assert.equal(around(250, 2).start, 0);
});

test("what was drawn stays drawn when older ones come before it, or are let go", () => {
  const drawn = keysOf(messages(100, 120));
  assert.deepEqual(stillDrawn(messages(50, 150), drawn, false), { start: 50, end: 71 });
  assert.deepEqual(stillDrawn(messages(110, 150), drawn, false), { start: 0, end: 11 });
});

test("what is said now is drawn at once, and a page of history behind is not", () => {
  const drawn = keysOf(messages(100, 120));
  assert.equal(stillDrawn(messages(100, 123), drawn, true)?.end, 24);
  assert.equal(stillDrawn(messages(100, 220), drawn, false)?.end, 21);
});

test("another window is drawn anew, even on the same day and with the line over what is new", () => {
  const drawn = keysOf([day("day Monday"), { type: "unread", key: "unread" }, ...messages(1, 20)]);
  const other = [day("day Monday"), { type: "unread", key: "unread" }, ...messages(501, 520)];
  assert.equal(stillDrawn(other, drawn, false), null);
});

test("the lines over the first message come with it, so that all of a log can be drawn", () => {
  const items = [day("Monday"), { type: "unread", key: "unread" }, ...messages(1, 9)];
  assert.deepEqual(stillDrawn(items, keysOf(messages(1, 9)), false), { start: 0, end: 11 });
});

test("more is added above and below, and never past an end", () => {
  const both = { above: 5, below: 5 };
  assert.deepEqual(grown({ start: 100, end: 120 }, 250, both), { start: 95, end: 125 });
  assert.deepEqual(grown({ start: 3, end: 248 }, 250, both), { start: 0, end: 250 });
  const up = { above: 5, below: 0 };
  assert.deepEqual(grown({ start: 100, end: 120 }, 250, up), { start: 95, end: 120 });
});

test("what is far from the reader is taken away, a few in a frame and no nearer than said", () => {
  const items = messages(0, 99);
  const drawn = { start: 10, end: 90 };
  assert.deepEqual(shrunk(drawn, items, { first: "20", last: "80" }), { start: 20, end: 81 });
  const { start, end } = shrunk(drawn, items, { first: "50", last: "52" });
  assert.ok(start > 10 && start < 50 && end < 90 && end > 53, `${start} to ${end}`);
  assert.deepEqual(shrunk(drawn, items, { first: "10", last: "89" }), drawn);
});

test("what is to stay and is not there takes nothing away", () => {
  const items = messages(0, 99);
  const drawn = { start: 10, end: 90 };
  assert.deepEqual(shrunk(drawn, items, { first: "gone", last: "80" }), drawn);
  assert.deepEqual(shrunk(drawn, items, { first: "20", last: "gone" }), drawn);
});

test("a message keeps the lines over it when what was said before goes", () => {
  const items = [...messages(1, 5), day("Monday"), { type: "unread", key: "unread" }, message(6)];
  const left = shrunk({ start: 0, end: 8 }, items, { first: "6", last: "6" });
  assert.deepEqual(left, { start: 5, end: 8 });
});

test("a slow phone is given less in a frame, and a quick one more", () => {
  assert.ok(nextStep(firstStep, 100) < firstStep);
  assert.ok(nextStep(firstStep, 2) > firstStep);
  assert.equal(nextStep(firstStep, 10), firstStep);
  assert.ok(nextStep(nextStep(nextStep(4, 200), 200), 200) > 0);
  assert.ok(nextStep(1000, 1) <= 32);
});

test("the first message stands under its day, wherever its day began", () => {
  const items = [day("Monday"), ...messages(1, 9), day("Tuesday"), ...messages(10, 20)];
  const shown = itemsIn(items, { start: 5, end: 8 });
  assert.deepEqual([shown[0].key, shown.length], ["Monday", 4]);
  assert.equal(itemsIn(items, { start: 12, end: 14 })[0].key, "Tuesday");
  assert.deepEqual(itemsIn(items, { start: 0, end: 2 }), items.slice(0, 2));
  assert.equal(itemsIn(items, { start: 10, end: 12 })[0].key, "Tuesday");
  assert.equal(itemsIn(items, { start: 10, end: 12 }).length, 2);
});
