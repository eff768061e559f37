// What answers carry, put into the world.

import assert from "node:assert/strict";
import { test } from "node:test";
import { eventsIn, withEvents, withOpened, withPage } from "../../../pwa/state/pages.js";
import { emptyWorld } from "../../../pwa/state/world.js";
import { ANNA, BEN, DIRECT } from "../events.mjs";
import { House } from "../house.mjs";

const after = (house) => withEvents(emptyWorld(ANNA), house.events);

test("how a call ended is not lost when its ring is on an older page", () => {
  const house = new House();
  house.say("created");
  house.say("rang", BEN);
  for (let said = 0; said < 4; said++) house.say("sent", BEN, "x");
  house.say("ended", BEN, 2, BEN, "missed");
  let world = withOpened(emptyWorld(ANNA), house.opened(ANNA, 3));
  assert.equal(world.conversations[DIRECT].entries.length, 2);
  const { first } = world.conversations[DIRECT];
  world = withPage(world, first, house.page(first, 2));
  world = withPage(world, world.conversations[DIRECT].first, house.page(3, 10));
  assert.deepEqual(world.conversations[DIRECT].entries, after(house).conversations[DIRECT].entries);
  assert.equal(world.conversations[DIRECT].entries[0].state, "missed");
  assert.deepEqual(world.conversations[DIRECT].late, []);
  assert.equal(world.conversations[DIRECT].older, false);
});

test("a page that was asked for before the window changed is ignored", () => {
  const house = new House();
  house.say("created");
  for (let said = 0; said < 9; said++) house.say("sent", BEN, "x");
  const world = withOpened(emptyWorld(ANNA), house.opened(ANNA, 3));
  assert.deepEqual(withPage(world, 5, house.page(5, 2)).conversations, world.conversations);
});

test("a frame of an answer may hold several events", () => {
  const house = new House();
  house.say("created");
  house.say("sent", BEN, "one");
  const frames = house.page(9, 9).frames;
  const joined = new Uint8Array([...frames[0], ...frames[1]]);
  assert.deepEqual(
    eventsIn([joined]).map(({ body }) => body.seq),
    [1, 2],
  );
});

test("an opening brings the cards of those it names", () => {
  const house = new House();
  house.say("created");
  const ben = { id: BEN, name: "Ben", about: "", avatar: "", host: false, removed: false };
  const world = withOpened(emptyWorld(ANNA), { ...house.opened(ANNA), people: [ben] });
  assert.equal(world.people[BEN].name, "Ben");
});
