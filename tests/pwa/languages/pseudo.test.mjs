import assert from "node:assert/strict";
import { test } from "node:test";
import { disguised } from "../../../pwa/languages/pseudo.js";

const english = {
  language: "en",
  save: "Save",
  empty: "",
  chats: { label: "Conversations", of: (name, n) => `${name} wrote ${n} messages` },
};

test("every word is strange, longer and in brackets", () => {
  const { save, chats } = disguised(english, "ltr");
  assert.equal(save, "[Šååṽéé]");
  assert.match(chats.label, /^\[.{17,}\]$/);
  assert.doesNotMatch(chats.label, /[a-z]/i);
});

test("what is put into a sentence stays as it is", () => {
  const said = disguised(english, "ltr").chats.of("Anna", 3);
  assert.ok(said.startsWith("[Anna ŵŕ"), said);
  assert.ok(said.includes(" 3 "), said);
});

test("right to left, each word is turned round and turned back", () => {
  const { label } = disguised(english, "rtl").chats;
  assert.match(label, /^\[\u202e[^\u202c]+\u202c\]$/);
});

test("the language stays one that the platform knows, and nothing stays nothing", () => {
  const { language, empty } = disguised(english, "rtl");
  assert.deepEqual([language, empty], ["en", ""]);
});
