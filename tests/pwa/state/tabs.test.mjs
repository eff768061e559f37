// Of several tabs one owns outbox and cache; where there are no locks each does.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { askOwnership, owner } from "../../../pwa/state/tabs.js";

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
