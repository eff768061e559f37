// Which language is meant, and that each one is what it says it is.

import assert from "node:assert/strict";
import { test } from "node:test";
import { CHOICES, LANGUAGES, meant } from "../../../pwa/languages/known.js";

test("what was chosen is spoken, whatever the browser asks for", () => {
  assert.equal(meant("es", ["de-DE", "en"]), "es");
});

test("with the system's choice it is the first language that the person reads and the app speaks", () => {
  assert.equal(meant("system", ["fr-FR", "de-AT", "en"]), "de");
  assert.equal(meant("system", ["ES-mx"]), "es");
});

test("who reads none of them is spoken to in English", () => {
  assert.equal(meant("system", ["fr"]), "en");
  assert.equal(meant("system", []), "en");
  assert.equal(meant("__proto__", ["de"]), "de");
});

test("nobody meets a pseudo language by accident", () => {
  assert.equal(meant("system", ["qps"]), "en");
  assert.equal(meant("qps-rtl", ["en"]), "qps-rtl");
  assert.deepEqual(CHOICES, ["en", "de", "es"]);
});

test("each catalogue names the language it is in", async () => {
  for (const tag of CHOICES) {
    const { language = "en" } = await LANGUAGES[tag].load();
    assert.equal(language, tag);
  }
});
