// The cache: what was there is there again, only what changed is written, and another store's past is forgotten.

import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
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
    owed: [{ conversation: DIRECT, read: 2, delivered: 2 }],
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

test("forgetting the server's past leaves the outbox alone; signing out leaves nothing", async () => {
  const cache = await openCache(name);
  await cache.write(kept(3));
  await cache.outbox.put({ nonce: "n1", files: [] });
  await cache.clear({ all: false });
  assert.equal((await cache.read()).conversations.length, 0);
  assert.equal((await cache.outbox.all()).length, 1);
  await cache.clear({ all: true });
  assert.equal((await cache.outbox.all()).length, 0);
});

test("where storage is refused there is no cache, and no error", async (context) => {
  context.mock.method(indexedDB, "open", () => {
    throw new DOMException("refused", "SecurityError");
  });
  assert.equal(await openCache(name), null);
});
