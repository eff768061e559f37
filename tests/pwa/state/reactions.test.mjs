// Reactions, as their events leave them under a message.

import assert from "node:assert/strict";
import { test } from "node:test";
import { withEvents } from "../../../pwa/state/pages.js";
import { About } from "../about.mjs";
import { ANNA, BEN, DIRECT } from "../events.mjs";

const put = (about, emoji, author, on = true) =>
  about.say("reaction.changed", { emoji, on }, author);

test("a new emoji comes last, and one's own is known", () => {
  const about = new About();
  put(about, "👍", BEN);
  put(about, "🎉", ANNA);
  put(about, "👍", ANNA);
  const { reactions, mine } = about.entry;
  assert.deepEqual(
    reactions.map(({ emoji, tally }) => [emoji, tally.count, tally.people]),
    [
      ["👍", 2, [BEN, ANNA]],
      ["🎉", 1, [ANNA]],
    ],
  );
  assert.deepEqual(mine, ["🎉", "👍"]);
});

test("an emoji that nobody holds is gone", () => {
  const about = new About();
  put(about, "👍", ANNA);
  put(about, "👍", ANNA, false);
  assert.deepEqual([about.entry.reactions, about.entry.mine], [[], []]);
});

test("one that went blank with its message counts for nothing, whoever put it there", () => {
  const about = new About();
  put(about, "👍", BEN);
  put(about, "", BEN, false);
  put(about, "", ANNA);
  const { reactions, mine } = about.entry;
  assert.deepEqual([reactions.map(({ emoji }) => emoji), mine], [["👍"], []]);
});

test("an event that comes again counts once", () => {
  const about = new About();
  const event = put(about, "👍", BEN);
  about.hear(event);
  assert.equal(about.entry.reactions[0].tally.count, 1);
});

test("what is under a message that is not loaded waits for its page", () => {
  const about = new About();
  about.target = 99;
  put(about, "👍", BEN);
  assert.equal(about.conversation.late.length, 1);
});

test("ten thousand under one message are counted, and twenty of them named", () => {
  const about = new About();
  const { target, log } = about;
  const events = Array.from({ length: 10_000 }, (_, at) =>
    log.say("reaction.changed", `p${at}`, { target, emoji: at % 2 ? "👍" : "🎉", on: true }),
  );
  const before = performance.now();
  const after = withEvents(about.world, events);
  assert.ok(performance.now() - before < 3000);
  const { reactions } = after.conversations[DIRECT].entries.find(({ seq }) => seq === target);
  assert.deepEqual(
    reactions.map(({ tally }) => [tally.count, tally.people.length]),
    [
      [5000, 20],
      [5000, 20],
    ],
  );
});
