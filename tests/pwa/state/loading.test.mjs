// A page's life with a server: resuming, catching up, reading and writing, and a store that is another one.

import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { threadIn } from "../../../pwa/protocol/address.js";
import { wallClock } from "../../../pwa/protocol/clock.js";
import { pack } from "../../../pwa/protocol/codec.js";
import { connect, disconnect, hear } from "../../../pwa/state/connection.js";
import { conversation } from "../../../pwa/state/conversations.js";
import { loadOlder } from "../../../pwa/state/history.js";
import {
  follower,
  forget,
  load,
  open,
  recall,
  receive,
  resume,
  show,
  toKeep,
} from "../../../pwa/state/loading.js";
import { timeline } from "../../../pwa/state/messages.js";
import { outbox, pending } from "../../../pwa/state/outbox.js";
import { person, presence, watchPeople } from "../../../pwa/state/people.js";
import { see } from "../../../pwa/state/reading.js";
import { outOf, visible } from "../../../pwa/state/screen.js";
import { emptyWorld, world } from "../../../pwa/state/world.js";
import { settle, TestClock } from "../clock.mjs";
import { ANNA, BEN, DIRECT } from "../events.mjs";
import { AVAILABLE, Server } from "../server.mjs";

let server;
let clock;

beforeEach(() => {
  server = new Server();
  clock = new TestClock();
  Object.assign(wallClock, { now: clock.now, later: clock.later });
  forget();
  world.value = emptyWorld(ANNA);
  pending.value = [];
  visible.value = true;
  server.house.say("created");
  server.house.say("sent", BEN, "one");
});

afterEach(async () => {
  show("");
  outbox.shut();
  disconnect();
  await clock.pass(60_000);
});

async function online() {
  const ear = { hello: (hello) => void resume(hello), event: receive, signedOut: () => {} };
  connect(ear, { socket: server.open, twin: server.open, clock, random: () => 1 });
  await settle();
}

/** The line breaks, something happens, and the line is there again. */
async function away(meanwhile = () => {}) {
  server.drop();
  await meanwhile();
  await clock.pass(1000);
}

const texts = (id = DIRECT) =>
  timeline(id)
    .value.items.filter(({ type }) => type === "message")
    .map(({ text }) => text);

test("a first connection brings the list, the people and the newest pages", async () => {
  await online();
  assert.deepEqual(
    [conversation(DIRECT).value.title, conversation(DIRECT).value.unread],
    ["Ben", 1],
  );
  assert.deepEqual(texts(), ["one"]);
});

test("a live event is applied, and whoever listens hears it once", async () => {
  await online();
  const heard = [];
  const stop = hear("message.sent", ({ text }) => heard.push(text));
  server.say("sent", BEN, "two");
  stop();
  server.say("sent", BEN, "three");
  assert.deepEqual([texts(), heard], [["one", "two", "three"], ["two"]]);
});

test("a listener that fails keeps the event from nobody else", async (context) => {
  const error = context.mock.method(console, "error", () => {});
  await online();
  const heard = [];
  const stops = [
    hear("message.sent", () => {
      throw new Error("a bug of the views");
    }),
    hear("message.sent", ({ text }) => heard.push(text)),
  ];
  server.say("sent", BEN, "two");
  for (const stop of stops) stop();
  assert.deepEqual([heard, texts(), error.mock.callCount()], [["two"], ["one", "two"], 1]);
});

test("what was missed is pulled after a break, and nobody is told of it as if it were new", async () => {
  await online();
  const heard = [];
  const stop = hear("message.sent", ({ text }) => heard.push(text));
  await away(() => {
    for (const text of ["two", "three"]) server.house.say("sent", BEN, text);
  });
  stop();
  assert.deepEqual([texts(), heard], [["one", "two", "three"], []]);
  assert.deepEqual(server.bodies("sync.pull"), [{ conversation: DIRECT, after: 2 }]);
  assert.equal(conversation(DIRECT).value.unread, 3);
});

test("what became of earlier messages is heard however late, for whoever keeps their words", async () => {
  await online();
  const heard = [];
  const names = ["message.edited", "message.deleted"];
  const stops = names.map((name) => hear(name, ({ target }) => heard.push([name, target])));
  server.answers["sync.pull"] = ({ after }) => {
    const missed = server.house.events.slice(after);
    const frames = missed.map(({ name, body }) => pack(0, name, body));
    const { head } = server.house;
    return {
      conversation: DIRECT,
      head,
      first: after + 1,
      last: head,
      frames,
      reach: [],
      more: false,
    };
  };
  await away(() => {
    server.house.say("say", "message.edited", BEN, { target: 2, text: "uno", mentions: [] });
    server.house.say("say", "message.deleted", BEN, { target: 2, person: BEN, thread: 0 });
  });
  for (const stop of stops) stop();
  assert.deepEqual(heard, [
    ["message.edited", 2],
    ["message.deleted", 2],
  ]);
});

