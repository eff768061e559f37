// Who is being called into the call of a room, and who has missed it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { calledIn, hasMissed, NOBODY_CALLED } from "../../../pwa/state/gathering-called.js";
import { callLine, RING } from "../../../pwa/state/gatherings.js";
import { ME } from "./call-house.mjs";
import { BEN, going } from "./gathering-house.mjs";

const AT = 1_000_000;
const [CLEO, DORA] = ["pcleo", "pdora"];
const ROOM_OF = [BEN, CLEO, DORA];

/** A call that rang at AT, begun by oneself. */
const rang = (people, more = {}) =>
  going([[ME, "dhere"], ...people], { ring: true, began: ME, at: AT, ...more });

const called = (on, now = AT, been = []) => calledIn(on, ROOM_OF, new Set(been), now);

test("everybody in the room is called, but who is in the call already", () => {
  const on = rang([[BEN, "dben"]]);
  assert.deepEqual(called(on), { people: [CLEO, DORA], until: AT + RING });
});

test("nobody is after 45 seconds, whichever way the clocks differ", () => {
  assert.deepEqual(called(rang([]), AT + RING - 1).people, ROOM_OF);
  assert.deepEqual(called(rang([]), AT + RING), NOBODY_CALLED);
  assert.deepEqual(called(rang([]), AT - RING), NOBODY_CALLED);
});

test("nor is anybody in one that was opened quietly, or that all are in", () => {
  assert.deepEqual(called(rang([], { ring: false })), NOBODY_CALLED);
  const all = ROOM_OF.map((person) => [person, `d${person}`]);
  assert.deepEqual(called(rang(all)), NOBODY_CALLED);
});

test("who came and left, or was put out, is not called again", () => {
  assert.deepEqual(called(rang([]), AT, [CLEO]).people, [BEN, DORA]);
  assert.deepEqual(called(rang([], { barred: [BEN] })).people, [CLEO, DORA]);
});

test("nor is who began it, should they have left", () => {
  const on = going([[ME, "dhere"]], { ring: true, began: BEN, at: AT });
  assert.deepEqual(called(on).people, [CLEO, DORA]);
});

test("who was called by name is called, whoever they are, until they are in it", () => {
  const byName = (at) => ({ called: [{ person: "peve", by: BEN, at }], ring: false });
  assert.deepEqual(called(rang([], byName(AT + 9)), AT + 10), {
    people: ["peve"],
    until: AT + 9 + RING,
  });
  assert.deepEqual(called(rang([["peve", "d1"]], byName(AT))), NOBODY_CALLED);
  assert.deepEqual(called(rang([], byName(AT)), AT + RING), NOBODY_CALLED);
});

test("who left is called again when somebody calls them by name", () => {
  const on = rang([], { called: [{ person: CLEO, by: BEN, at: AT }], ring: false });
  assert.deepEqual(called(on, AT, [CLEO]).people, [CLEO]);
});

test("who was rung, by name or with the whole room, and did not come has missed the call", () => {
  const over = (more) => callLine("call.closed", { call: "c1", people: [CLEO], ...more }).call;
  assert.equal(hasMissed(over({ ring: true }), BEN), true);
  assert.equal(hasMissed(over({ called: [BEN] }), BEN), true);
  assert.equal(hasMissed(over({ called: [DORA] }), BEN), false);
  assert.equal(hasMissed(over({}), BEN), false);
  assert.equal(hasMissed(over({ ring: true }), CLEO), false);
  assert.equal(hasMissed(over({ called: [CLEO] }), CLEO), false, "came, and was called back later");
  const out = over({ ring: true, barred: [BEN] });
  assert.deepEqual([hasMissed(out, BEN), hasMissed(out, DORA)], [false, true], "put out");
});

test("who came into the room after it rang has missed only what they were called into by name", () => {
  const over = (more) => callLine("call.closed", { call: "c1", people: [CLEO], ...more }).call;
  const rang = over({ ring: true, opened: 7 });
  assert.deepEqual([hasMissed(rang, BEN, 6), hasMissed(rang, BEN, 8)], [true, false]);
  assert.equal(hasMissed(over({ ring: true, opened: 7, called: [BEN] }), BEN, 8), true);
  assert.equal(hasMissed(over({ ring: true }), BEN, 8), true, "kept from before that was told");
});
