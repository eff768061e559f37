// Which entries of a log can be seen, found among its days without a list of all of them.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  firstEntry,
  lastEntryBefore,
  lastSaidBefore,
} from "../../../../pwa/views/parts/in-sight.js";

let asked = 0;

/** A box from `top` on, so high, with these attributes. */
const box = (top, height, attributes = {}, name = "") => ({
  attributes,
  classList: { contains: (wanted) => wanted === name },
  hasAttribute: (wanted) => wanted in attributes,
  getBoundingClientRect() {
    asked += 1;
    return { top, bottom: top + height };
  },
});
const said = (seq, top) => box(top, 50, { "data-key": `${seq}`, "data-seq": `${seq}` });
const waiting = (key, top) => box(top, 50, { "data-key": key });
const day = (top, entries) => {
  const last = entries.at(-1).getBoundingClientRect().bottom;
  return { ...box(top, last - top), children: [box(0, 20, {}, "day-name"), ...entries] };
};
const keyOf = (element) => element?.attributes["data-key"] ?? null;

// Three days of a hundred messages, each 50 px high under a name of 20 px that sticks to the top; the last two wait.
const hundred = (from, top) =>
  Array.from({ length: 100 }, (_, at) => said(from + at, top + 50 * at));
const entries = [...hundred(201, 10_060).slice(0, 98), waiting("a", 14_960), waiting("b", 15_010)];
const log = {
  children: [
    day(0, hundred(1, 20)),
    day(5020, hundred(101, 5040)),
    day(10_040, [box(10_060, 0), ...entries]), // the line over what is new has no key
  ],
};

test("the first entry that reaches below a line is found in whichever day it lies", () => {
  const below = (line) => firstEntry(log, ({ bottom }) => bottom > line);
  assert.equal(keyOf(below(0)), "1");
  assert.equal(keyOf(below(20 + 50 * 7)), "8");
  assert.equal(keyOf(below(5020)), "101");
  assert.equal(keyOf(below(10_050)), "201");
  assert.equal(keyOf(below(14_970)), "a");
  assert.equal(below(99_999), null);
});

test("the last that was said above a line is found, and what waits is not said yet", () => {
  const above = (line) => lastSaidBefore(log, ({ top }) => top >= line);
  assert.equal(keyOf(above(21)), "1");
  assert.equal(keyOf(above(5030)), "100");
  assert.equal(keyOf(above(10_060)), "200");
  assert.equal(keyOf(above(99_999)), "298");
  assert.equal(above(0), null);
});

test("the last entry above a line may be one that waits", () => {
  const above = (line) => lastEntryBefore(log, ({ top }) => top >= line);
  assert.equal(keyOf(above(5030)), "100");
  assert.equal(keyOf(above(99_999)), "b");
  assert.equal(above(0), null);
});

test("few are asked where they stand", () => {
  asked = 0;
  firstEntry(log, ({ bottom }) => bottom > 7777);
  assert.ok(asked < 12, `${asked}`);
});
