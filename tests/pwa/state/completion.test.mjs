// What a half-written word asks for.

import assert from "node:assert/strict";
import { test } from "node:test";
import { completed, isBegun, named, wantedAt } from "../../../pwa/state/completion.js";

const asks = (text, caret = text.length) => {
  const wanted = wantedAt(text, caret);
  return wanted && `${wanted.kind} ${wanted.query}`;
};
const people = ["Anna Maria", "Björn", "Maria Anders", "Zoe"].map((name) => ({ id: name, name }));

test("an @ asks for a name, spaces and all", () => {
  assert.equal(asks("@"), "mention ");
  assert.equal(asks("hi @an"), "mention an");
  assert.equal(asks("(@Anna Mar"), "mention Anna Mar");
  assert.equal(asks("hi @an there", 6), "mention an");
});

test("an @ within a word or left behind asks for nothing", () => {
  for (const text of ["anna@ex", "@ x", "@anna\nx", "hi"]) assert.equal(asks(text), null, text);
});

test("a colon and two letters ask for an emoji", () => {
  assert.equal(asks("ok :ta"), "emoji ta");
  assert.equal(asks(":+1"), "emoji +1");
  assert.equal(asks("@Anna :ta"), "emoji ta");
  for (const text of [":t", "10:30", "https://", "see:ab", ":ab ", ":)"])
    assert.equal(asks(text), null, text);
});

test("names are found by how they or their words begin, accents aside", () => {
  assert.deepEqual(
    named(people, "ma").map(({ name }) => name),
    ["Maria Anders", "Anna Maria"],
  );
  assert.deepEqual(
    named(people, "BJO").map(({ name }) => name),
    ["Björn"],
  );
  assert.deepEqual(
    named(people, "anna m").map(({ name }) => name),
    ["Anna Maria"],
  );
  assert.deepEqual(named(people, "nna"), []);
  assert.equal(named(people, "").length, 4);
});

test("a word that is begun is known by its beginning", () => {
  assert.equal(isBegun(["everyone", "alle"], ""), true);
  assert.equal(isBegun(["everyone", "alle"], "Al"), true);
  assert.equal(isBegun(["everyone", "alle"], "allen"), false);
});

test("what is chosen takes the place of what was typed, and a space follows", () => {
  const wanted = wantedAt("hi @an you", 6);
  assert.deepEqual(completed("hi @an you", wanted, "@Anna"), {
    insert: "@Anna",
    start: 3,
    end: 6,
    caret: 9,
  });
  assert.equal(completed("hi @an", wanted, "@Anna").insert, "@Anna ");
});

test("no text makes it slow", () => {
  for (const text of ["@".repeat(4000), ":a".repeat(2000), "a".repeat(4000)]) {
    const before = performance.now();
    for (let at = 0; at < 100; at += 1) wantedAt(text, text.length);
    assert.ok(performance.now() - before < 500);
  }
});
