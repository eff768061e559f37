// What went wrong always has a sentence for people.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Lost, Refused } from "../../../pwa/protocol/errors.js";

test("a refusal without words still says what to do", () => {
  const { code, message, field } = new Refused({});
  assert.deepEqual([code, field], ["internal", ""]);
  assert.match(message, /Try again\.$/);
});

test("a lost connection says so", () => {
  assert.match(new Lost().message, /no connection/);
});
