// The emoji a person uses: what was used comes first, what is used often is offered first.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import {
  forgetFavourites,
  noteUse,
  quick,
  recent,
  setTone,
  setToneOf,
  toneOf,
} from "../../../pwa/state/favourites.js";

beforeEach(forgetFavourites);

test("six are offered to who has used none", () => {
  assert.deepEqual(quick.value, ["👍", "❤️", "😂", "😮", "😢", "🙏"]);
  assert.deepEqual(recent.value, []);
});

test("the last used comes first, and once", () => {
  for (const one of ["🎉", "🐻", "🎉"]) noteUse(one);
  assert.deepEqual(recent.value, ["🎉", "🐻"]);
});

test("what is used often is offered first; what was used once is not", () => {
  for (const one of ["🎉", "🎉", "🐻"]) noteUse(one);
  assert.deepEqual(quick.value, ["🎉", "👍", "❤️", "😂", "😮", "😢"]);
});

test("only so many are remembered", () => {
  for (let at = 0; at < 100; at += 1) noteUse(String.fromCodePoint(0x1f400 + at));
  assert.equal(recent.value.length, 36);
});

test("a tone is for all, or for one by itself", () => {
  setTone(3);
  assert.equal(toneOf("👋"), 3);
  assert.equal(quick.value[0], "👍🏽");
  setToneOf("👋", 5);
  assert.equal(toneOf("👋"), 5);
  assert.equal(toneOf("👍"), 3);
  setTone(1);
  assert.equal(toneOf("👋"), 1);
  assert.equal(toneOf("__proto__"), 1);
});

test("signing out leaves none", () => {
  noteUse("🎉");
  forgetFavourites();
  assert.deepEqual(recent.value, []);
});
