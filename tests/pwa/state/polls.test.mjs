// Polls, as votes leave them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { About } from "../about.mjs";
import { ANNA, BEN } from "../events.mjs";

const asked = () => new About({ poll: { options: ["yes", "no"], multiple: false } });
const counts = (about) => about.entry.votes.slice(0, 2).map(({ count }) => count);

test("a vote moves from one option to another", () => {
  const about = asked();
  about.say("vote.changed", { choices: [0], before: [] }, BEN);
  assert.deepEqual(counts(about), [1, 0]);
  about.say("vote.changed", { choices: [1], before: [0] }, BEN);
  assert.deepEqual(counts(about), [0, 1]);
  assert.deepEqual(about.entry.chosen, []);
});

test("one's own choice is known", () => {
  const about = asked();
  about.say("vote.changed", { choices: [1], before: [] }, ANNA);
  assert.deepEqual(about.entry.chosen, [1]);
});

test("a poll that is closed says so", () => {
  const about = asked();
  about.say("poll.closed", {}, ANNA);
  assert.equal(about.entry.closed, true);
});
