// Carrying on: one copy to each, no draft touched, and only where one may write.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { draft } from "../../../pwa/state/drafts.js";
import { forward, MOST, reachable } from "../../../pwa/state/forwarding.js";
import { timeline } from "../../../pwa/state/messages.js";
import { pending } from "../../../pwa/state/outbox.js";
import { emptyWorld, world } from "../../../pwa/state/world.js";
import { About } from "../about.mjs";
import { ANNA, BEN, DIRECT } from "../events.mjs";

const card = (id, name) => ({ id, name, about: "", avatar: "", host: false, removed: false });
const rows = () => reachable().map(({ id }) => id);

beforeEach(() => {
  pending.value = [];
  const { world: known } = new About({}, BEN);
  const people = { [ANNA]: card(ANNA, "Anna"), [BEN]: card(BEN, "Ben") };
  world.value = { ...known, people };
});

test("each gets one copy, and what was written there stays", async () => {
  draft(DIRECT).value = "half a thought";
  await forward([DIRECT, "room.x"], DIRECT, 2);
  assert.deepEqual(
    pending.value.map(({ conversation, text, forward: place }) => [conversation, text, place]),
    [DIRECT, "room.x"].map((id) => [id, "", { conversation: DIRECT, seq: 2 }]),
  );
  assert.equal(draft(DIRECT).value, "half a thought");
});

test("no more than so many at once", async () => {
  const many = Array.from({ length: MOST + 1 }, (_, at) => `room.${at}`);
  await forward(many, DIRECT, 2);
  assert.equal(pending.value.length, MOST);
});

test("while it waits it shows what it carries, and whose words they are", async () => {
  await forward([DIRECT], DIRECT, 2);
  const { text, forwarded, seq } = timeline(DIRECT).value.items.at(-1);
  assert.deepEqual([text, forwarded, seq], ["Hello", BEN, 0]);
});

test("whoever is here can be reached, and who was removed cannot", () => {
  assert.deepEqual(rows(), [DIRECT]);
  const removed = { ...card(BEN, "Ben"), removed: true };
  world.value = { ...world.value, people: { ...world.value.people, [BEN]: removed } };
  assert.deepEqual(rows(), []);
});

test("where one may not write nothing is carried to", () => {
  world.value = emptyWorld(ANNA);
  assert.deepEqual(rows(), []);
});
