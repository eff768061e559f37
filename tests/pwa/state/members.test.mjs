// What the log tells of a room: who is in it, their roles, its name and rules, and the quiet lines that say so.

import assert from "node:assert/strict";
import { test } from "node:test";
import { withEvents, withOpened, withRowOf } from "../../../pwa/state/pages.js";
import { reachedBy } from "../../../pwa/state/reading.js";
import { blank, emptyWorld, world } from "../../../pwa/state/world.js";
import { ANNA, BEN, frozen } from "../events.mjs";

const CLEO = "pcccccccccccccc";
const ROOM = "room.raaaaaaaaaaaaa";
const EVERYONE = "room.reveryoneaaaaa";

/** Events of a room, numbered as they are said. */
class Room {
  events = [];

  say(name, author, fields) {
    const seq = this.events.length + 1;
    const body = { conversation: ROOM, seq, author, at: seq * 1000, ...fields };
    this.events.push({ name, body });
    return { name, body };
  }

  created(members = [ANNA, BEN], fields = {}) {
    const card = { title: "Garden", topic: "", picture: "", public: false, announcements: false };
    const rest = { kind: "room", members, ...card, history: "start", ...fields };
    return this.say("conversation.created", ANNA, rest);
  }

  joined(person, author = ANNA) {
    return this.say("member.joined", author, { person, history: "start", room: "" });
  }

  left(person, author = person) {
    return this.say("member.left", author, { person, room: "" });
  }

  role(person, role) {
    return this.say("member.changed", ANNA, { person, role });
  }

  changed(fields) {
    return this.say("conversation.changed", ANNA, { ...NOTHING, ...fields });
  }

  sent(author, text) {
    return this.say("message.sent", author, { text, files: [], nonce: `n${text}` });
  }
}

const NOTHING = {
  title: null,
  topic: null,
  picture: null,
  public: null,
  announcements: null,
  history: null,
  closed: null,
};

const after = (room, me = ANNA) =>
  withEvents(frozen(emptyWorld(me)), room.events.map(frozen)).conversations[ROOM];

test("a room begins with its name, its owner and everybody in it", () => {
  const room = new Room();
  room.created([ANNA, BEN], { topic: "Who waters" });
  const { members, room: card, marks, last } = after(room);
  assert.deepEqual(members, [ANNA, BEN]);
  assert.deepEqual(
    [card.title, card.topic, card.owner, card.size],
    ["Garden", "Who waters", ANNA, 2],
  );
  const there = { read: 1, delivered: 1, since: 1 };
  assert.deepEqual(marks[BEN], there, "nothing from before waits for them");
  assert.deepEqual([last.kind, last.what], ["notice", "created"]);
});

test("a direct conversation begins as it did", () => {
  const { room, entries } = withEvents(emptyWorld(ANNA), [
    {
      name: "conversation.created",
      body: { conversation: ROOM, seq: 1, kind: "direct", members: [] },
    },
  ]).conversations[ROOM];
  assert.deepEqual([room, entries], [null, []]);
});

test("who comes and goes is counted, named and said", () => {
  const room = new Room();
  room.created();
  room.joined(CLEO);
  assert.deepEqual(after(room).members, [ANNA, BEN, CLEO]);
  room.left(BEN);
  const { members, room: card, marks, entries } = after(room);
  assert.deepEqual([members, card.size], [[ANNA, CLEO], 2]);
  assert.deepEqual(Object.keys(marks).sort(), [ANNA, CLEO]);
  assert.deepEqual(
    entries.map(({ what, person, author }) => [what, person, author]),
    [
      ["created", "", ANNA],
      ["joined", CLEO, ANNA],
      ["left", BEN, BEN],
    ],
  );
});

test("who came later is not named as a reader of what was said before", () => {
  const room = new Room();
  room.created();
  room.sent(ANNA, "before Cleo");
  room.joined(CLEO);
  room.sent(ANNA, "with Cleo");
  const read = (person) => ({ name: "mark.changed", body: { ...reached(4), person } });
  const reached = (seq) => ({ conversation: ROOM, read: seq, delivered: seq, thread: 0, since: 0 });
  world.value = withEvents(emptyWorld(ANNA), room.events);
  const readers = (seq) => reachedBy(ROOM, seq).value.read.map(({ id }) => id);
  assert.deepEqual([readers(2), after(room).marks[CLEO].read], [[], 3]);
  world.value = withEvents(world.value, [read(BEN), read(CLEO)]);
  assert.deepEqual([readers(2), readers(4)], [[BEN], [BEN, CLEO]]);
});

