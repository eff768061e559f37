// Calls as the log tells them, in the timeline and above the list.

import assert from "node:assert/strict";
import { test } from "node:test";
import { withEvents, withRowOf } from "../../../pwa/state/pages.js";
import { standingCalls } from "../../../pwa/state/ringing.js";
import { emptyWorld, world } from "../../../pwa/state/world.js";
import { ANNA, BEN, DIRECT } from "../events.mjs";
import { House } from "../house.mjs";

const after = (house) => withEvents(emptyWorld(ANNA), house.events);

test("a call rings, goes on and ends, in its entry and above the list", () => {
  const house = new House();
  house.say("created");
  house.say("rang", BEN);
  let { call, entries } = after(house).conversations[DIRECT];
  assert.deepEqual([call.caller, call.picked_up_by, entries[0].state], [BEN, "", "ringing"]);
  house.say("pickedUp", ANNA, 2);
  ({ call, entries } = after(house).conversations[DIRECT]);
  assert.deepEqual([call.picked_up_by, entries[0].state], ["d2", "going"]);
  house.say("ended", ANNA, 2, BEN);
  const done = after(house).conversations[DIRECT];
  assert.equal(done.call, null);
  assert.deepEqual([done.entries[0].state, done.entries[0].seconds], ["ended", 7]);
  assert.equal(done.last.call, "c1");
});

test("a call that goes through the server is known to, and another one is left alone", () => {
  const house = new House();
  house.say("created");
  house.say("rang", BEN);
  assert.equal(after(house).conversations[DIRECT].call.relayed, false);
  house.say("relayed", "cother");
  assert.equal(after(house).conversations[DIRECT].call.relayed, false);
  house.say("relayed", "c1");
  const { call, entries, last } = after(house).conversations[DIRECT];
  assert.deepEqual([call.relayed, entries.length, last], [true, 1, null]);
});

test("a call that is pulled does not end the one a row already tells of, nor become the last line", () => {
  const house = new House();
  house.say("created");
  const before = after(house);
  const missed = [
    house.say("rang", BEN),
    house.say("pickedUp", ANNA, 2),
    house.say("ended", ANNA, 2, BEN),
    house.say("sent", BEN, "again?"),
    house.say("rang", BEN, "c1"),
  ];
  const pulled = withEvents(withRowOf(before, house.row(ANNA)), missed);
  const { call, last, entries } = pulled.conversations[DIRECT];
  assert.deepEqual([call.seq, call.picked_up_by, last.text], [6, "", "again?"]);
  assert.deepEqual(
    entries.map(({ state }) => state),
    ["ended", undefined, "ringing"],
  );
});

test("every call that rings or goes on is known, from the log or from a row", () => {
  const house = new House();
  house.say("created");
  house.say("rang", BEN);
  world.value = withRowOf(emptyWorld(ANNA), house.row(ANNA));
  assert.deepEqual(
    standingCalls.value.map(({ conversation, call }) => [conversation, call.call]),
    [[DIRECT, "c1"]],
  );
  world.value = withEvents(world.value, [house.say("ended", BEN, 2, BEN, "missed")]);
  assert.deepEqual(standingCalls.value, []);
});
