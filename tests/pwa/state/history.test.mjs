// Walking through a long conversation, with a server at the other end.

import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { wallClock } from "../../../pwa/protocol/clock.js";
import { connect, disconnect } from "../../../pwa/state/connection.js";
import {
  jump,
  letGo,
  loadNewer,
  loadOlder,
  sought,
  toFirstUnread,
  toNewest,
} from "../../../pwa/state/history.js";
import { forget, load, receive, resume, show } from "../../../pwa/state/loading.js";
import { openAgain, timeline } from "../../../pwa/state/messages.js";
import { pending } from "../../../pwa/state/outbox.js";
import { visible } from "../../../pwa/state/screen.js";
import { MOST } from "../../../pwa/state/window.js";
import { change, emptyWorld, withConversation, world } from "../../../pwa/state/world.js";
import { settle, TestClock } from "../clock.mjs";
import { ANNA, BEN, DIRECT } from "../events.mjs";
import { Server } from "../server.mjs";

const LONG = 1000;
let server;
let clock;

beforeEach(async () => {
  server = new Server();
  clock = new TestClock();
  Object.assign(wallClock, { now: clock.now, later: clock.later });
  forget();
  world.value = emptyWorld(ANNA);
  pending.value = [];
  visible.value = true;
  server.house.say("created");
  for (let said = 0; said < LONG; said++) server.house.say("sent", BEN, `${said}`);
  server.house.mark(ANNA, 400);
  const ear = { hello: (hello) => void resume(hello), event: receive, signedOut: () => {} };
  connect(ear, { socket: server.open, twin: server.open, clock, random: () => 1 });
  await settle();
  show(DIRECT);
  await settle();
});

afterEach(async () => {
  show("");
  disconnect();
  await clock.pass(60_000);
});

const held = () => world.value.conversations[DIRECT];
const seqs = () => held().entries.map(({ seq }) => seq);

/** The window is of one piece, and of a bounded length. */
function isWhole() {
  const all = seqs();
  assert(all.length <= MOST);
  assert(all.every((seq, at) => at === 0 || seq === all[at - 1] + 1));
}

test("what an older page quotes from further up is asked for at once, before it is drawn", async () => {
  for (const at of [900, 910]) server.house.events[at].body.reply = at - 800;
  await loadOlder(DIRECT);
  await settle();
  const asked = server.bodies("message.get");
  assert.deepEqual(asked, [{ conversation: DIRECT, seqs: [100, 110] }]);
});

test("however far one walks back and forth, a bounded window is held, and every message passes", async () => {
  const passed = new Set(seqs());
  while (held().older) {
    await loadOlder(DIRECT);
    isWhole();
    for (const seq of seqs()) passed.add(seq);
  }
  assert.equal(passed.size, LONG);
  assert.equal(held().newer, true);
  const back = new Set(seqs());
  while (held().newer) {
    await loadNewer(DIRECT);
    isWhole();
    for (const seq of seqs()) back.add(seq);
  }
  assert.equal(back.size, LONG);
  assert.equal(seqs().at(-1), LONG + 1);
});

test("a jump shows a message in the middle of its neighbours, and says where to look", async () => {
  await jump(DIRECT, { seq: 300 });
  assert(seqs().includes(300));
  assert(seqs().includes(299) && seqs().includes(301));
  assert.deepEqual([sought.value.id, sought.value.seq], [DIRECT, 300]);
  const { time } = sought.value;
  await jump(DIRECT, { seq: 301 });
  assert.equal(server.bodies("conversation.page").length, 1, "what is held is not asked for");
  assert.equal(sought.value.time, time + 1);
});

test("a jump to a day shows the first thing said on it", async () => {
  const { body } = server.house.events[499];
  await jump(DIRECT, { at: body.at });
  assert.equal(sought.value.seq, body.seq);
});

test("what is said live while one is in the middle is found on the way back", async () => {
  await jump(DIRECT, { seq: 300 });
  server.say("sent", BEN, "live");
  await settle();
  assert.equal(held().last.text, "live");
  assert(!seqs().includes(LONG + 2));
  await toNewest(DIRECT);
  assert.equal(seqs().at(-1), LONG + 2);
  assert.equal(held().newer, false);
});

