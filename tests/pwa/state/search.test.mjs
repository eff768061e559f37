// Looking for messages: asked once typing pauses, shown in the order found, and never an answer to what was asked before.

import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { pack, unpack } from "../../../pwa/protocol/codec.js";
import { disconnect } from "../../../pwa/state/connection.js";
import {
  asksForSomething,
  dayStart,
  Finder,
  keyOf,
  NO_FILTERS,
  speakersIn,
} from "../../../pwa/state/search.js";
import { blank, change, emptyWorld, world } from "../../../pwa/state/world.js";
import { settle } from "../clock.mjs";
import { ANNA, BEN, DIRECT } from "../events.mjs";
import { online } from "../online.mjs";

const QUESTION = { ...NO_FILTERS, conversation: null };
const hit = (seq, author = BEN) => ({
  conversation: DIRECT,
  seq,
  author,
  at: seq,
  pieces: ["", "x", ""],
  thread: 0,
  in_file: false,
  files: [],
});
const place = (seq) => ({ at: seq, conversation: DIRECT, seq });
const answer = (hits, more = null, rest = {}) => ({
  hits,
  people: [],
  more,
  partial: false,
  ready: true,
  ...rest,
});
const seqs = (finder) => finder.found.value.hits.map(({ seq }) => seq);

beforeEach(() => {
  world.value = emptyWorld(ANNA);
});
afterEach(disconnect);

async function finding(answers) {
  const { server, clock } = await online();
  server.answers["search.find"] = typeof answers === "function" ? answers : () => answers;
  return { server, clock, finder: new Finder() };
}

async function passes(clock, ms = 250) {
  await clock.pass(ms);
}

test("the server is asked once typing pauses, and only for the last of it", async () => {
  const { server, clock, finder } = await finding(answer([hit(3), hit(1)]));
  finder.ask({ ...QUESTION, text: "d" });
  finder.ask({ ...QUESTION, text: "din " });
  assert.equal(finder.found.value.state, "looking");
  await passes(clock, 249);
  assert.deepEqual(server.bodies("search.find"), []);
  await passes(clock, 1);
  const [asked, ...others] = server.bodies("search.find");
  assert.deepEqual(
    [asked.text, asked.conversation, asked.older_than, others],
    ["din", null, null, []],
  );
  assert.deepEqual([finder.found.value.state, seqs(finder)], ["done", [3, 1]]);
});

test("the next page is added, and nothing comes twice", async () => {
  const { server, clock, finder } = await finding(({ older_than }) =>
    older_than ? answer([hit(2), hit(1)]) : answer([hit(3), hit(2)], place(2)),
  );
  finder.ask({ ...QUESTION, text: "x" });
  await passes(clock);
  finder.goOn();
  assert.equal(finder.found.value.state, "going-on");
  finder.goOn();
  await settle();
  assert.deepEqual([seqs(finder), finder.found.value.more], [[3, 2, 1], null]);
  finder.goOn();
  assert.equal(server.bodies("search.find").length, 2);
});

test("an answer to what was asked before is not shown", async () => {
  const { server, clock, finder } = await finding(({ text }) =>
    answer([hit(text === "new" ? 2 : 1)]),
  );
  const held = [];
  server.take = (frame) => held.push(frame);
  finder.ask({ ...QUESTION, text: "old" });
  await passes(clock);
  finder.ask({ ...QUESTION, text: "new" });
  Reflect.deleteProperty(server, "take");
  server.take(held[0]);
  await settle();
  assert.deepEqual([finder.found.value.state, seqs(finder)], ["looking", []]);
  await passes(clock);
  assert.deepEqual(seqs(finder), [2]);
});

test("a question that asks for nothing finds nothing and asks nobody", async () => {
  const { server, clock, finder } = await finding(answer([hit(1)]));
  finder.ask({ ...QUESTION, text: "x" });
  await passes(clock);
  finder.ask({ ...QUESTION, text: "  " });
  await passes(clock);
  assert.deepEqual([finder.found.value.state, seqs(finder)], ["idle", []]);
  assert.equal(server.bodies("search.find").length, 1);
  assert.equal(asksForSomething(NO_FILTERS), false);
  for (const some of [
    { text: "x" },
    { author: BEN },
    { after: 1 },
    { before: 1 },
    { has_file: true },
  ])
    assert.equal(asksForSomething({ ...NO_FILTERS, ...some }), true);
});

