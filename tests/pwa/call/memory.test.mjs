// Two tabs of one browser, and one of them loaded again.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { tabMemory } from "../../../pwa/call/memory.js";

/** The browser's locks, shared by its tabs: who asks for one that is held waits for it until its signal says no. */
class Locks {
  held = new Map();
  async request(name, { signal }, callback) {
    while (this.held.has(name)) {
      const refused = new Promise((_, refuse) => {
        signal.addEventListener("abort", () => refuse(signal.reason));
      });
      await Promise.race([this.held.get(name), refused]);
    }
    const holding = callback({ name });
    this.held.set(name, holding);
    await holding;
    this.held.delete(name);
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
let patience;

beforeEach(({ mock }) => {
  locks = new Locks();
  patience = new AbortController();
  mock.method(AbortSignal, "timeout", () => patience.signal);
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
  memory.note({ startedAt: 5, video: true, muted: false });
  locks.held.clear(); // a reload lets go of locks
  assert.deepEqual(tabMemory().read(), { call: "c1", startedAt: 5, video: true, muted: false });
});

test("a tab that was in no call remembers none", () => {
  look(new Storage());
  assert.equal(tabMemory().read().call, "");
});

test("another tab does not get a call that is kept", async () => {
  look(new Storage());
  await tabMemory().take("c1");
  look(new Storage());
  const second = tabMemory();
  const taking = second.take("c1");
  patience.abort();
  assert.equal(await taking, false);
  assert.equal(second.read().call, "");
});

test("another tab gets a call whose tab lets go of it a moment later", async () => {
  look(new Storage());
  const first = tabMemory();
  await first.take("c1");
  look(new Storage());
  const second = tabMemory();
  const taking = second.take("c1");
  first.drop();
  assert.equal(await taking, true);
  assert.equal(second.read().call, "c1");
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
