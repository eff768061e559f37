// Whom one has blocked: told by one's own conversation and with a resume, and by nobody else.

import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { apply } from "../../../pwa/state/apply.js";
import {
  block,
  blockedPeople,
  isBlocked,
  isFolded,
  unblock,
  unfolded,
  withBlocked,
} from "../../../pwa/state/blocks.js";
import { disconnect } from "../../../pwa/state/connection.js";
import { withOpened } from "../../../pwa/state/pages.js";
import { change, emptyWorld, world } from "../../../pwa/state/world.js";
import { ANNA, BEN, DIRECT } from "../events.mjs";
import { House } from "../house.mjs";
import { online } from "../online.mjs";

beforeEach(() => {
  world.value = emptyWorld(ANNA);
});
afterEach(disconnect);

const changed = (seq, person, blocked) => ({ conversation: `own.${ANNA}`, seq, person, blocked });

test("a block on another device counts here, and its end too", () => {
  world.value = apply(world.value, "block.changed", changed(3, BEN, true));
  assert.equal(isBlocked(BEN).value, true);
  world.value = apply(world.value, "block.changed", changed(4, BEN, true));
  assert.deepEqual(blockedPeople.value, [BEN]);
  world.value = apply(world.value, "block.changed", changed(5, BEN, false));
  assert.equal(isBlocked(BEN).value, false);
});

test("old state and events are a fresh state, in whichever order people were blocked", () => {
  const events = [
    changed(2, "p9", true),
    changed(3, BEN, true),
    changed(4, "p9", false),
    changed(5, "p1", true),
  ];
  const folded = events.reduce((before, body) => apply(before, "block.changed", body), world.value);
  const opened = new House().opened(ANNA);
  const row = { ...opened.row, conversation: `own.${ANNA}`, kind: "own" };
  const told = { ...opened, row, devices: [], blocked: ["p1", BEN].sort() };
  const fresh = withOpened(emptyWorld(ANNA), told);
  assert.deepEqual(folded.blocked, fresh.blocked);
});

test("blocking and unblocking ask the server, and count once it has answered", async () => {
  const { server } = await online();
  await block(BEN);
  assert.deepEqual([isBlocked(BEN).value, server.bodies("person.block")[0].person], [true, BEN]);
  await unblock(BEN);
  assert.deepEqual([isBlocked(BEN).value, server.bodies("person.unblock")[0].person], [false, BEN]);
});

test("a resume says all of them, whatever was remembered", () => {
  change((before) => withBlocked(before, ["p1"]));
  change((before) => withBlocked(before, [BEN]));
  assert.deepEqual([isBlocked("p1").value, isBlocked(BEN).value], [false, true]);
});

test("in rooms and their threads what they say and show is folded until it is asked for, with them alone nothing is", () => {
  change((before) => withBlocked(before, [BEN]));
  const places = ["room.x", "room.x#4", DIRECT, `${DIRECT}#4`];
  assert.deepEqual(
    places.map((id) => isFolded(BEN, id)),
    [true, true, false, false],
  );
  assert.equal(isFolded(ANNA, "room.x"), false);
  const hung = [BEN, ANNA, BEN].map((author, at) => ({ key: `${at}`, author }));
  const keys = (id, asked) => unfolded(hung, id, asked).map(({ key }) => key);
  assert.deepEqual(
    [keys("room.x"), keys("room.x", "2"), keys(DIRECT)],
    [["1"], ["1", "2"], ["0", "1", "2"]],
  );
});
