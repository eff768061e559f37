// A call of a room that rings.

import assert from "node:assert/strict";
import { test } from "node:test";
import { signal } from "@preact/signals-core";
import { RoomRing } from "../../../pwa/state/gathering-ring.js";
import { RING } from "../../../pwa/state/gatherings.js";
import { ME, makeParts } from "./call-house.mjs";
import { BEN, going, ROOM } from "./gathering-house.mjs";

/** A page that follows; `on` stands in the room. */
function page() {
  const { house, parts } = makeParts();
  const busy = signal(false);
  const ring = new RoomRing({ ...parts, busy, isBlocked: (id) => id === "pblocked" });
  const until = new AbortController();
  ring.begin(until.signal);
  const stands = (more) => {
    const on = going([[BEN, "dben"]], { ring: true, at: house.time.now, ...more });
    house.standing.value = [{ conversation: ROOM, on, leads: false }];
  };
  return { house, ring, busy, stands };
}

const rings = ({ ring }) => ring.ringing.value?.call ?? null;

test("a call that begins rings for 45 seconds", () => {
  const here = page();
  here.stands();
  assert.deepEqual(here.ring.ringing.value, {
    conversation: ROOM,
    call: "c1",
    by: BEN,
    named: false,
    video: true,
  });
  here.house.time.pass(RING - 1);
  assert.equal(rings(here), "c1");
  here.house.time.pass(1);
  assert.equal(rings(here), null);
});

test("one that was opened quietly, is one's own, or is old does not", () => {
  for (const more of [
    { ring: false },
    { began: ME },
    { began: "pblocked" },
    { at: 1_000_000 - RING - 1 },
  ]) {
    const here = page();
    here.stands(more);
    assert.equal(rings(here), null);
  }
});

test("it rings no longer once one is in it on any device, or busy", () => {
  const here = page();
  here.stands();
  here.busy.value = true;
  assert.equal(rings(here), null);
  here.busy.value = false;
  assert.equal(rings(here), "c1");
  here.stands({ attendees: [{ person: ME, device: "dtablet", at: 1 }] });
  assert.equal(rings(here), null);
});

test("who was in it and left is not called again", () => {
  const here = page();
  here.stands();
  here.stands({ attendees: [{ person: ME, device: "dtablet", at: 1 }] });
  here.stands();
  assert.equal(rings(here), null);
  const late = page();
  late.stands({ attendees: [{ person: ME, device: "dtablet", at: 1 }] });
  late.stands();
  assert.equal(rings(late), null);
});

test("a no is said once and holds on all devices", () => {
  const here = page();
  here.stands();
  here.ring.decline(here.ring.ringing.value);
  assert.equal(rings(here), null);
  assert.deepEqual(here.house.said("call.decline"), [{ conversation: ROOM, call: "c1" }]);
  const tablet = page();
  tablet.stands();
  tablet.house.tell("call.declined", { conversation: ROOM, call: "another" });
  assert.equal(rings(tablet), "c1");
  tablet.house.tell("call.declined", { conversation: ROOM, call: "c1" });
  assert.equal(rings(tablet), null);
  tablet.stands();
  assert.equal(rings(tablet), null, "it does not begin again");
});

test("a call that is over rings no longer", () => {
  const here = page();
  here.stands();
  here.house.standing.value = [];
  assert.equal(rings(here), null);
});

test("while one is in a call another one waits, and is refused like one that rings", () => {
  const here = page();
  here.stands();
  assert.equal(here.ring.waiting.value, null);
  here.busy.value = true;
  assert.equal(here.ring.waiting.value.call, "c1");
  here.ring.decline(here.ring.waiting.value);
  assert.equal(here.ring.waiting.value, null);
  assert.equal(here.house.said("call.decline").length, 1);
});

test("who is called by name into a call that is on is called, and again when it is done again", () => {
  const here = page();
  const { now } = here.house.time;
  const called = (at) => ({ ring: false, at: 1, called: [{ person: ME, by: "pcleo", at }] });
  here.stands({ ...called(now), called: [{ person: BEN, by: "pcleo", at: now }] });
  assert.equal(rings(here), null, "somebody else is");
  here.stands(called(now));
  const { by, named } = here.ring.ringing.value;
  assert.deepEqual([by, named], ["pcleo", true]);
  here.ring.decline(here.ring.ringing.value);
  here.stands(called(now));
  assert.equal(rings(here), null);
  here.stands(called(now + 1));
  assert.equal(rings(here), "c1");
  here.house.time.pass(RING);
  assert.equal(rings(here), null);
});
