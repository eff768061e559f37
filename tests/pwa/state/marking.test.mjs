// What Ctrl+B and its like do to a text: marks around what is selected, and away again.

import assert from "node:assert/strict";
import { test } from "node:test";
import { lined, marked } from "../../../pwa/state/marking.js";

/** The selection is between the brackets, before and after. */
function done(shown, act) {
  const start = shown.indexOf("[");
  const end = shown.indexOf("]") - 1;
  const text = shown.replace(/[[\]]/g, "");
  const { start: from, end: to, insert, ...now } = act(text, start, end);
  const after = text.slice(0, from) + insert + text.slice(to);
  return `${after.slice(0, now.from)}[${after.slice(now.from, now.to)}]${after.slice(now.to)}`;
}
const bold = (shown) => done(shown, (text, start, end) => marked(text, start, end, "bold"));
const listed = (shown) => done(shown, (text, start, end) => lined(text, start, end, "list"));

test("marks stand around what is selected, spaces left out", () => {
  assert.equal(bold("a [b] c"), "a *[b]* c");
  assert.equal(bold("a[ b ]c"), "a *[b]* c");
});

test("with nothing selected they wait around the caret", () => {
  assert.equal(bold("a []"), "a *[]*");
  assert.equal(bold("a[  ]b"), "a*[  ]*b");
});

test("the same again takes them away", () => {
  assert.equal(bold("a *[b]* c"), "a [b] c");
  assert.equal(bold("a [*b*] c"), "a [b] c");
});

test("each kind has its mark", () => {
  for (const [name, mark] of [
    ["italic", "_"],
    ["strike", "~"],
    ["code", "`"],
  ])
    assert.equal(
      done("[b]", (text, start, end) => marked(text, start, end, name)),
      `${mark}[b]${mark}`,
    );
});

test("whole lines become a list or a quote, and no longer", () => {
  assert.equal(listed("x\na[\nb]c\ny"), "x\n[- a\n- bc]\ny");
  assert.equal(listed("[- a\n- b]"), "[a\nb]");
  assert.equal(
    done("[a]", (text, start, end) => lined(text, start, end, "quote")),
    "[> a]",
  );
});
