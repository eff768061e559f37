// Of several tabs one owns outbox and cache; where there are no locks each does.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import {
  askOwnership,
  askToSound,
  holdRecording,
  look,
  lookedAt,
  owner,
  recordingsHeld,
  speaker,
} from "../../../pwa/state/tabs.js";

const have = (navigator) =>
  Object.defineProperty(globalThis, "navigator", { value: navigator, configurable: true });

beforeEach(() => {
  owner.value = false;
});

test("the tab that gets the lock is the owner, as long as it lives", async () => {
  let held;
  have({ locks: { request: (_name, holds) => (held = holds()) } });
  askOwnership();
  assert.equal(owner.value, true);
  const outcome = await Promise.race([
    held,
    new Promise((resolve) => setImmediate(resolve, "still held")),
  ]);
  assert.equal(outcome, "still held");
});

test("another tab waits until that one closes", () => {
  let grant;
  have({ locks: { request: (_name, holds) => (grant = holds) } });
  askOwnership();
  assert.equal(owner.value, false);
  grant();
  assert.equal(owner.value, true);
});

test("on a plain page, without locks, every tab is an owner", () => {
  have({});
  askOwnership();
  assert.equal(owner.value, true);
});

/** Locks as a browser's tabs share them. */
function locks() {
  const held = [];
  const waiting = [];
  const grant = () => {
    for (const one of [...waiting]) {
      if (held.some(({ name, mode }) => name === one.name && "exclusive" === (mode ?? one.mode)))
        continue;
      waiting.splice(waiting.indexOf(one), 1);
      held.push(one);
      Promise.resolve(one.holds()).then(() => {
        held.splice(held.indexOf(one), 1);
        grant();
      });
    }
  };
  return {
    request: async (name, options, holds = options) => {
      waiting.push({ name, mode: options.mode ?? "exclusive", holds });
      grant();
    },
    query: async () => ({ held: held.map(({ name, mode }) => ({ name, mode })) }),
  };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test("every tab knows which conversation is looked at, in whichever tab", async () => {
  const shared = locks();
  have({ locks: shared });
  const other = await import("../../../pwa/state/tabs.js?other");
  look("direct.a");
  assert.deepEqual([...new Set(await other.lookedAt())], ["direct.a"]);
  look("");
  await settled();
  assert.deepEqual(await other.lookedAt(), [""]);
  other.look("direct.b");
  assert.deepEqual(new Set(await lookedAt()), new Set(["", "direct.b"]));
  look(null);
  other.look(null);
  await settled();
  assert.deepEqual([await lookedAt(), await other.lookedAt()], [[], []]);
});

test("without locks a tab knows of itself", async () => {
  have({});
  look("direct.a");
  assert.deepEqual(await lookedAt(), ["direct.a"]);
  look(null);
  assert.deepEqual(await lookedAt(), []);
});

test("one tab sounds for all, the first that was touched", async () => {
  have({ locks: locks() });
  const other = await import("../../../pwa/state/tabs.js?other");
  speaker.value = other.speaker.value = false;
  other.askToSound();
  askToSound();
  await settled();
  assert.deepEqual([speaker.value, other.speaker.value], [false, true]);
});

test("without locks each tab that was touched sounds", () => {
  have({});
  speaker.value = false;
  askToSound();
  assert.equal(speaker.value, true);
});

test("every tab knows what is being recorded in whichever, until that is over", async () => {
  have({ locks: locks() });
  const other = await import("../../../pwa/state/tabs.js?other");
  const over = holdRecording("r1");
  assert.deepEqual(await other.recordingsHeld(), new Set(["r1"]));
  over();
  await settled();
  assert.deepEqual(await other.recordingsHeld(), new Set());
});

test("without locks nothing is recorded elsewhere", async () => {
  have({});
  holdRecording("r1")();
  assert.deepEqual(await recordingsHeld(), new Set());
});
