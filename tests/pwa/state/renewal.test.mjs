// When the unit is asked for a new way, and when for another connection.

import assert from "node:assert/strict";
import { test } from "node:test";
import { RENEW, Renewal, TRY } from "../../../pwa/state/renewal.js";
import { Timers } from "../../../pwa/state/timers.js";
import { Time } from "./call-house.mjs";

/** Asked since the last look, as "way" and "anew", once so many ms have passed. */
function made() {
  const time = new Time();
  /** @type {string[]} */ let asked = [];
  const renewal = new Renewal(new Timers(time.later), (anew) => asked.push(anew ? "anew" : "way"));
  const within = (/** @type {number} */ ms) => {
    time.pass(ms);
    const before = asked;
    asked = [];
    return before;
  };
  return { renewal, within };
}

test("a connection that is lost gets a new way after a moment, and again until media flows", () => {
  const { renewal, within } = made();
  renewal.media("connected");
  renewal.media("disconnected");
  assert.deepEqual(within(1999), []);
  assert.deepEqual(within(1), ["way"]);
  assert.deepEqual(within(RENEW), ["way"]);
  renewal.media("connected");
  assert.deepEqual(within(RENEW * 9), []);
});

test("one that fails is not waited for, and one that fails before media flowed is made anew", () => {
  const { renewal, within } = made();
  renewal.media("connected");
  renewal.media("failed");
  assert.deepEqual(within(0), ["way"]);
  renewal.media("failed");
  assert.deepEqual(within(0), ["anew"]);
  assert.deepEqual(within(RENEW), ["way"]); // the new one is given time
});

test("where one after another fails, the first is made anew at once and the others in their time", () => {
  const { renewal, within } = made();
  renewal.media("failed");
  assert.deepEqual(within(0), ["anew"]);
  for (let time = 0; time < 2; time += 1) {
    renewal.media("failed");
    assert.deepEqual(within(RENEW - 1), []);
    assert.deepEqual(within(1), ["anew"]);
  }
  renewal.media("connected");
  renewal.media("failed");
  assert.deepEqual(within(0), ["way"]);
  renewal.media("failed");
  assert.deepEqual(within(0), ["anew"]);
});

test("one over which no media flows is made anew after two new ways, however often", () => {
  const { renewal, within } = made();
  renewal.after(RENEW);
  assert.deepEqual(within(RENEW * 6), ["way", "way", "anew", "way", "way", "anew"]);
});

test("one that neither comes about nor fails is given time, and asked for then", () => {
  const { renewal, within } = made();
  renewal.media("connecting");
  assert.deepEqual(within(TRY - 1), []);
  assert.deepEqual(within(1 + RENEW * 2), ["way", "way", "anew"]);
  renewal.media("connecting"); // another one
  assert.deepEqual(within(TRY - 1), []);
  renewal.media("connected");
  renewal.media("connecting"); // a new way for what flowed
  assert.deepEqual(within(TRY * 2), []);
});

test("one over which media flowed gets new ways only, until it fails", () => {
  const { renewal, within } = made();
  renewal.after(RENEW);
  assert.deepEqual(within(RENEW), ["way"]);
  renewal.media("connected");
  renewal.media("disconnected");
  assert.deepEqual(within(RENEW * 4), ["way", "way", "way", "way"]);
  renewal.media("failed");
  assert.deepEqual(within(RENEW * 2), ["way", "way", "anew"]);
});

test("an offer that comes meanwhile puts it off, but does not mend what failed", () => {
  const { renewal, within } = made();
  renewal.media("failed");
  renewal.after(RENEW * 3);
  assert.deepEqual(within(RENEW * 3 - 1), []);
  assert.deepEqual(within(1), ["anew"]);
});
