// What went wrong always has a sentence for people, in their language once somebody knows it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Lost, Refused, sayFailures } from "../../../pwa/protocol/errors.js";

test("a refusal carries the server's own sentence, its code and its field", () => {
  const { code, field, message } = new Refused({ code: "bad-name", message: "No.", field: "name" });
  assert.deepEqual([code, field, message], ["bad-name", "name", "No."]);
});

test("a refusal without anything is a mistake of the server's", () => {
  assert.equal(new Refused({}).code, "internal");
});

test("whoever knows the language says it, of a lost connection too", () => {
  sayFailures(({ code, message }) => `${code}, auf Deutsch (${message})`);
  assert.equal(
    new Refused({ code: "too-big", message: "No." }).message,
    "too-big, auf Deutsch (No.)",
  );
  assert.equal(new Lost().message, "lost, auf Deutsch ()");
});
