// How much one's own files take: as the server says, and nothing when it cannot be asked.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { usage } from "../../../pwa/state/storage.js";

const { fetch } = globalThis;
afterEach(() => {
  globalThis.fetch = fetch;
});

test("it is as the server says", async () => {
  const said = { used: 12, quota: 50, room: 1000 };
  globalThis.fetch = async (path, { method }) => {
    assert.deepEqual([method, path], ["GET", "/api/files"]);
    return Response.json(said);
  };
  assert.deepEqual(await usage(), said);
});

test("who cannot ask does not know", async () => {
  globalThis.fetch = async () => {
    throw new TypeError("no network");
  };
  assert.equal(await usage(), null);
});
