// Where something is said, as one string.

import assert from "node:assert/strict";
import { test } from "node:test";
import { isThread, splitAddress, threadIn } from "../../../pwa/protocol/address.js";

test("a thread's address names its conversation and its first message", () => {
  const address = threadIn("room.raaaaaaaaaaaaa", 7);
  assert(isThread(address));
  assert.deepEqual(splitAddress(address), { conversation: "room.raaaaaaaaaaaaa", thread: 7 });
});

test("a conversation is its own address, and no thread", () => {
  assert(!isThread("directory"));
  assert.deepEqual(splitAddress("directory"), { conversation: "directory", thread: 0 });
});
