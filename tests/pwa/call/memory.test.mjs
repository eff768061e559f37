// Two tabs of one browser, and one of them loaded again.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { tabMemory } from "../../../pwa/call/memory.js";

/** The browser's locks, shared by its tabs. */
class Locks {
  held = new Set();
  request(name, _options, callback) {
    if (this.held.has(name)) return Promise.resolve(callback(null));
    this.held.add(name);
    return Promise.resolve(callback({ name })).then(() => this.held.delete(name));
  }
}

/** One tab's own storage. */
class Storage {
  kept = new Map();
  getItem = (key) => this.kept.get(key) ?? null;
  setItem = (key, value) => this.kept.set(key, value);
  removeItem = (key) => this.kept.delete(key);
}

let locks;

beforeEach(() => {
  locks = new Locks();
  Object.defineProperty(globalThis, "navigator", { value: { locks }, configurable: true });
});

/** Turn to a tab. @param {Storage} storage */
function look(storage) {
  Object.defineProperty(globalThis, "sessionStorage", { value: storage, configurable: true });
}

test("a tab remembers its call over a reload", async () => {
  const storage = new Storage();
  look(storage);
  const memory = tabMemory();
  assert.equal(await memory.take("c1"), true);
  memory.note({ startedAt: 5, video: true });
  locks.held.clear(); // a reload lets go of locks
  assert.deepEqual(tabMemory().read(), { call: "c1", startedAt: 5, video: true });
});

test("a tab that was in no call remembers none", () => {
  look(new Storage());
  assert.equal(tabMemory().read().call, "");
});

test("another tab does not get a call that is held, and gets it when it was let go of", async () => {
  look(new Storage());
  const first = tabMemory();
  await first.take("c1");
  look(new Storage());
  const second = tabMemory();
  assert.equal(await second.take("c1"), false);
  assert.equal(second.read().call, "");
  first.drop();
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(await second.take("c1"), true);
});

test("taking what one holds is no question", async () => {
  look(new Storage());
  const memory = tabMemory();
  await memory.take("c1");
  assert.equal(await memory.take("c1"), true);
});

test("what storage holds of something else is no call", () => {
  const storage = new Storage();
  storage.setItem("parley.call", "{nonsense");
  look(storage);
  assert.equal(tabMemory().read().call, "");
});
