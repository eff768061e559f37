// Who is named in a text, and that a name that changes later still leads to its person.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import {
  everyoneNamedIn,
  mayNameEveryone,
  membersOf,
  mentionsAfter,
  mentionsIn,
  namesIn,
} from "../../../pwa/state/mentions.js";
import { blank, emptyWorld, world } from "../../../pwa/state/world.js";
import { ANNA, BEN, DIRECT } from "../events.mjs";

const who = (id, name) => ({ id, name, about: "", avatar: "", host: false, removed: false });
const people = [who("a", "Anna"), who("am", "Anna Maria"), who("b", "Ben")];

beforeEach(() => {
  world.value = {
    ...emptyWorld(ANNA),
    people: { [ANNA]: who(ANNA, "Anna"), [BEN]: who(BEN, "Ben") },
  };
});

test("whom one may name are the others", () => {
  assert.deepEqual(
    membersOf(DIRECT).value.map(({ id }) => id),
    [BEN],
  );
});

test("in a room that does not say who is in it, one may name anybody of the house", () => {
  const id = "room.reveryoneaaaaa";
  const room = { ...blank(id), kind: "room", room: { size: 0 } };
  world.value = { ...world.value, conversations: { [id]: room } };
  assert.deepEqual(
    membersOf(id).value.map((one) => one.id),
    [BEN],
  );
});

test("who was removed is not named", () => {
  world.value = { ...world.value, people: { [BEN]: { ...who(BEN, "Ben"), removed: true } } };
  assert.deepEqual(membersOf(DIRECT).value, []);
});

test("people are named by an @ and their whole name, each once, in order", () => {
  assert.deepEqual(mentionsIn("@ben and @Anna Maria, @Ben!", people), ["b", "am"]);
  assert.deepEqual(mentionsIn("@Anna", people), ["a"]);
});

test("what is not somebody's whole name names nobody", () => {
  for (const text of ["Ben", "@Bend", "x@Ben", "@", "@@", ""])
    assert.deepEqual(mentionsIn(text, people), [], text);
});

test("names that still fit are found where they stand", () => {
  assert.deepEqual(namesIn("@Ben hi", [people[2]]), [{ name: "Ben", person: "b" }]);
  assert.deepEqual(namesIn("@Ben hi", []), []);
});

test("a name that changed leads to its person by its place", () => {
  const renamed = who("b", "Benjamin");
  assert.deepEqual(namesIn("@Anna, @Ben hi", [people[0], renamed]), [
    { name: "Anna", person: "a" },
    { name: "Ben", person: "b" },
  ]);
});

test("where it is not clear who was meant, nobody is", () => {
  assert.deepEqual(namesIn("@x and @Ben", [who("b", "Benjamin")]), []);
});

const WORDS = ["everyone", "all", "alle"];

test("one word names everybody, as it was typed, unless somebody is called that", () => {
  assert.equal(everyoneNamedIn("Hello @Alle, and @ben", people, WORDS), "Alle");
  assert.equal(everyoneNamedIn("@all", people, WORDS), "all");
  for (const text of ["everyone", "@everyones", "x@all", "@Ben", ""])
    assert.equal(everyoneNamedIn(text, people, WORDS), "", text);
  assert.equal(everyoneNamedIn("@alle", [...people, who("x", "Alle")], WORDS), "");
});

test("that word is shown as a name of nobody, and no renamed person's", () => {
  assert.deepEqual(namesIn("@alle hi", [], "alle"), [{ name: "alle", person: "" }]);
  assert.deepEqual(namesIn("@alle and @Ben", [who("b", "Benjamin")], "alle"), [
    { name: "Ben", person: "b" },
    { name: "alle", person: "" },
  ]);
});

test("everybody is called by who leads a room, by anybody where few are, and by nobody between two", () => {
  const id = "room.raaaaaaaaaaaab";
  const may = (card) => {
    const room = {
      ...blank(id),
      kind: "room",
      room: { conversation: id, moderators: [], ...card },
    };
    world.value = { ...world.value, conversations: { [id]: room } };
    return mayNameEveryone(id).value;
  };
  assert.equal(may({ size: 10, owner: BEN }), true);
  assert.equal(may({ size: 11, owner: BEN }), false);
  assert.equal(may({ size: 11, owner: ANNA }), true);
  assert.equal(may({ size: 11, owner: BEN, moderators: [ANNA] }), true);
  assert.equal(mayNameEveryone(`${id}#4`).value, true, "in its threads too");
  assert.equal(mayNameEveryone(DIRECT).value, false);
});

test("no text makes it slow", () => {
  const many = Array.from({ length: 50 }, (_, at) => who(`${at}`, `Name ${at}`));
  const before = performance.now();
  mentionsIn("@".repeat(4000), many);
  namesIn("@Name ".repeat(660), many);
  everyoneNamedIn("@Name ".repeat(660), many, WORDS);
  assert.ok(performance.now() - before < 2000);
});

test("an edit leaves those named whose word still stands, though they are called otherwise or are not listed", () => {
  const cards = [who("a", "Anne"), who("c", "Cleo")];
  world.value = { ...world.value, people: Object.fromEntries(cards.map((one) => [one.id, one])) };
  const said = { text: "@Anna and @Cleo, helo", mentions: ["a", "c"], everyone: "" };
  const after = (text) => mentionsAfter(text, said, people.slice(2));
  assert.deepEqual(after("@Anna and @Cleo, hello"), ["a", "c"]);
  assert.deepEqual(after("@Cleo, @Ben and @Anna, hello"), ["c", "b", "a"]);
  assert.deepEqual(after("@Ben, hello"), ["b"], "whose word is gone is named no more");
});

test("a newcomer of the old name does not take what was said to another", () => {
  world.value = { ...world.value, people: { a: who("a", "Anne") } };
  const said = { text: "@Anna helo", mentions: ["a"], everyone: "" };
  assert.deepEqual(mentionsAfter("@Anna hello", said, [who("a2", "Anna")]), ["a"]);
});
