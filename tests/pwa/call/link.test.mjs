// When to try again, and when to give up.

import assert from "node:assert/strict";
import { test } from "node:test";
import { FIRST_TRY, GIVE_UP, Link, MEND, RETRY } from "../../../pwa/call/link.js";
import { Time } from "../state/call-house.mjs";

function watch({ polite = false } = {}) {
  const time = new Time();
  const seen = { time, offers: 0, stuck: 0, states: /** @type {string[]} */ ([]) };
  const link = new Link({
    polite,
    offer: () => {
      seen.offers += 1;
    },
    stuck: () => {
      seen.stuck += 1;
    },
    changed: (state) => seen.states.push(state),
    later: time.later,
  });
  return { link, seen, time };
}

test("a link that comes up in time is left alone", () => {
  const { link, seen, time } = watch();
  link.settled();
  link.state("connected");
  time.pass(GIVE_UP * 2);
  assert.deepEqual(seen.states, ["connected"]);
  assert.deepEqual([seen.offers, seen.stuck], [0, 0]);
});

test("where no candidate arrives it says so, tries again and then gives up", () => {
  const { link, seen, time } = watch();
  link.settled();
  time.pass(FIRST_TRY);
  assert.deepEqual(seen.states, []);
  assert.deepEqual([seen.offers, seen.stuck], [1, 1]);
  time.pass(RETRY);
  assert.deepEqual(seen.states, ["slow"]);
  assert.deepEqual([seen.offers, seen.stuck], [2, 2]);
  time.pass(GIVE_UP);
  assert.equal(seen.states.at(-1), "unreachable");
});

test("the patience begins with the answer, not before: the other side may still be asked for its camera", () => {
  const { seen, time } = watch();
  time.pass(GIVE_UP * 2);
  assert.deepEqual(seen.states, []);
});

test("a hiccup that passes is not spoken of", () => {
  const { link, seen, time } = watch();
  link.settled();
  link.state("connected");
  link.state("disconnected");
  time.pass(2000);
  link.state("connected");
  time.pass(60_000);
  assert.deepEqual(seen.states, ["connected", "connected"]);
  assert.equal(seen.offers, 0);
});

test("a link that stays away for 3 s is lost, and tried again without end", () => {
  const { link, seen, time } = watch();
  link.settled();
  link.state("connected");
  link.state("disconnected");
  time.pass(3000);
  assert.equal(seen.states.at(-1), "lost");
  assert.deepEqual([seen.offers, seen.stuck], [1, 0]);
  time.pass(MEND);
  assert.deepEqual([seen.offers, seen.stuck], [2, 1]);
  time.pass(RETRY * 100);
  assert.deepEqual([seen.offers, seen.stuck], [102, 101]);
  assert.ok(!seen.states.includes("unreachable"));
});

test("a link that an offer mends is not spoken of as stuck", () => {
  const { link, seen, time } = watch();
  link.settled();
  link.state("connected");
  link.state("failed");
  time.pass(MEND - 1);
  link.state("connected");
  time.pass(MEND * 2);
  assert.equal(seen.stuck, 0);
});

test("a link that failed is tried again at once", () => {
  const { link, seen } = watch();
  link.settled();
  link.state("connected");
  link.state("failed");
  assert.equal(seen.states.at(-1), "lost");
  assert.equal(seen.offers, 1);
});

test("the two sides do not try at the same moment", () => {
  const [one, other] = [watch({ polite: false }), watch({ polite: true })];
  for (const { link, time } of [one, other]) {
    link.settled();
    link.state("connected");
    link.state("disconnected");
    time.pass(3000);
  }
  assert.deepEqual([one.seen.offers, other.seen.offers], [1, 0]);
});

test("another network is a reason to offer again, once there is something to renew", () => {
  const { link, seen } = watch();
  link.moved();
  assert.equal(seen.offers, 0);
  link.settled();
  link.moved();
  assert.equal(seen.offers, 1);
});

test("after the end nothing is tried", () => {
  const { link, seen, time } = watch();
  link.settled();
  link.close();
  time.pass(GIVE_UP * 2);
  assert.deepEqual(seen.states, []);
});