test("a resume says what is held", async () => {
  await online();
  await away();
  const [, again] = server.bodies("sync.resume");
  assert.deepEqual(again, { epoch: "e1", heads: { [DIRECT]: 2 } });
});

test("over a thousand behind, the conversation is loaded afresh when it is looked at", async () => {
  await online();
  await away(() => {
    for (let said = 0; said < 1001; said++) server.house.say("sent", BEN, `${said}`);
  });
  assert.deepEqual(server.bodies("sync.pull"), []);
  assert.deepEqual([texts().length, texts().at(-1)], [50, "1000"]);
  assert.equal(timeline(DIRECT).value.older, true);
});

test("older pages come on demand until the beginning", async () => {
  for (let said = 0; said < 160; said++) server.house.say("sent", BEN, `${said}`);
  await online();
  assert.equal(texts().length, 50);
  await loadOlder(DIRECT);
  assert.equal(texts().length, 150);
  await loadOlder(DIRECT);
  assert.deepEqual([texts().length, timeline(DIRECT).value.older], [161, false]);
});

test("a store of another epoch replaces everything but what waits to be sent", async () => {
  await online();
  server.say("sent", BEN, "gone after the restore");
  server.drop();
  await outbox.add(DIRECT, "waits", []);
  server.epoch = "e2";
  server.house = new Server().house;
  server.house.say("created");
  server.house.say("sent", BEN, "as restored");
  await clock.pass(1000);
  assert.deepEqual(texts(), ["as restored", "waits"]);
  const [, again] = server.bodies("sync.resume");
  assert.deepEqual(again.heads, {});
  outbox.open();
  await settle();
  assert.deepEqual([texts(), pending.value], [["as restored", "waits"], []]);
});

test("one's own message is shown once, waiting and then sent", async () => {
  await online();
  outbox.open();
  await outbox.add(DIRECT, "hello", []);
  assert.deepEqual(texts(), ["one", "hello"]);
  await settle();
  assert.deepEqual([texts(), pending.value], [["one", "hello"], []]);
  assert.equal(timeline(DIRECT).value.items.at(-1).state, "sent");
});

test("what arrives is marked as delivered; what is seen, as read", async () => {
  await online();
  await clock.pass(1000);
  assert.deepEqual(server.bodies("mark.set")[0].marks, [
    { conversation: DIRECT, read: 0, delivered: 2, thread: 0 },
  ]);
  see(DIRECT, 2);
  await clock.pass(1000);
  assert.deepEqual(server.bodies("mark.set")[1].marks, [
    { conversation: DIRECT, read: 2, delivered: 2, thread: 0 },
  ]);
  assert.equal(conversation(DIRECT).value.unread, 0);
});

test("nothing is read while nobody looks", async () => {
  await online();
  visible.value = false;
  see(DIRECT, 2);
  await clock.pass(2000);
  assert.equal(conversation(DIRECT).value.unread, 1);
});

test("what was read with no connection is said on the next", async () => {
  await online();
  await clock.pass(6000);
  await away(() => see(DIRECT, 2));
  await clock.pass(1000);
  assert.deepEqual(server.bodies("mark.set").at(-1).marks, [
    { conversation: DIRECT, read: 2, delivered: 2, thread: 0 },
  ]);
  assert.equal(conversation(DIRECT).value.unread, 0);
});

test("what the cache kept is shown at once and only what is missing is fetched", async () => {
  await online();
  await clock.pass(6000);
  const kept = structuredClone(toKeep("d1"));
  disconnect();
  forget();
  world.value = emptyWorld(ANNA);
  recall(kept);
  assert.deepEqual([texts(), person(BEN).value.name], [["one"], "Ben"]);
  server.house.say("sent", BEN, "two");
  server.asked.length = 0;
  await online();
  assert.deepEqual(texts(), ["one", "two"]);
  assert.deepEqual([server.bodies("conversation.open"), server.bodies("people.list")], [[], []]);
});

test("a conversation that is opened with no connection is loaded when there is one", async () => {
  show(DIRECT);
  assert.equal(timeline(DIRECT).value.loaded, false);
  await online();
  assert.deepEqual([timeline(DIRECT).value.loaded, texts()], [true, ["one"]]);
});

