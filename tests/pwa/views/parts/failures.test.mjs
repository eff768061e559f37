import assert from "node:assert/strict";
import { test } from "node:test";
import { speak } from "../../../../pwa/languages/live.js";
import { sentence } from "../../../../pwa/views/parts/failures.js";

const said = { code: "too-big", field: "", message: "The server's disk has no room." };
const german = {
  language: "de",
  errors: { "too-big": "Zu groß.", "bad-field": "Falsch.", "bad-field about": "Zu lang." },
};

test("in English the server's own sentence is the most exact", () => {
  assert.equal(sentence(said), said.message);
});

test("in another language it is the sentence for the code, and for the field where there is one", () => {
  speak(german);
  assert.equal(sentence(said), "Zu groß.");
  assert.equal(sentence({ code: "bad-field", field: "about", message: "x" }), "Zu lang.");
  assert.equal(sentence({ code: "bad-field", field: "colour", message: "x" }), "Falsch.");
  speak({});
});

test("a sentence of the server's that the language has is said exactly, with its numbers", () => {
  const full = "Voll: # passen hinein, # sind da.";
  speak({ ...german, errors: { ...german.errors, "It is full: it holds #, # came.": full } });
  const said = { code: "too-big", field: "", message: "It is full: it holds 50, 51 came." };
  assert.equal(sentence(said), "Voll: 50 passen hinein, 51 sind da.");
  assert.equal(sentence({ ...said, message: "constructor" }), "Zu groß.");
  speak({});
});

test("a code that is newer than the page is said as the server says it", () => {
  speak(german);
  assert.equal(
    sentence({ code: "not-on-sundays", field: "", message: "Not today." }),
    "Not today.",
  );
  speak({});
});

test("what nobody said anything about still has a sentence", () => {
  assert.match(sentence({ code: "lost", field: "", message: "" }), /no connection/);
  assert.match(sentence({ code: "unheard-of", field: "", message: "" }), /Try again\.$/);
});

test("what the page finds out by itself is said in every language", () => {
  const gone = { code: "unreadable", field: "", message: "" };
  assert.match(sentence(gone), /can no longer be read/);
  speak({ ...german, failures: { unreadable: "Nicht mehr zu lesen." } });
  assert.equal(sentence(gone), "Nicht mehr zu lesen.");
  speak({});
});
