// The window and the summary of a conversation, as events and rows leave them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { messageEntry } from "../../../pwa/state/entries.js";
import { withEvents, withRowOf } from "../../../pwa/state/pages.js";
import { emptyWorld } from "../../../pwa/state/world.js";
import { ANNA, BEN, DIRECT, mark } from "../events.mjs";
import { House } from "../house.mjs";

const after = (house) => withEvents(emptyWorld(ANNA), house.events);

test("others' messages are unread until the mark is there; one's own move it", () => {
  const house = new House();
  house.say("created");
  for (const text of ["one", "two", "three"]) house.say("sent", BEN, text);
  let world = after(house);
  assert.equal(world.conversations[DIRECT].unread, 3);
  world = withEvents(world, [mark(ANNA, 3)]);
  assert.equal(world.conversations[DIRECT].unread, 1);
  world = withEvents(world, [house.say("sent", ANNA, "yes")]);
  assert.equal(world.conversations[DIRECT].unread, 0);
});

test("unread is counted to 100 and no further, and counted out again from there", () => {
  const house = new House();
  house.say("created");
  for (let said = 0; said < 150; said++) house.say("sent", BEN, "x");
  let world = after(house);
  assert.equal(world.conversations[DIRECT].unread, 100);
  world = withEvents(world, [mark(ANNA, 30)]);
  assert.equal(world.conversations[DIRECT].unread, 100);
  world = withEvents(world, [mark(ANNA, 100)]);
  assert.equal(world.conversations[DIRECT].unread, 51);
});

test("what a row already counts is not counted again when it is pulled", () => {
  const house = new House();
  house.say("created");
  house.say("sent", BEN, "one");
  const before = after(house);
  const missed = [house.say("sent", BEN, "two"), house.say("sent", BEN, "three")];
  const listed = withRowOf(before, house.row(ANNA));
  assert.equal(listed.conversations[DIRECT].unread, 3);
  assert.equal(listed.conversations[DIRECT].entries.length, 1);
  const pulled = withEvents(listed, missed);
  assert.equal(pulled.conversations[DIRECT].unread, 3);
  assert.equal(pulled.conversations[DIRECT].entries.length, 3);
});

test("a row that is older than what we know only brings its marks", () => {
  const house = new House();
  house.say("created");
  house.say("sent", ANNA, "one");
  house.mark(BEN, 2);
  const stale = house.row(ANNA);
  const world = withRowOf(withEvents(after(house), [house.say("sent", BEN, "two")]), stale);
  assert.equal(world.conversations[DIRECT].last.text, "two");
  assert.deepEqual(world.conversations[DIRECT].marks[BEN].read, 3);
});

test("a mark of ours that the server has not got yet keeps the badge away", () => {
  const house = new House();
  house.say("created");
  house.say("sent", BEN, "one");
  const seen = withEvents(after(house), [mark(ANNA, 2)]);
  assert.equal(withRowOf(seen, house.row(ANNA)).conversations[DIRECT].unread, 0);
});

test("an answer knows in whose thread it lies, another message that it lies in none", () => {
  assert.equal(messageEntry({ seq: 5, target: 3 }).under, 3);
  assert.equal(messageEntry({ seq: 5 }).under, 0);
});
