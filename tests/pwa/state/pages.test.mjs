// What answers carry, put into the world.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  eventsIn,
  withEvents,
  withOpened,
  withPage,
  withPageAround,
  withPageBehind,
} from "../../../pwa/state/pages.js";
import { emptyWorld } from "../../../pwa/state/world.js";
import { ANNA, BEN, DIRECT } from "../events.mjs";
import { House } from "../house.mjs";

const after = (house) => withEvents(emptyWorld(ANNA), house.events);

test("a call comes with its end, wherever that was said", () => {
  const house = new House();
  house.say("created");
  house.say("rang", BEN);
  for (let said = 0; said < 4; said++) house.say("sent", BEN, "x");
  house.say("ended", BEN, 2, BEN, "missed");
  let world = withOpened(emptyWorld(ANNA), house.opened(ANNA, 3));
  assert.equal(world.conversations[DIRECT].entries.length, 3);
  const { first } = world.conversations[DIRECT];
  world = withPage(world, first, house.page(first, 10));
  assert.deepEqual(world.conversations[DIRECT].entries, after(house).conversations[DIRECT].entries);
  assert.equal(world.conversations[DIRECT].entries[0].state, "missed");
  assert.equal(world.conversations[DIRECT].older, false);
});

const reaction = (house, target) =>
  house.log.say("reaction.changed", BEN, { target, emoji: "👍", on: true });

test("what was heard while its page was under way counts once it is there", () => {
  const house = new House();
  house.say("created");
  for (let said = 0; said < 6; said++) house.say("sent", BEN, "x");
  let world = withOpened(emptyWorld(ANNA), house.opened(ANNA, 3));
  const { first } = world.conversations[DIRECT];
  const page = house.page(first, 10);
  world = withEvents(world, [reaction(house, 2)]);
  world = withPage(world, first, page);
  assert.equal(world.conversations[DIRECT].entries[0].reactions[0].tally.count, 1);
  assert.deepEqual(world.conversations[DIRECT].late, []);
});

test("what a page has counted already is not counted again when it is heard", () => {
  const house = new House();
  house.say("created");
  house.say("sent", BEN, "x");
  const event = reaction(house, 2);
  const tally = { count: 1, people: [BEN] };
  const about = { seq: 2, upto: 3, edit: null, reactions: [{ emoji: "👍", tally }], mine: [] };
  const opened = house.opened(ANNA);
  opened.page.about = [{ ...about, votes: [], chosen: [], closed: false }];
  const world = withEvents(withOpened(emptyWorld(ANNA), opened), [event]);
  assert.equal(world.conversations[DIRECT].entries[0].reactions[0].tally.count, 1);
});

test("a window in the middle goes on to the newest, page by page, and nothing is doubled", () => {
  const house = new House();
  house.say("created");
  for (let said = 0; said < 30; said++) house.say("sent", BEN, `${said}`);
  let world = withOpened(emptyWorld(ANNA), house.opened(ANNA, 5));
  world = withPageAround(world, house.pageAfter(9, 5));
  const window = () => world.conversations[DIRECT];
  assert.deepEqual([window().first, window().older, window().newer], [10, true, true]);
  world = withEvents(world, [house.say("sent", BEN, "live")]);
  assert.equal(window().entries.length, 5, "what is said live is not put behind a gap");
  assert.equal(window().last.text, "live");
  while (window().newer) {
    const last = window().entries.at(-1).seq;
    world = withPageBehind(world, last, house.pageAfter(last, 7));
  }
  assert.deepEqual(
    window().entries.map(({ seq }) => seq),
    Array.from({ length: 23 }, (_, at) => at + 10),
  );
});

test("a page that does not know of what was said meanwhile does not reach the newest", () => {
  const house = new House();
  house.say("created");
  for (let said = 0; said < 9; said++) house.say("sent", BEN, "x");
  let world = withOpened(emptyWorld(ANNA), house.opened(ANNA, 3));
  world = withPageAround(world, house.pageAfter(1, 3));
  const page = house.pageAfter(4, 20);
  world = withEvents(world, [house.say("sent", BEN, "live")]);
  world = withPageBehind(world, 4, page);
  assert.equal(world.conversations[DIRECT].newer, true);
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
