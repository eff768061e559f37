// All emoji: what is offered, in which tones, and finding one by a word in the page's language.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, beforeEach, test } from "node:test";
import {
  bringEmojis,
  canonical,
  emojis,
  found,
  GROUPS,
  shaped,
  toned,
} from "../../../pwa/state/emoji.js";

const home = new URL("../../../pwa/vendor/emoji/", import.meta.url);
const read = (name) => JSON.parse(readFileSync(new URL(name, home), "utf8"));
const english = shaped(read("en/compact.json"), read("github.json"));
const faces = (query, all = english) => found(all, query, 8).map(({ emoji }) => emoji);
const plainFetch = globalThis.fetch;
let asked = [];

beforeEach(() => {
  asked = [];
  emojis.value = [];
});
after(() => {
  globalThis.fetch = plainFetch;
});

test("every emoji stands in a group that has a name, and none is a part of another", () => {
  assert.ok(english.length > 1800);
  assert.ok(english.every(({ group }) => GROUPS.includes(group)));
  assert.ok(!english.some(({ emoji }) => emoji === "🏽"));
});

test("hands and people have five tones, others none", () => {
  const [wave] = found(english, "waving hand", 1);
  assert.equal(wave.skins.length, 5);
  assert.equal(toned(wave, 0), "👋");
  assert.equal(toned(wave, 3), "👋🏽");
  const [shake] = found(english, "handshake", 1);
  assert.equal(toned(shake, 5), "🤝🏿");
  assert.equal(toned(found(english, "bear", 1)[0], 3), "🐻");
});

test("a word finds what is called so before what only has to do with it", () => {
  assert.equal(faces("tada")[0], "🎉");
  assert.equal(faces("bear")[0], "🐻");
  assert.equal(faces("+1")[0], "👍");
  assert.ok(faces("laugh").includes("😂"));
  assert.deepEqual(faces("👍"), ["👍"]);
});

test("words may be begun, and many", () => {
  assert.ok(faces("red hea").includes("❤️"));
  assert.ok(faces("smiling_face").length > 0);
});

test("what nothing is called finds nothing", () => {
  for (const query of ["", " ", "_", "qqqq", "<script>"]) assert.deepEqual(faces(query), []);
});

test("German and Spanish words find them too, without their accents", () => {
  assert.ok(faces("hund", shaped(read("de/compact.json"), read("github.json"))).includes("🐶"));
  const spanish = shaped(read("es/compact.json"), read("github.json"));
  assert.ok(faces("corazon", spanish).includes("💘"));
});

test("they are fetched once for a language, and again after a failure", async () => {
  let works = false;
  globalThis.fetch = async (address) => {
    asked.push(address);
    return works
      ? { ok: true, json: async () => read(address.replace("/vendor/emoji/", "")) }
      : { ok: false, status: 503 };
  };
  await assert.rejects(bringEmojis("fr"));
  works = true;
  await Promise.all([bringEmojis("fr"), bringEmojis("en")]);
  assert.equal(asked.length, 4);
  assert.ok(emojis.value.length > 1800);
  await bringEmojis("de");
  assert.ok(asked.includes("/vendor/emoji/de/compact.json"));
});

test("no two look the same: what is a picture anyway carries no selector", () => {
  assert.equal(canonical("👍\ufe0f"), "👍");
  assert.equal(canonical("❤\ufe0f"), "❤\ufe0f");
  assert.ok(english.every(({ emoji }) => emoji === canonical(emoji)));
});
