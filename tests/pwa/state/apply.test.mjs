// Every event through one pure function; and the law: old state + events == fresh state.

import assert from "node:assert/strict";
import { test } from "node:test";
import { apply } from "../../../pwa/state/apply.js";
import { withEvents, withOpened, withRowOf } from "../../../pwa/state/pages.js";
import { emptyWorld } from "../../../pwa/state/world.js";
import { chance } from "../chance.mjs";
import { ANNA, BEN, DIRECT, frozen, mark } from "../events.mjs";
import { House } from "../house.mjs";

const after = (house, me = ANNA) => withEvents(frozen(emptyWorld(me)), house.events);

/** The window of a conversation from `first` on: what a fresh opening knows too. */
function comparable(conversation, first) {
  const { late: _late, first: _first, older: _older, loaded: _loaded, ...rest } = conversation;
  return { ...rest, entries: rest.entries.filter(({ seq }) => seq >= first) };
}

test("nothing that is given is changed", () => {
  const house = new House();
  house.say("created");
  house.say("sent", ANNA, "hello");
  house.say("rang", BEN);
  house.say("pickedUp", ANNA, 3);
  house.say("ended", ANNA, 3, BEN);
  let world = frozen(emptyWorld(ANNA));
  const passing = [
    mark(BEN, 2),
    { name: "typing.changed", body: { conversation: DIRECT, person: BEN, typing: true } },
    { name: "presence.changed", body: { people: [{ person: BEN, online: true, last_seen: 0 }] } },
    { name: "claim.asked", body: { claim: "q1", device_name: "x", code: "1", expires_at: 1 } },
    { name: "claim.settled", body: { claim: "q1" } },
    {
      name: "person.changed",
      body: { person: BEN, display_name: "Ben", conversation: "directory" },
    },
  ];
  for (const { name, body } of [...house.events, ...passing]) {
    world = frozen(apply(world, name, frozen(body)));
  }
  assert.equal(world.conversations[DIRECT].head, 5);
});

test("an event this page does not know changes nothing, and is said once", (context) => {
  const warn = context.mock.method(console, "warn", () => {});
  const world = emptyWorld(ANNA);
  assert.equal(apply(world, "poll.opened", {}), world);
  assert.equal(apply(world, "poll.opened", {}), world);
  assert.equal(apply(world, "constructor", {}), world);
  assert.equal(warn.mock.callCount(), 2, "once for each name");
});

test("a mark never goes back", () => {
  const house = new House();
  house.say("created");
  house.say("sent", ANNA, "one");
  const world = withEvents(after(house), [mark(BEN, 2), mark(BEN, 1)]);
  assert.deepEqual(world.conversations[DIRECT].marks[BEN], { read: 2, delivered: 2, since: 0 });
});

test("whoever has said it no longer writes", () => {
  const house = new House();
  house.say("created");
  const typing = { conversation: DIRECT, person: BEN, typing: true };
  let world = withEvents(after(house), [{ name: "typing.changed", body: typing }]);
  assert.deepEqual(world.typing[DIRECT], [BEN]);
  world = withEvents(world, [house.say("sent", BEN, "there")]);
  assert.deepEqual(world.typing[DIRECT], []);
});

test("reading to the end clears the badge even of what was never loaded", () => {
  const house = new House();
  house.say("created");
  for (let said = 0; said < 5; said++) house.say("sent", BEN, "x");
  const world = withRowOf(emptyWorld(ANNA), house.row(ANNA));
  assert.equal(world.conversations[DIRECT].unread, 5);
  assert.equal(withEvents(world, [mark(ANNA, 6)]).conversations[DIRECT].unread, 0);
});

/** A random life of the conversation; events of marks are told besides. */
function live(house, random, steps) {
  const told = [];
  const who = () => (random() < 0.5 ? ANNA : BEN);
  for (let step = 0; step < steps; step++) {
    const chosen = random();
    if (house.head === 0) told.push(house.say("created"));
    else if (chosen < 0.6) told.push(house.say("sent", who(), `text ${step}`));
    else if (chosen < 0.8) told.push(house.mark(who(), Math.ceil(random() * house.head)));
    else if (!house.call) told.push(house.say("rang", who(), `c${step}`));
    else if (!house.call.picked_up_by && random() < 0.5) {
      told.push(house.say("pickedUp", who(), house.call.seq, house.call.call));
    } else if (house.call.picked_up_by && !house.call.relayed && random() < 0.5) {
      told.push(house.say("relayed", house.call.call));
    } else {
      const { seq, caller, call } = house.call;
      told.push(house.say("ended", who(), seq, caller, "ended", call));
    }
  }
  return told;
}

test("the law: old state + events == fresh state, for two hundred random lives", () => {
  for (let seed = 1; seed <= 200; seed++) {
    const random = chance(seed);
    const house = new House();
    live(house, random, Math.floor(random() * 60));
    const old = withOpened(emptyWorld(ANNA), house.opened(ANNA, 20));
    const now = withEvents(frozen(old), live(house, random, Math.floor(random() * 60)));
    const fresh = withOpened(emptyWorld(ANNA), house.opened(ANNA, 20)).conversations[DIRECT];
    const { first } = fresh;
    assert.deepEqual(
      comparable(now.conversations[DIRECT], Math.max(first, old.conversations[DIRECT].first)),
      comparable(fresh, Math.max(first, old.conversations[DIRECT].first)),
      `seed ${seed}`,
    );
  }
});