test("who came into the house later is not, of what everyone said before", () => {
  const body = { conversation: EVERYONE, person: CLEO, read: 7, delivered: 7, thread: 0, since: 7 };
  const conversations = { [EVERYONE]: { ...blank(EVERYONE), kind: "room" } };
  world.value = { ...emptyWorld(ANNA), conversations };
  world.value = withEvents(world.value, [{ name: "mark.changed", body }]);
  const readers = (seq) => reachedBy(EVERYONE, seq).value.read.map(({ id }) => id);
  assert.deepEqual([readers(7), readers(8)], [[], []]);
  world.value = withEvents(world.value, [
    { name: "mark.changed", body: { ...body, read: 8, since: 0 } },
  ]);
  assert.deepEqual([readers(7), readers(8)], [[], [CLEO]]);
});

test("roles move, and an owner who hands the room over is a moderator", () => {
  const room = new Room();
  room.created([ANNA, BEN, CLEO]);
  room.role(BEN, "moderator");
  assert.deepEqual(after(room).room.moderators, [BEN]);
  room.role(BEN, "owner");
  assert.deepEqual([after(room).room.owner, after(room).room.moderators], [BEN, [ANNA]]);
  room.role(ANNA, "member");
  assert.deepEqual(after(room).room.moderators, []);
});

test("an owner who leaves owns it no longer, and the next event says who does", () => {
  const room = new Room();
  room.created();
  room.left(ANNA);
  room.role(BEN, "owner");
  assert.deepEqual([after(room, BEN).room.owner, after(room, BEN).room.moderators], [BEN, []]);
});

test("only what is named changes, and an empty topic is a change", () => {
  const room = new Room();
  room.created([ANNA], { topic: "Old" });
  room.changed({ announcements: true });
  room.changed({ topic: "" });
  const { room: card, entries } = after(room);
  assert.deepEqual([card.title, card.topic, card.announcements], ["Garden", "", true]);
  assert.deepEqual(
    entries.slice(1).map(({ changes }) => changes),
    [{ announcements: true }, { topic: "" }],
  );
});

test("who leaves or is removed is out, and in again when somebody adds them", () => {
  const room = new Room();
  room.created();
  assert.equal(after(room, BEN).out, false);
  room.left(BEN, ANNA);
  assert.deepEqual([after(room, BEN).out, after(room, ANNA).out], [true, false]);
  room.joined(BEN);
  assert.equal(after(room, BEN).out, false);
});

test("a room that is turned off is one nobody is in", () => {
  const room = new Room();
  room.created([], { conversation: EVERYONE });
  const off = room.changed({ closed: true, conversation: EVERYONE });
  const world = withEvents(emptyWorld(ANNA), [room.events[0], off]);
  assert.equal(world.conversations[EVERYONE].out, true);
});

test("what is said in one's own conversation of a room leaves no line there", () => {
  const own = `own.${BEN}`;
  const body = { conversation: own, seq: 3, author: ANNA, at: 1, person: BEN, room: ROOM };
  const world = withEvents(emptyWorld(BEN), [
    { name: "member.joined", body },
    { name: "member.left", body: { ...body, seq: 4 } },
  ]);
  const { entries, head, out } = world.conversations[own];
  assert.deepEqual([entries, head, out], [[], 4, false]);
});

test("of a large room nobody is named, and only one's own mark stands", () => {
  const crowd = Array.from({ length: 60 }, (_, at) => `p${String(at).padStart(13, "0")}`);
  const room = new Room();
  room.created([ANNA, ...crowd]);
  room.joined(BEN);
  room.sent(BEN, "hello");
  const { members, room: card, marks } = after(room);
  assert.deepEqual([members, card.size], [[], 62]);
  assert.deepEqual(Object.keys(marks), [ANNA]);
});

test("a page of older lines changes nothing of what the room is now", () => {
  const room = new Room();
  room.created();
  room.joined(CLEO);
  const row = {
    conversation: ROOM,
    kind: "room",
    members: [ANNA],
    head: 9,
    unread: 0,
    marks: [{ person: ANNA, read: 1, delivered: 1 }],
    last: null,
    call: null,
    room: { conversation: ROOM, title: "Yard", topic: "", owner: ANNA, moderators: [], size: 1 },
  };
  const listed = withRowOf(emptyWorld(ANNA), row);
  const now = withEvents(listed, room.events).conversations[ROOM];
  assert.deepEqual([now.room.title, now.members, now.marks[BEN]], ["Yard", [ANNA], undefined]);
  assert.equal(now.entries.length, 2);
  const opened = withOpened(emptyWorld(ANNA), {
    row,
    page: {
      conversation: ROOM,
      head: 9,
      first: 1,
      last: 9,
      frames: [],
      reach: [],
      more: false,
      about: [],
    },
    people: [],
  });
  assert.equal(opened.conversations[ROOM].room.title, "Yard");
});
