// What a view reads is always in the language spoken at that moment.

import assert from "node:assert/strict";
import { test } from "node:test";
import { effect } from "@preact/signals-core";
import { apart, live, speak } from "../../../pwa/languages/live.js";

const english = {
  language: "en",
  close: "Close",
  chats: { label: "Conversations", unread: (n) => `${n} unread` },
  days: ["Monday", "Tuesday"],
};
const words = live(english);

test("at first every word is English", () => {
  assert.equal(words.chats.label, "Conversations");
  assert.equal(words.chats.unread(3), "3 unread");
  assert.deepEqual(Object.keys(words), Object.keys(english));
});

test("a switch is heard by whoever read a word, from a section held on to as well", () => {
  const { chats } = words;
  const shown = [];
  const stop = effect(() => {
    shown.push(chats.label);
  });
  speak({ language: "de", chats: { label: "Unterhaltungen" } });
  speak({});
  stop();
  assert.deepEqual(shown, ["Conversations", "Unterhaltungen", "Conversations"]);
});

test("what a language lacks is English, word by word", () => {
  speak({ language: "de", chats: { label: "Unterhaltungen" } });
  assert.equal(words.chats.unread(3), "3 unread");
  assert.equal(words.close, "Close");
  assert.equal(words.language, "de");
  speak({});
});

test("a list of words is one word", () => {
  assert.deepEqual(words.days.slice(1), ["Tuesday"]);
  speak({ days: ["Montag", "Dienstag"] });
  assert.deepEqual(words.days, ["Montag", "Dienstag"]);
  speak({});
});

test("a name from right to left is isolated, and any other stays what it is", () => {
  assert.equal(apart("אבגד (1)!"), "\u2068אבגד (1)!\u2069");
  assert.equal(apart("سارة"), "\u2068سارة\u2069");
  for (const name of ["Anna (1)!", "李小龙", "Ида", "👩‍👩‍👧", ""]) assert.equal(apart(name), name);
});

test("whatever is put into a sentence of the catalogue is set apart, and what is no text is left alone", () => {
  const english = {
    asks: { remove: (name, count) => `Remove ${name}, ${typeof count} ${count}` },
    plain: "Remove",
  };
  const strings = live(english);
  assert.equal(strings.asks.remove("אב!", 3), "\u200eRemove \u2068אב!\u2069, number 3");
  assert.equal(strings.asks.remove("Anna", 3), "Remove Anna, number 3");
  assert.equal(strings.plain, "Remove");
});

test("a sentence is the same function each time it is read", () => {
  const strings = live({ hello: (name) => `Hello ${name}` });
  assert.equal(strings.hello, strings.hello);
});