test("a conversation that could not be loaded says why", async () => {
  server.answers["conversation.open"] = () => {
    server.drop();
    return {};
  };
  await online();
  show(DIRECT);
  await settle();
  assert.equal(timeline(DIRECT).value.failed, "lost"); // in words once somebody knows the language
});

test("presence is asked for those on the screen, and known only while connected", async () => {
  await online();
  const release = watchPeople([BEN]);
  await clock.pass(200);
  const how = { online: true, last_seen: 0, known: true, ...AVAILABLE };
  assert.deepEqual(presence(BEN).value, how);
  server.drop();
  assert.equal(presence(BEN).value.known, false);
  await clock.pass(1000);
  assert.equal(presence(BEN).value.known, true, "asked again on the next connection");
  release();
  await clock.pass(200);
  assert.equal(presence(BEN).value.known, false);
});

test("somebody who writes is forgotten after six seconds without a word", async () => {
  await online();
  server.tell("typing.changed", { conversation: DIRECT, person: BEN, typing: true });
  assert.deepEqual(
    conversation(DIRECT).value.typing.map(({ name }) => name),
    ["Ben"],
  );
  await clock.pass(5999);
  assert.equal(conversation(DIRECT).value.typing.length, 1);
  await clock.pass(1);
  assert.equal(conversation(DIRECT).value.typing.length, 0);
});

test("what was settled during a break is not asked of the person again", async () => {
  const asked = { claim: "q1", device_name: "Phone", code: "1234", expires_at: 9 };
  await online();
  server.tell("claim.asked", asked);
  server.tell("typing.changed", { conversation: DIRECT, person: BEN, typing: true });
  assert.deepEqual(world.value.claims, [asked]);
  await away();
  assert.deepEqual([world.value.claims, conversation(DIRECT).value.typing], [[], []]);
});

test("the directory is pulled when it moved", async () => {
  await online();
  server.answers["sync.pull"] = ({ conversation: asked, after }) => {
    assert.deepEqual([asked, after], ["directory", 2]);
    return { conversation: asked, head: 2, first: 0, last: 2, frames: [], reach: [], more: false };
  };
  server.tell("directory.moved", { head: 3 });
  await settle();
  assert.equal(server.bodies("sync.pull").length > 0, true);
  assert.equal(follower.have("directory"), 2);
});

/** The thread under what Ben said first, with its newest answers. */
async function opensThread() {
  server.answers["thread.page"] = () => {
    const said = server.house.events.filter(({ body }) => body.target === 2);
    return { ...server.house.pageOf(said, false), about: [] };
  };
  const address = threadIn(DIRECT, 2);
  server.say("sent", BEN, "an answer", { target: 2 });
  await load(address);
  return address;
}

test("an open thread stays when its conversation is opened afresh and nothing was missed", async () => {
  await online();
  const address = await opensThread();
  await open(DIRECT);
  server.say("sent", BEN, "another", { target: 2 });
  assert.deepEqual(texts(address), ["an answer", "another"]);
});

test("of a room one is put out of no thread is held nor answered, and who looks at one is told", async () => {
  await online();
  const address = await opensThread();
  await outbox.add(address, "waits", []);
  const answer = server.answers["sync.resume"]();
  await away(() => {
    server.answers["sync.resume"] = () => ({ ...answer, rows: [], gone: [DIRECT] });
  });
  assert.deepEqual([world.value.threads, pending.value], [{}, []]);
  assert.equal(outOf.value.conversation, DIRECT);
});

/** A conversation with somebody begins while the directory stands at 3. @param {string} other */
async function begun(other) {
  await online();
  server.answers["presence.watch"] = () => ({ people: [], head: 3 });
  const pulled = server.bodies("sync.pull").length;
  const conversation = `direct.${[ANNA, other].sort().join(".")}`;
  const members = [ANNA, other];
  const told = { conversation, seq: 1, author: other, at: 1, kind: "direct", members };
  server.tell("conversation.created", told);
  await settle();
  return server.bodies("sync.pull").slice(pulled);
}

test("who joined a moment ago and writes at once is looked up in the directory", async () => {
  const [first] = await begun("pnewcomer");
  assert.deepEqual(first, { conversation: "directory", after: 2 });
});

test("who is known already is not looked up", async () => {
  server.people = [...server.people, { ...server.people[1], id: "pcleo", name: "Cleo" }];
  assert.deepEqual(await begun("pcleo"), []);
});
