// Ids are spelt as the protocol's patterns demand.

import assert from "node:assert/strict";
import { test } from "node:test";
import { directId, newId, newNonce, peerIn } from "../../../pwa/protocol/ids.js";

test("a nonce is 22 letters of base64url, and no two are the same", () => {
  const made = Array.from({ length: 500 }, newNonce);
  for (const nonce of made) assert.match(nonce, /^[A-Za-z0-9_-]{22}$/);
  assert.equal(new Set(made).size, made.length);
});

test("a call's id is a c and 13 letters of base32", () => {
  assert.match(newId("c"), /^c[a-z2-7]{13}$/);
});

test("a direct conversation has the same id from both sides", () => {
  assert.equal(directId("pb", "pa"), "direct.pa.pb");
  assert.equal(directId("pa", "pb"), "direct.pa.pb");
});

test("the peer is the other one, and rooms have none", () => {
  assert.equal(peerIn("direct.pa.pb", "pa"), "pb");
  assert.equal(peerIn("direct.pa.pb", "pb"), "pa");
  assert.equal(peerIn("room.r1", "pb"), "");
});
