// One's own reactions on their way, as a message shows them.

import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { disconnect } from "../../../pwa/state/connection.js";
import { react, withAsked } from "../../../pwa/state/reacting.js";
import { wishes } from "../../../pwa/state/wishes.js";
import { About } from "../about.mjs";
import { settle } from "../clock.mjs";
import { ANNA, DIRECT } from "../events.mjs";
import { online } from "../online.mjs";

beforeEach(() => {
  wishes.value = [];
});
afterEach(disconnect);

const shown = (entry) => withAsked(entry, wishes.value, ANNA);

test("it shows at once, and is asked of the server", async () => {
  const { server } = await online();
  const { entry } = new About();
  const sent = react(DIRECT, entry.seq, "👍", true);
  assert.deepEqual(shown(entry).mine, ["👍"]);
  assert.deepEqual(shown(entry).reactions, [{ emoji: "👍", tally: { count: 1, people: [ANNA] } }]);
  await sent;
  const [{ conversation, target, emoji, on }] = server.bodies("reaction.set");
  assert.deepEqual([conversation, target, emoji, on], [DIRECT, entry.seq, "👍", true]);
});

test("what has come already is not counted twice", async () => {
  await online();
  const about = new About();
  const sent = react(DIRECT, about.target, "👍", true);
  about.say("reaction.changed", { emoji: "👍", on: true }, ANNA);
  assert.equal(shown(about.entry).reactions[0].tally.count, 1);
  await sent;
});

test("each emoji is wanted for itself", async () => {
  const { server } = await online();
  const sent = react(DIRECT, 2, "👍", true);
  react(DIRECT, 2, "👍", false);
  react(DIRECT, 2, "🎉", true);
  await sent;
  await settle();
  assert.deepEqual(
    server.bodies("reaction.set").map(({ emoji, on }) => [emoji, on]),
    [
      ["👍", true],
      ["🎉", true],
      ["👍", false],
    ],
  );
});

test("what is wanted of another message changes nothing", () => {
  const { entry } = new About();
  react(DIRECT, entry.seq + 1, "👍", true);
  assert.equal(shown(entry), entry);
});
