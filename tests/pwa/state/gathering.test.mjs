// What views may do: verbs that reach whatever is loaded, and nothing before.

import assert from "node:assert/strict";
import { test } from "node:test";
import { signal } from "@preact/signals-core";
import {
  doing,
  elsewhereInRoom,
  followGatherings,
  gathering,
  gatheringDesk,
  gatherings,
  ringingRoom,
} from "../../../pwa/state/gathering.js";
import { heardTime } from "../../../pwa/state/server-time.js";
import { remembered, signedOut } from "../../../pwa/state/session.js";
import { blank, emptyWorld, world } from "../../../pwa/state/world.js";
import { going, ROOM } from "./gathering-house.mjs";

test("a verb reaches the desk or who leads, and does nothing while neither is loaded", () => {
  gatheringDesk.value = null;
  doing.leave();
  assert.equal(gathering.value, null);
  const did = [];
  gatheringDesk.value = {
    view: signal(null),
    actions: { leave: () => did.push("leave") },
    leading: { close: () => did.push("close") },
  };
  doing.leave();
  doing.close();
  doing.flip();
  assert.deepEqual(did, ["leave", "close"]);
  gatheringDesk.value = null;
});

test("the calls of the rooms one is in, and whether one leads there", () => {
  const card = { conversation: ROOM, title: "", owner: "pme", moderators: [] };
  const room = { ...blank(ROOM), gathering: going([]), room: /** @type {any} */ (card) };
  const told = (conversation) => {
    world.value = { ...emptyWorld("pme"), conversations: { [ROOM]: conversation } };
    return gatherings.value.map(({ conversation: id, leads }) => [id, leads]);
  };
  assert.deepEqual(told(room), [[ROOM, true]]);
  assert.deepEqual(told({ ...room, room: { ...room.room, owner: "pben" } }), [[ROOM, false]]);
  assert.deepEqual(told({ ...room, out: true }), []);
  assert.deepEqual(told({ ...room, gathering: null }), []);
  world.value = emptyWorld();
});

test("a call wanted before what makes calls was here is begun as soon as it is", () => {
  const engine = { open: async () => {}, allowed: async () => false, close: () => {} };
  const kept = { call: "", startedAt: 0, video: false };
  const memory = { read: () => kept, take: async () => true, note: () => {}, drop: () => {} };
  const until = new AbortController();
  doing.start(ROOM, { video: false });
  followGatherings({ makeEngine: () => /** @type {any} */ (engine), memory }, until.signal);
  assert.deepEqual([gathering.value?.conversation, gathering.value?.phase], [ROOM, "joining"]);
  until.abort();
  assert.equal(gathering.value, null);
});

test("a call that one is in and this page is not is elsewhere: on another device, or in a tab that is gone", () => {
  const card = { conversation: ROOM, title: "", owner: "pben", moderators: [] };
  remembered({ me: "pme", device: "dhere" });
  const told = (attendees, view = null) => {
    const room = { ...blank(ROOM), gathering: going(attendees), room: /** @type {any} */ (card) };
    world.value = { ...emptyWorld("pme"), conversations: { [ROOM]: room } };
    gatheringDesk.value = view && { view: signal(view), actions: {} };
    return (
      elsewhereInRoom.value && [elsewhereInRoom.value.conversation, elsewhereInRoom.value.here]
    );
  };
  assert.deepEqual(told([["pme", "dtablet"]]), [ROOM, false]);
  assert.deepEqual(told([["pme", "dhere"]]), [ROOM, true]);
  assert.equal(told([["pben", "dben"]]), null);
  assert.equal(told([["pme", "dhere"]], /** @type {any} */ ({ call: "c1", phase: "live" })), null);
  gatheringDesk.value = null;
  signedOut("");
  world.value = emptyWorld();
});

test("a room's call rings though this device's clock is a minute off", () => {
  const kept = { call: "", startedAt: 0, video: false };
  const memory = { read: () => kept, take: async () => true, note: () => {}, drop: () => {} };
  const until = new AbortController();
  const at = Date.now() + 60_000;
  heardTime({ at });
  remembered({ me: "pme", device: "dhere" });
  followGatherings(/** @type {any} */ ({ makeEngine: () => null, memory }), until.signal);
  const on = going([["pben", "dben"]], { ring: true, at });
  const card = { conversation: ROOM, title: "", owner: "pben", moderators: [] };
  const room = { ...blank(ROOM), gathering: on, room: /** @type {any} */ (card) };
  world.value = { ...emptyWorld("pme"), conversations: { [ROOM]: room } };
  assert.equal(ringingRoom.value?.call, "c1");
  until.abort();
  heardTime({ at: Date.now() });
  signedOut("");
  world.value = emptyWorld();
});
