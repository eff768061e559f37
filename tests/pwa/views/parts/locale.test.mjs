// How things are written follows the page's language, in the reader's region.

import assert from "node:assert/strict";
import { test } from "node:test";
import { speak } from "../../../../pwa/languages/live.js";
import { allOf, inARow, locale, perLocale } from "../../../../pwa/views/parts/locale.js";

const reads = (...languages) =>
  Object.defineProperty(globalThis, "navigator", { value: { languages }, configurable: true });

test("the region is the reader's where the language is the page's", () => {
  reads("de-AT", "en-GB", "en-US");
  assert.equal(locale(), "en-GB");
  speak({ language: "de" });
  assert.equal(locale(), "de-AT");
  speak({ language: "es" });
  assert.equal(locale(), "es");
  speak({});
});

test("what is made for one locale is made once, and anew for another", () => {
  reads("en");
  let made = 0;
  const tag = perLocale((one) => {
    made += 1;
    return one;
  });
  assert.deepEqual([tag(), tag(), made], ["en", "en", 1]);
  speak({ language: "de" });
  assert.deepEqual([tag(), made], ["de", 2]);
  speak({});
});

test("names are listed as the language lists them", () => {
  reads("en-GB");
  assert.equal(allOf(["Anna", "Bob", "Carol"]), "Anna, Bob and Carol");
  assert.equal(inARow(["a.png", "b.png"]), "a.png, b.png");
  speak({ language: "es" });
  assert.equal(allOf(["Ana", "Inés"]), "Ana e Inés");
  speak({});
});
