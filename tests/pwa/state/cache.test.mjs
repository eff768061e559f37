// The cache: what was there is there again, only what changed is written, and another store's past is forgotten.

import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { openDB } from "idb";
import { openCache } from "../../../pwa/state/cache.js";
import { withEvents } from "../../../pwa/state/pages.js";
import { emptyWorld } from "../../../pwa/state/world.js";
import { ANNA, BEN, DIRECT } from "../events.mjs";
import { House } from "../house.mjs";

let names = 0;
let name = "";
beforeEach(() => {
  names += 1;
  name = `test-${names}`;
});

function kept(messages) {
  const house = new House();
  house.say("created");
  for (let said = 0; said < messages; said++) house.say("sent", BEN, `text ${said}`);
  const conversation = withEvents(emptyWorld(ANNA), house.events).conversations[DIRECT];
  const ben = { id: BEN, name: "Ben", about: "", avatar: "", host: false, removed: false };
  return {
    who: { me: ANNA, device: "d1" },
    epoch: "e1",
    directory: 4,
    blocked: ["p2"],
    owed: [{ conversation: DIRECT, read: 2, delivered: 2 }],
    preferences: { [DIRECT]: { notify: "none", muted_until: 0, previews: true, seq: 3 } },
    people: [ben],
    conversations: [{ conversation, have: house.head }],
  };
}

test("an empty cache knows nobody", async () => {
  const cache = await openCache(name);
  const { who, epoch, conversations, people } = await cache.read();
  assert.deepEqual([who, epoch, conversations, people], [null, "", [], []]);
});

test("what was written is read again after a reload", async () => {
  const before = kept(3);
  await (await openCache(name)).write(before);
  assert.deepEqual(await (await openCache(name)).read(), before);
});

test("of a long conversation the newest are kept, as a window that knows there is more", async () => {
  await (await openCache(name)).write(kept(250));
  const { conversation, have } = (await (await openCache(name)).read()).conversations[0];
  assert.deepEqual(
    [conversation.entries.length, conversation.first, conversation.older, have],
    [100, 152, true, 251],
  );
  assert.equal(conversation.entries[0].seq, conversation.first);
});

test("only what changed is written again", async (context) => {
  const cache = await openCache(name);
  const before = kept(3);
  await cache.write(before);
  const put = context.mock.method(IDBObjectStore.prototype, "put");
  await cache.write(before);
  const stores = put.mock.calls.map((call) => call.this.name);
  assert.deepEqual([...new Set(stores)], ["kept"]);
});

test("what is no longer known is no longer kept, also of what an earlier page had written", async () => {
  await (await openCache(name)).write(kept(3));
  const cache = await openCache(name);
  await cache.read();
  await cache.write({ ...kept(0), epoch: "e2", people: [], conversations: [] });
  const { epoch, people, conversations } = await (await openCache(name)).read();
  assert.deepEqual([epoch, people, conversations], ["e2", [], []]);
});

test("the outbox's shelf keeps its items, files and all, until they are removed", async () => {
  const { outbox } = await openCache(name);
  const files = [{ blob: new Blob(["bytes"]), name: "x", location: "/api/files/f1", id: "" }];
  const item = { nonce: "n1", conversation: DIRECT, text: "hi", files, at: 1, order: 1, error: "" };
  await outbox.put(item);
  const [there] = await (await openCache(name)).outbox.all();
  assert.deepEqual([there.text, there.files[0].location], ["hi", "/api/files/f1"]);
  await outbox.remove("n1");
  assert.deepEqual(await outbox.all(), []);
});

const piece = (id, at) => ({
  id,
  at,
  conversation: DIRECT,
  begun: 1,
  blob: new Blob(["x"]),
  ms: 1,
});

test("recordings are kept piece by piece, made whole, and removed without touching another", async () => {
  const { recordings } = await openCache(name);
  for (const row of [piece("r1", 1), piece("r1", 0), piece("r10", 0)]) await recordings.put(row);
  const there = async () => (await recordings.all()).map(({ id, at }) => `${id} ${at}`);
  assert.deepEqual(await there(), ["r1 0", "r1 1", "r10 0"]);
  await recordings.settle(piece("r1", 0));
  assert.deepEqual(await there(), ["r1 0", "r10 0"]);
  await recordings.remove("r1");
  assert.deepEqual(await there(), ["r10 0"]);
});

test("a newer page finds what an older one had kept, and has a place for recordings", async () => {
  const places = ["kept", "people", "conversations", "outbox"];
  const older = await openDB(name, 2, {
    upgrade: (fresh) => places.map((place) => fresh.createObjectStore(place)),
  });
  await older.put("kept", "e1", "epoch");
  await older.put("outbox", { nonce: "n1" }, "n1");
  older.close();
  const cache = await openCache(name);
  assert.equal((await cache.read()).epoch, "e1");
  assert.equal((await cache.outbox.all()).length, 1);
  assert.deepEqual(await cache.recordings.all(), []);
});

test("forgetting the server's past leaves alone what waits to be sent; signing out leaves nothing", async () => {
  const cache = await openCache(name);
  await cache.write(kept(3));
  await cache.outbox.put({ nonce: "n1", files: [] });
  await cache.recordings.put(piece("r1", 0));
  const waits = async () => [
    (await cache.outbox.all()).length,
    (await cache.recordings.all()).length,
  ];
  await cache.clear({ all: false });
  assert.equal((await cache.read()).conversations.length, 0);
  assert.deepEqual(await waits(), [1, 1]);
  await cache.clear({ all: true });
  assert.deepEqual(await waits(), [0, 0]);
});

test("where storage is refused there is no cache, and no error", async (context) => {
  context.mock.method(indexedDB, "open", () => {
    throw new DOMException("refused", "SecurityError");
  });
  assert.equal(await openCache(name), null);
});
