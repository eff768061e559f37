// Editing and deleting, as their events leave a message, the list and the badge.

import assert from "node:assert/strict";
import { test } from "node:test";
import { About } from "../about.mjs";
import { ANNA, BEN } from "../events.mjs";

test("a message has its latest words, in the list too", () => {
  const about = new About();
  about.say("message.edited", { text: "Hello!", mentions: [] }, ANNA);
  assert.equal(about.entry.text, "Hello!");
  assert(about.entry.edited > about.entry.at);
  assert.equal(about.conversation.last.text, "Hello!");
});

test("an edit of an older message leaves the list as it is", () => {
  const about = new About();
  about.hear(about.log.sent(BEN, "newer"));
  about.say("message.edited", { text: "Hello!", mentions: [] }, ANNA);
  assert.equal(about.conversation.last.text, "newer");
});

test("nothing is left of what was taken back", () => {
  const about = new About({ files: [{ id: "f1" }] });
  about.say("reaction.changed", { emoji: "👍", on: true });
  about.say("pin.changed", { on: true });
  about.say("message.deleted", { person: ANNA, thread: 0 }, ANNA);
  const { text, files, reactions, deleted } = about.entry;
  assert.deepEqual([text, files, reactions, deleted], ["", [], [], true]);
  assert.deepEqual(about.conversation.pins, []);
  assert.deepEqual([about.conversation.last.text, about.conversation.last.deleted], ["", true]);
});

test("a message that was unread is so no longer when it is gone", () => {
  const about = new About({}, BEN);
  about.hear(about.log.sent(BEN, "two"));
  assert.equal(about.conversation.unread, 2);
  about.say("message.deleted", { person: BEN, thread: 0 });
  assert.equal(about.conversation.unread, 1);
});

test("one that had been read changes no badge", () => {
  const about = new About({}, BEN);
  about.hear(about.log.sent(ANNA, "I read that"));
  about.say("message.deleted", { person: BEN, thread: 0 });
  assert.equal(about.conversation.unread, 0);
});
