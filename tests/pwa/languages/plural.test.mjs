import assert from "node:assert/strict";
import { test } from "node:test";
import { counting } from "../../../pwa/languages/plural.js";

test("a number asks for its form of the noun", () => {
  const count = counting("en");
  const forms = { one: "message", other: "messages" };
  assert.deepEqual(
    [0, 1, 2].map((n) => count(n, forms)),
    ["0 messages", "1 message", "2 messages"],
  );
});

test("each language has its own forms and its own numbers", () => {
  const count = counting("pl");
  const forms = { one: "plik", few: "pliki", many: "plików", other: "pliku" };
  assert.deepEqual(
    [1, 3, 5].map((n) => count(n, forms)),
    ["1 plik", "3 pliki", "5 plików"],
  );
  assert.equal(counting("de")(12_000, { one: "Byte", other: "Bytes" }), "12.000 Bytes");
});

test("a form that the language has and the forms lack is the general one", () => {
  assert.equal(counting("es")(1_000_000, { one: "byte", other: "bytes" }), "1.000.000 bytes");
});