test("without a connection it says so, and asks again when there is one", async () => {
  const { server, clock, finder } = await finding(answer([hit(1)]));
  server.drop();
  finder.ask({ ...QUESTION, text: "x" });
  await passes(clock);
  assert.equal(finder.found.value.state, "offline");
  disconnect();
  await online(server, clock);
  finder.again();
  await settle();
  assert.deepEqual([finder.found.value.state, seqs(finder)], ["done", [1]]);
});

test("what the server refuses is said, and can be tried again", async () => {
  const { server, clock, finder } = await finding(answer([hit(1)]));
  const refusal = { code: "internal", message: "Something went wrong." };
  let fails = true;
  server.take = (frame) => {
    for (const [ref, name, body] of unpack(frame))
      server.ear.heard(
        fails ? pack(ref, "error", refusal) : pack(ref, "ok", server.answers[name](body)),
      );
  };
  finder.ask({ ...QUESTION, text: "x" });
  await passes(clock);
  const { state, failed } = finder.found.value;
  assert.deepEqual([state, failed], ["failed", "Something went wrong."]);
  fails = false;
  finder.again();
  await settle();
  assert.deepEqual([finder.found.value.state, seqs(finder)], ["done", [1]]);
});

test("how far it was looked, and that the index is being made, is passed on", async () => {
  const { clock, finder } = await finding(answer([], place(7), { partial: true, ready: false }));
  finder.ask({ ...QUESTION, text: "x" });
  await passes(clock);
  const { partial, ready, more } = finder.found.value;
  assert.deepEqual([partial, ready, more], [true, false, place(7)]);
});

test("who wrote it is known by name, and who is blocked is not shown", async () => {
  const card = { id: "p9", name: "Nina", about: "", avatar: "", host: false, removed: false };
  const { clock, finder } = await finding(answer([hit(2, "p9"), hit(1)], null, { people: [card] }));
  finder.ask({ ...QUESTION, text: "x" });
  await passes(clock);
  assert.equal(world.value.people.p9.name, "Nina");
  assert.deepEqual(seqs(finder), [2, 1]);
  change((before) => ({ ...before, blocked: ["p9"] }));
  assert.deepEqual(seqs(finder), [1]);
});

test("a day goes from its midnight to the next one here", () => {
  assert.equal(dayStart("2026-11-25"), new Date(2026, 10, 25).getTime());
  assert.equal(dayStart("2026-11-30", 1), new Date(2026, 11, 1).getTime());
  assert.deepEqual([dayStart(""), dayStart("2026-11")], [0, 0]);
});

test("each hit has a key of its own", () => {
  assert.notEqual(keyOf(hit(1)), keyOf(hit(2)));
});

test("who may have said something: those of a conversation, in a large room or anywhere anybody, oneself first", () => {
  const card = (id, name) => ({ id, name, about: "", avatar: "", host: false, removed: false });
  const people = { [ANNA]: card(ANNA, "Anna"), [BEN]: card(BEN, "Ben"), c: card("c", "Carol") };
  const room = (id, size, members) => ({ ...blank(id), room: { size }, members });
  const conversations = {
    "room.few": room("room.few", 2, ["c", ANNA]),
    "room.many": room("room.many", 300, []),
  };
  world.value = { ...emptyWorld(ANNA), people, conversations };
  const names = (id) => speakersIn(id).value.map(({ name }) => name);
  assert.deepEqual(names(DIRECT), ["Anna", "Ben"]);
  assert.deepEqual(names("room.few"), ["Anna", "Carol"]);
  assert.deepEqual(names("room.many"), ["Anna", "Ben", "Carol"]);
  assert.deepEqual(names(""), ["Anna", "Ben", "Carol"]);
});
