// One's own vote on its way.

import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { disconnect } from "../../../pwa/state/connection.js";
import { closePoll, pressed, vote, withBallot } from "../../../pwa/state/voting.js";
import { refusal, wishes } from "../../../pwa/state/wishes.js";
import { About } from "../about.mjs";
import { ANNA, BEN, DIRECT } from "../events.mjs";
import { online } from "../online.mjs";

const poll = { options: ["yes", "no"], multiple: false };

beforeEach(() => {
  wishes.value = [];
  refusal.value = "";
});
afterEach(disconnect);

const shown = (entry) => withBallot(entry, wishes.value, ANNA);
const counts = ({ votes }) => votes.slice(0, 2).map(({ count }) => count);

test("it shows at once and is gone from here when the server has it", async () => {
  const { server } = await online();
  const { entry } = new About({ poll });
  const sent = vote(DIRECT, entry.seq, [1]);
  assert.deepEqual(shown(entry).chosen, [1]);
  assert.deepEqual(counts(shown(entry)), [0, 1]);
  await sent;
  assert.deepEqual(wishes.value, []);
  const [{ conversation, target, choices }] = server.bodies("poll.vote");
  assert.deepEqual([conversation, target, choices], [DIRECT, entry.seq, [1]]);
});

test("what has come already is not counted twice, and others' votes stay", async () => {
  await online();
  const about = new About({ poll });
  about.say("vote.changed", { choices: [0], before: [] }, BEN);
  const sent = vote(DIRECT, about.target, [0]);
  about.say("vote.changed", { choices: [0], before: [] }, ANNA);
  assert.deepEqual(counts(shown(about.entry)), [2, 0]);
  await sent;
});

test("the latest choice is what shows, and none in a poll that is closed", async () => {
  await online();
  const about = new About({ poll });
  const sent = Promise.all([vote(DIRECT, about.target, [0]), vote(DIRECT, about.target, [1])]);
  assert.deepEqual(shown(about.entry).chosen, [1]);
  about.say("poll.closed", {}, ANNA);
  assert.deepEqual(shown(about.entry).chosen, []);
  await sent;
});

test("without a connection the choice shows, and is sent later", async () => {
  const about = new About({ poll });
  const sent = vote(DIRECT, about.target, [0]);
  assert.deepEqual([shown(about.entry).chosen, refusal.value], [[0], ""]);
  const { server } = await online();
  await sent;
  assert.deepEqual(server.bodies("poll.vote").at(-1).choices, [0]);
});

test("a poll that cannot be closed now says so", async () => {
  await closePoll(DIRECT, 7);
  assert.notEqual(refusal.value, "");
});

test("closing asks the server", async () => {
  const { server } = await online();
  await closePoll(DIRECT, 7);
  const [{ conversation, target }] = server.bodies("poll.close");
  assert.deepEqual([conversation, target], [DIRECT, 7]);
});

test("a press takes the other's place, or turns one of several", () => {
  assert.deepEqual(pressed([0], 1, false), [1]);
  assert.deepEqual(pressed([1], 0, true), [0, 1]);
  assert.deepEqual(pressed([0, 1], 0, true), [1]);
});
