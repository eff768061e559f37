// What the server says of itself: its version when it can be asked, and nothing when not.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { serverVersion } from "../../../pwa/state/health.js";

const { fetch } = globalThis;
afterEach(() => {
  globalThis.fetch = fetch;
});

test("the version is what the health document says", async () => {
  globalThis.fetch = async (path) => {
    assert.equal(path, "/health");
    return Response.json({ status: "ok", version: "2026.1" });
  };
  assert.equal(await serverVersion(), "2026.1");
});

test("a server that cannot be asked has no version, and nobody is told off", async () => {
  globalThis.fetch = async () => {
    throw new TypeError("no network");
  };
  assert.equal(await serverVersion(), "");
});

test("a page in between that is no health document has no version either", async () => {
  globalThis.fetch = async () => new Response("<h1>Sign in to the hotel</h1>");
  assert.equal(await serverVersion(), "");
});
