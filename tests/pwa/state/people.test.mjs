// People: names in order, colours and letters that stay, and whom this page watches.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { signal } from "@preact/signals-core";
import {
  avatarUrl,
  callStrangers,
  everyone,
  hue,
  initials,
  person,
} from "../../../pwa/state/people.js";
import { emptyWorld, world } from "../../../pwa/state/world.js";

const card = (id, name, more = {}) => ({
  id,
  name,
  about: "",
  avatar: "",
  host: false,
  removed: false,
  ...more,
});

beforeEach(() => {
  const people = [
    card("p1", "Zoë"),
    card("p2", "anna"),
    card("p3", "Gone", { removed: true }),
    card("p4", "Me"),
  ];
  world.value = {
    ...emptyWorld("p4"),
    people: Object.fromEntries(people.map((one) => [one.id, one])),
  };
});

test("everyone is all but oneself and who was removed, by name", () => {
  assert.deepEqual(
    everyone.value.map(({ name }) => name),
    ["anna", "Zoë"],
  );
});

test("who was removed keeps the name in old conversations", () => {
  assert.equal(person("p3").value.name, "Gone");
});

test("somebody nobody told us of has a card all the same, in the language of the page", () => {
  const language = signal("Somebody");
  callStrangers(() => language.value);
  const { name } = person("p9").value;
  language.value = "Jemand";
  assert.deepEqual([name, person("p9").value.name], ["Somebody", "Jemand"]);
});

test("a person's colour is the same everywhere, and a hue", () => {
  assert.equal(hue("pabc"), hue("pabc"));
  for (let at = 0; at < 500; at++) assert(hue(`p${at}`) >= 0 && hue(`p${at}`) < 360);
  assert(new Set(Array.from({ length: 50 }, (_, at) => hue(`p${at * 7919}`))).size > 20);
});

test("initials are the first letters of the first and the last word, in any script", () => {
  assert.deepEqual(["anna", "Anna Maria Berg", "李 小龙", "👋 hi", ""].map(initials), [
    "A",
    "AB",
    "李小",
    "👋H",
    "",
  ]);
});

test("brackets are no initials where there are letters", () => {
  assert.deepEqual(["<i>Tom (Berg)", "אבגד (1)!", "- x -", "(!)"].map(initials), [
    "IB",
    "א1",
    "X",
    "(",
  ]);
});

test("a picture's address is its small copy's", () => {
  assert.deepEqual(
    [avatarUrl(card("p1", "x", { avatar: "f1" })), avatarUrl(card("p1", "x"))],
    ["/api/files/f1/thumbnail", ""],
  );
});
