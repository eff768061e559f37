// How far a message has come, and who reacted: from marks where they are known, else asked of the server.

import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { disconnect } from "../../../pwa/state/connection.js";
import { reactorsOf, receiptsOf, votersOf } from "../../../pwa/state/receipts.js";
import { blank, emptyWorld, world } from "../../../pwa/state/world.js";
import { ANNA, BEN, DIRECT } from "../events.mjs";
import { online } from "../online.mjs";
import { Server } from "../server.mjs";

const card = (id, name) => ({ id, name, about: "", avatar: "", host: false, removed: false });

beforeEach(() => {
  const direct = { ...blank(DIRECT), marks: { [BEN]: { read: 3, delivered: 5 } } };
  const own = { [ANNA]: { read: 1, delivered: 1 } };
  const large = { ...blank("room.big"), room: { size: 21 }, members: [ANNA, BEN, "c"], marks: own };
  const huge = { ...blank("room.huge"), room: { size: 300 }, members: [], marks: own };
  const small = {
    ...blank("room.small"),
    room: { size: 2 },
    members: [ANNA, BEN],
    marks: { ...own, [BEN]: { read: 3, delivered: 5 } },
  };
  const conversations = {
    [DIRECT]: direct,
    "room.big": large,
    "room.huge": huge,
    "room.small": small,
  };
  world.value = { ...emptyWorld(ANNA), conversations };
});
afterEach(disconnect);

test("between two the marks say it, and nobody is asked", async () => {
  const { server } = await online();
  const one = { count: 1, people: [BEN] };
  const none = { count: 0, people: [] };
  assert.deepEqual(await receiptsOf(DIRECT, 3), { read: one, delivered: none });
  assert.deepEqual(await receiptsOf(DIRECT, 5), { read: none, delivered: one });
  assert.deepEqual(await receiptsOf("room.small", 3), { read: one, delivered: none });
  assert.deepEqual(server.bodies("message.receipts"), []);
});

for (const id of ["room.big", "room.huge"])
  test(`of a large conversation the server says it, with the names: ${id}`, async () => {
    const server = new Server();
    const read = { count: 250, people: ["c"] };
    server.answers["message.receipts"] = () => ({
      read,
      delivered: { count: 0, people: [] },
      people: [card("c", "Carol")],
    });
    await online(server);
    assert.deepEqual((await receiptsOf(id, 9)).read, read);
    assert.equal(world.value.people.c.name, "Carol");
  });

test("who reacted comes page by page, without those who only voted", async () => {
  const server = new Server();
  server.answers["message.stances"] = ({ after }) => ({
    stances: after
      ? [{ person: "d", emoji: ["🎉"], choices: [] }]
      : [
          { person: "c", emoji: ["👍"], choices: [] },
          { person: BEN, emoji: [], choices: [1] },
        ],
    people: [card("c", "Carol")],
    after: after ? "" : "c",
  });
  await online(server);
  const first = await reactorsOf("room.big", 9, "");
  assert.deepEqual([first.people.map(({ person }) => person), first.after], [["c"], "c"]);
  const last = await reactorsOf("room.big", 9, first.after);
  assert.deepEqual([last.people.map(({ person }) => person), last.after], [["d"], ""]);
});

test("who voted comes page by page, without those who only reacted", async () => {
  const server = new Server();
  server.answers["message.stances"] = ({ after }) => ({
    stances: after
      ? [{ person: "d", emoji: [], choices: [0, 1] }]
      : [
          { person: "c", emoji: ["👍"], choices: [] },
          { person: BEN, emoji: [], choices: [1] },
        ],
    people: [card("c", "Carol"), card("d", "Dan")],
    after: after ? "" : "c",
  });
  await online(server);
  const first = await votersOf("room.big", 9, "");
  assert.deepEqual([first.people.map(({ person }) => person), first.after], [[BEN], "c"]);
  const second = await votersOf("room.big", 9, first.after);
  assert.deepEqual([second.people[0].choices, second.after], [[0, 1], ""]);
  assert.equal(world.value.people.d.name, "Dan");
});
