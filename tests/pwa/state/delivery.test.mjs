// What a failure means: try again later, or say why not.

import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Lost, NOT_NOW, Refused } from "../../../pwa/protocol/errors.js";
import { Cancelled, refusalOf } from "../../../pwa/state/delivery.js";

test("a lost line, an upload that was given up and a server that is busy are no refusals", () => {
  const busy = [...NOT_NOW, "too-many", "in-use"].map((code) => new Refused({ code }));
  for (const error of [new Lost(), new Cancelled(), ...busy])
    assert.equal(refusalOf(error), null, error.message);
});

test("a refusal is itself", () => {
  const refused = new Refused({ code: "not-allowed", message: "No." });
  assert.equal(refusalOf(refused), refused);
});

test("what nobody has foreseen is a refusal, and is told to whoever looks for it", () => {
  const told = mock.method(console, "error", () => {});
  for (const error of [new TypeError("x"), new DOMException("x", "AbortError"), undefined])
    assert.equal(refusalOf(error)?.code, "internal");
  assert.equal(told.mock.callCount(), 3);
  mock.restoreAll();
});