test("what is new and far is shown at its beginning; what is near needs no jump", async () => {
  await toFirstUnread(DIRECT);
  assert.equal(sought.value.seq, 401);
  assert(seqs().includes(400) && seqs().includes(401));
  const asked = server.bodies("conversation.page").length;
  assert.equal(toFirstUnread(DIRECT), null);
  assert.equal(server.bodies("conversation.page").length, asked);
});

test("a conversation between two of which nothing was read begins with its first message; a room does not", async () => {
  const { marks: _marks, ...unread } = held();
  const never = { ...unread, marks: {} };
  world.value = {
    ...world.value,
    conversations: { [DIRECT]: { ...never, kind: "room", room: { size: 2 } } },
  };
  assert.equal(toFirstUnread(DIRECT), null);
  world.value = { ...world.value, conversations: { [DIRECT]: never } };
  await toFirstUnread(DIRECT);
  assert.equal(sought.value.seq, 1);
  assert(seqs().includes(2));
});

test("who stays at the end while others write on holds no more than a window", async () => {
  for (let said = 0; said < MOST + 50; said++) server.say("sent", BEN, "x");
  await settle();
  letGo(DIRECT, true);
  isWhole();
  assert.equal(seqs().at(-1), server.house.head);
});

/** A page as a server answers that finds nothing and yet says there is more. */
const nothing = () => ({ ...server.house.pageOf([], true), more: true });

test("a page that brings nothing is not asked for again", async () => {
  await jump(DIRECT, { seq: 300 });
  server.answers["conversation.page"] = nothing;
  await loadNewer(DIRECT);
  assert.equal(held().newer, false);
  await loadOlder(DIRECT);
  assert.equal(held().older, false);
  assert(seqs().includes(300), "what is held stays");
});

test("a jump that finds nothing leads nowhere, and nothing is asked for behind it", async () => {
  server.answers["conversation.page"] = nothing;
  await jump(DIRECT, { at: 1 });
  assert.deepEqual([held().older, held().newer], [false, false]);
});

test("from a window with nothing in it one comes to what is newer", async () => {
  await jump(DIRECT, { seq: 300 });
  change((before) => withConversation(before, DIRECT, (now) => ({ ...now, entries: [] })));
  await loadNewer(DIRECT);
  assert.equal(seqs()[0], 2);
});

test("a page that could not be had is asked for again on a press or a new connection, not without end", async () => {
  const drop = () => {
    server.drop();
    return {};
  };
  const { "conversation.page": page } = server.answers;
  server.answers["conversation.page"] = drop;
  const asked = () => server.bodies("conversation.page").length;
  await loadOlder(DIRECT);
  await settle();
  assert.equal(timeline(DIRECT).value.failed, "lost");
  await loadOlder(DIRECT);
  await loadNewer(DIRECT);
  assert.equal(asked(), 1);
  server.answers["conversation.page"] = page;
  await clock.pass(60_000);
  assert.equal(timeline(DIRECT).value.failed, "");
  const before = seqs()[0];
  await loadOlder(DIRECT);
  assert(seqs()[0] < before);
  server.answers["conversation.page"] = drop;
  await loadOlder(DIRECT);
  assert.equal(timeline(DIRECT).value.failed, "lost");
  await openAgain(DIRECT);
  assert.equal(timeline(DIRECT).value.failed, "", "who stands at the end of what is held walks on");
});

test("a day is found in a thread too", async () => {
  const address = `${DIRECT}#300`;
  const said = server.house.events.slice(400, 410);
  for (const { body } of said) body.target = 300;
  server.answers["thread.page"] = () => ({
    ...server.house.pageOf(said, false),
    more: false,
  });
  await load(address);
  await jump(address, { at: said[4].body.at });
  const { at } = server.bodies("thread.page")[1];
  assert.equal(at, said[4].body.at);
  assert.deepEqual([sought.value.id, sought.value.seq], [address, said[4].body.seq]);
});
