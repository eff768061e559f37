// Calls of rooms: who is in one, what holds in it, and the two lines it leaves.

import assert from "node:assert/strict";
import { test } from "node:test";
import { apply } from "../../../pwa/state/apply.js";
import { letsIn } from "../../../pwa/state/gathering-rights.js";
import { callLine } from "../../../pwa/state/gatherings.js";
import { emptyWorld } from "../../../pwa/state/world.js";
import { ANNA, BEN, frozen } from "../events.mjs";

const ROOM = "room.raaaaaaaaaaaaa";
const CALL = "c1";

/** The room after these events of its call, each [name, author, fields]. */
function after(...events) {
  const world = events.reduce(
    (before, [name, author, fields = {}], at) => {
      const body = {
        conversation: ROOM,
        seq: at + 1,
        author,
        at: at * 1000,
        call: CALL,
        ...fields,
      };
      return frozen(apply(before, name, body));
    },
    frozen(emptyWorld(ANNA)),
  );
  return world.conversations[ROOM];
}

const OPENED = ["call.opened", ANNA, { video: true, ring: true }];
const joined = (person, device) => ["call.joined", person, { device }];

test("who opens a call is in it, and so is who joins, in the order they came", () => {
  const { gathering } = after(OPENED, joined(ANNA, "d1"), joined(BEN, "d2"));
  assert.deepEqual(
    gathering.attendees.map(({ person, device }) => [person, device]),
    [
      [ANNA, "d1"],
      [BEN, "d2"],
    ],
  );
  assert.deepEqual([gathering.began, gathering.video, gathering.ring], [ANNA, true, true]);
});

test("another device of somebody takes their place and keeps their time", () => {
  const { gathering } = after(OPENED, joined(ANNA, "d1"), joined(BEN, "d2"), joined(ANNA, "d3"));
  assert.deepEqual(gathering.attendees[0], { person: ANNA, device: "d3", at: 1000 });
  assert.equal(gathering.attendees.length, 2);
});

test("who leaves may come back, who was put out is barred until let in", () => {
  const begun = [OPENED, joined(ANNA, "d1"), joined(BEN, "d2")];
  const left = after(...begun, ["call.left", BEN, { person: BEN }]).gathering;
  assert.deepEqual([left.attendees.length, left.barred], [1, []]);
  const out = ["call.left", ANNA, { person: BEN, removed: true }];
  assert.deepEqual(after(...begun, out).gathering.barred, [BEN]);
  const grant = ["call.granted", ANNA, { person: BEN, rights: ["speak"] }];
  const back = after(...begun, out, grant).gathering;
  assert.deepEqual([back.barred, back.admitted, back.granted], [[], [BEN], { [BEN]: ["speak"] }]);
  const taken = ["call.granted", ANNA, { person: BEN, admitted: false }];
  const again = after(...begun, out, grant, taken).gathering;
  assert.deepEqual([again.admitted, again.granted], [[], {}]);
});

test("what is left out of a change stays", () => {
  const change = ["call.changed", ANNA, { locked: true, lobby: null, rights: null }];
  const { gathering } = after(OPENED, change, ["call.changed", ANNA, { lobby: true }]);
  assert.deepEqual([gathering.locked, gathering.lobby], [true, true]);
  assert.deepEqual(gathering.rights, ["speak", "show", "share", "write"]);
});

test("a call that is over goes on no longer, and its line says who was there", () => {
  const people = [ANNA];
  const closed = ["call.closed", BEN, { began: ANNA, video: true, seconds: 9, people, ring: true }];
  const { gathering, entries, last } = after(OPENED, joined(ANNA, "d1"), closed);
  assert.equal(gathering, null);
  assert.deepEqual(
    entries.map(({ kind, what }) => [kind, what]),
    [
      ["notice", "opened"],
      ["notice", "closed"],
    ],
  );
  assert.deepEqual(last.call, {
    call: CALL,
    video: true,
    seconds: 9,
    people: [ANNA],
    called: [],
    rang: true,
    barred: [],
    opened: 0,
  });
});

test("what is said of another call changes nothing of this one", () => {
  const other = ["call.joined", BEN, { device: "d2", call: "c0" }];
  const ended = ["call.closed", BEN, { began: ANNA, people: [], call: "c0" }];
  const { gathering } = after(OPENED, other, ended);
  assert.deepEqual([gathering.call, gathering.attendees], [CALL, []]);
});

test("a locked call lets in who leads, who is in it and who was admitted; who was put out only as its owner", () => {
  const lets = (fields, person = BEN, role = "member") => {
    const { gathering } = after(OPENED, joined(ANNA, "d1"), [
      "call.changed",
      ANNA,
      { locked: true, ...fields },
    ]);
    return letsIn(gathering, person, role);
  };
  assert.deepEqual(
    [lets({}), lets({ locked: false }), lets({ locked: false, lobby: true })],
    [false, true, true],
  );
  assert.deepEqual([lets({}, ANNA), lets({}, BEN, "moderator")], [true, true]);
  const began = after(OPENED, joined(BEN, "d2"), [
    "call.changed",
    ANNA,
    { locked: true },
  ]).gathering;
  assert.equal(
    letsIn(began, ANNA, "member"),
    false,
    "who began it and left is not let in for that",
  );
  const admitted = after(
    OPENED,
    ["call.changed", ANNA, { locked: true }],
    ["call.granted", ANNA, { person: BEN }],
  );
  assert.equal(letsIn(admitted.gathering, BEN, "member"), true);
  const out = after(OPENED, ["call.left", ANNA, { person: BEN, removed: true }]).gathering;
  const roles = /** @type {const} */ (["member", "moderator", "owner"]);
  assert.deepEqual(
    roles.map((role) => letsIn(out, BEN, role)),
    [false, false, true],
  );
});

test("who was called by name stands in the call as long as it goes on, called again once, and the last 200 of them", () => {
  const summon = (at, ...people) => ["call.summoned", ANNA, { people, at }];
  const names = ({ gathering }) => gathering.called.map(({ person, at }) => [person, at]);
  const twice = after(OPENED, summon(1, BEN, "pcleo"), summon(100_000, BEN));
  assert.deepEqual(names(twice), [
    ["pcleo", 1],
    [BEN, 100_000],
  ]);
  const many = Array.from({ length: 200 }, (_, at) => `p${at}`);
  const full = after(OPENED, summon(1, BEN), summon(2, ...many)).gathering.called;
  assert.deepEqual([full.length, full[0].person], [200, "p0"]);
});

test("only the beginning and the end of a call are lines of the list", () => {
  assert.equal(callLine("call.joined", {}), null);
  assert.equal(callLine("call.opened", { call: CALL }).what, "opened");
});
