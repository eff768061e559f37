// What of the outbox outlives the page: the words of a message from the first moment, its files once they are kept.

import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { Keeping } from "../../../pwa/state/keeping.js";
import { pending, shelfInMemory } from "../../../pwa/state/outbox.js";
import { holdKeeping } from "../../../pwa/state/tabs.js";
import { outboxWith } from "../outboxes.mjs";

const { navigator } = globalThis;
const have = (value) =>
  Object.defineProperty(globalThis, "navigator", { value, configurable: true });

beforeEach(() => {
  pending.value = [];
});
afterEach(() => have(navigator));

function made(parts = {}) {
  const sent = [];
  const deliver = async ({ conversation, text, files }) => {
    sent.push([text, files.length]);
    return { conversation, seq: sent.length, at: 0 };
  };
  return { sent, ...outboxWith({ deliver, ...parts }) };
}

const film = () => new File(["bytes"], "film.mp4");
const shown = () => pending.value.map(({ state, text, files }) => [state, text, files.length]);

/** A disk that takes words at once, and with files does as it is told. */
function disk(withFiles) {
  const shelf = shelfInMemory();
  const { put } = shelf;
  shelf.put = (item) => (item.files.length > 0 ? withFiles(() => put(item)) : put(item));
  return shelf;
}

/** Its files are never done, or never taken. */
const DISKS = {
  "still at it": () => new Promise(() => {}),
  full: () => Promise.reject(new DOMException("", "QuotaExceededError")),
};

test("where the disk is full, one is asked before leaving until the message is delivered", async () => {
  const { clock, outbox, sent } = made({ shelf: disk(DISKS.full) });
  assert.equal(outbox.hasUnkept, false);
  await outbox.add("a", "look", [film()]);
  assert.equal(outbox.hasUnkept, true);
  outbox.open();
  await clock.pass(10);
  assert.deepEqual([sent, outbox.hasUnkept], [[["look", 1]], false]);
});

test("while a large file is kept, one is asked before leaving until it is", async () => {
  let kept = () => {};
  const slowly = (put) =>
    new Promise((done) => {
      kept = () => done(put());
    });
  const { clock, outbox } = made({ shelf: disk(slowly) });
  const adding = outbox.add("a", "look", [film()]);
  await clock.pass(10);
  assert.equal(outbox.hasUnkept, true);
  kept();
  await adding;
  assert.equal(outbox.hasUnkept, false);
});

for (const [how, withFiles] of Object.entries(DISKS)) {
  test(`where the disk is ${how}, the words are there after a reload, and are not sent by themselves`, async () => {
    const shelf = disk(withFiles);
    const { clock, outbox } = made({ shelf });
    outbox.add("a", "look", [film()]);
    await clock.pass(10);
    pending.value = [];
    const again = made({ shelf });
    await again.outbox.load();
    again.outbox.open();
    await again.clock.pass(60_000);
    assert.deepEqual([shown(), again.sent], [[["failed", "look", 0]], []]);
    assert.equal(pending.value[0].error, "unkept");
    assert.equal(again.outbox.hasUnkept, false);
  });
}

test("what is kept whole is whole after a reload, and nobody is asked", async () => {
  const { shelf, outbox } = made();
  await outbox.add("a", "look", [film()]);
  assert.equal(outbox.hasUnkept, false);
  pending.value = [];
  await made({ shelf }).outbox.load();
  assert.deepEqual(shown(), [["queued", "look", 1]]);
});

test("a message that is thrown away while its words are kept does not come back", async () => {
  const { clock, shelf, outbox } = made();
  const adding = outbox.add("a", "look", [film()]);
  await outbox.discard(pending.value[0].nonce);
  await adding;
  await clock.pass(10);
  assert.deepEqual([await shelf.all(), pending.value], [[], []]);
});

test("a recording is kept in one piece: its own shelf has it until then", async () => {
  const { clock, shelf, outbox } = made({ shelf: disk(DISKS["still at it"]) });
  outbox.add("a", "", [film()], { voice: { milliseconds: 1, levels: new Uint8Array() } });
  await clock.pass(10);
  assert.deepEqual(await shelf.all(), []);
  assert.equal(outbox.hasUnkept, true);
});

/** Locks as the tabs of a browser share them, all of them shared ones. */
function locks() {
  const held = new Set();
  return {
    request: async (name, _options, holds) => {
      held.add(name);
      await holds();
      held.delete(name);
    },
    query: async () => ({ held: [...held].map((name) => ({ name })) }),
  };
}

test("what another tab is still keeping is not shown as lost, until it is kept or that tab has gone", async () => {
  have({ locks: locks() });
  const shelf = shelfInMemory();
  await shelf.put({ nonce: "n", files: [], error: "unkept" });
  const keeping = new Keeping(() => shelf);
  const over = holdKeeping("n");
  assert.deepEqual(await keeping.read(), []);
  await over();
  assert.equal((await keeping.read()).length, 1);
});
