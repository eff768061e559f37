// A poll as it is put together.

import assert from "node:assert/strict";
import { test } from "node:test";
import { askPoll, BLANK, pollOf, withLine, withoutLine } from "../../../pwa/state/asking.js";
import { aim, replyTo } from "../../../pwa/state/composing.js";
import { draft } from "../../../pwa/state/drafts.js";
import { pending } from "../../../pwa/state/outbox.js";

test("a new empty line appears while the last is filled, and no other", () => {
  assert.deepEqual(withLine(BLANK, 1, "tea"), ["", "tea", ""]);
  assert.deepEqual(withLine(BLANK, 0, "tea"), ["tea", ""]);
  assert.deepEqual(withLine(BLANK, 1, " "), ["", " "]);
});

test("there are twelve at most", () => {
  const eleven = Array.from({ length: 11 }, (_, at) => `${at}`);
  const twelve = withLine([...eleven, ""], 11, "last");
  assert.equal(twelve.length, 12);
  assert.equal(withoutLine(twelve, 0).length, 12, "an empty one takes the place of a full one");
});

test("a line goes, and two always stay", () => {
  assert.deepEqual(withoutLine(["tea", "soup", ""], 0), ["soup", ""]);
  assert.deepEqual(withoutLine(["tea", ""], 0), ["", ""]);
});

test("a question with two options is a poll", () => {
  assert.deepEqual(pollOf(" Lunch? ", ["  red   beans", "tea", ""], true), {
    text: "Lunch?",
    poll: { options: ["red beans", "tea"], multiple: true },
  });
});

test("without a question, with one option or with the same twice it is none yet", () => {
  assert.equal(pollOf(" ", ["a", "b"], false), null);
  assert.equal(pollOf("Lunch?", ["a", " "], false), null);
  assert.equal(pollOf("Lunch?", ["a b", "a  b"], false), null);
});

test("it answers what was to be answered, once, and what stands in the box stays", () => {
  pending.value = [];
  replyTo("a", 7);
  const lunch = { text: "Lunch?", poll: { options: ["a", "b"], multiple: false } };
  askPoll("a", lunch);
  draft("a").value = "for later";
  askPoll("a", lunch);
  const asked = pending.value.map(({ text, poll, reply }) => [text, poll, reply]);
  assert.deepEqual(asked, [
    ["Lunch?", lunch.poll, 7],
    ["Lunch?", lunch.poll, 0],
  ]);
  assert.deepEqual([aim("a").value.kind, draft("a").value], ["", "for later"]);
});
