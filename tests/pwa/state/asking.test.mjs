// A poll as it is put together.

import assert from "node:assert/strict";
import { test } from "node:test";
import { BLANK, pollOf, withLine, withoutLine } from "../../../pwa/state/asking.js";

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
