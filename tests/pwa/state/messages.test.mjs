// The timeline as it is shown: groups, days, the unread line, what waits, and keys that stay.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { timeline, viewable } from "../../../pwa/state/messages.js";
import { pending } from "../../../pwa/state/outbox.js";
import { withEvents } from "../../../pwa/state/pages.js";
import { current, placeUnreadLine } from "../../../pwa/state/screen.js";
import { emptyWorld, world } from "../../../pwa/state/world.js";
import { ANNA, BEN, DIRECT, mark } from "../events.mjs";
import { House } from "../house.mjs";

const card = (id, name) => ({ id, name, about: "", avatar: "", host: false, removed: false });
let house;

beforeEach(() => {
  house = new House();
  house.say("created");
  pending.value = [];
  current.value = "";
  const people = { [ANNA]: card(ANNA, "Anna"), [BEN]: card(BEN, "Ben") };
  world.value = { ...emptyWorld(ANNA), people };
  tell(house.events);
});

const tell = (events) => {
  world.value = withEvents(world.value, events);
};
const items = () => timeline(DIRECT).value.items;
const messages = () => items().filter(({ type }) => type === "message");
const waits = (nonce, state = "queued") => ({
  nonce,
  conversation: DIRECT,
  text: "waits",
  files: [],
  at: 1_700_000_100_000,
  order: 1,
  error: "",
  state,
  progress: [],
});

test("what the viewer shows says who sent it here and when, the same file once for each message", () => {
  const info = { id: "f1", name: "a.jpg", type: "image/jpeg", size: 1, width: 4, height: 3 };
  const files = [
    { ...info, thumbnail: true },
    { ...info, id: "f2", type: "text/plain", width: 0 },
  ];
  tell([
    house.say("sent", BEN, "", { files, at: 1000 }),
    house.say("sent", ANNA, "", { files, at: 2000, forwarded: BEN }),
  ]);
  assert.deepEqual(
    viewable(DIRECT).value.map(({ key, author, at, file }) => [key, author, at, file.id]),
    [
      ["2 f1", BEN, 1000, "f1"],
      ["3 f1", ANNA, 2000, "f1"],
    ],
  );
});

test("a sender's messages in a row form a group, a silence of five minutes ends it", () => {
  tell([
    house.say("sent", BEN, "one"),
    house.say("sent", BEN, "two"),
    house.say("sent", ANNA, "three"),
    house.say("sent", ANNA, "four", { at: 1_700_000_000_000 + 400_000 }),
  ]);
  assert.deepEqual(
    messages().map(({ opens, closes }) => [opens, closes]),
    [
      [true, false],
      [false, true],
      [true, true],
      [true, true],
    ],
  );
});

test("each day has its separator", () => {
  const day = 86_400_000;
  tell([
    house.say("sent", BEN, "one", { at: day * 100 }),
    house.say("sent", BEN, "two", { at: day * 100 + 1 }),
    house.say("sent", BEN, "three", { at: day * 102 }),
  ]);
  assert.deepEqual(
    items().map(({ type }) => type),
    ["day", "message", "message", "day", "message"],
  );
});

test("the unread line stands where the person had come to, and stays while they read", () => {
  tell([house.say("sent", BEN, "old"), mark(ANNA, 2), house.say("sent", BEN, "new")]);
  placeUnreadLine(DIRECT);
  const places = () =>
    items().map(({ type, text, count }) => text ?? `${type} ${count ?? ""}`.trim());
  assert.deepEqual(places(), ["day", "old", "unread 1", "new"]);
  tell([mark(ANNA, 3)]);
  assert.deepEqual(places(), ["day", "old", "unread 1", "new"]);
});

test("with nothing unread there is no line", () => {
  tell([house.say("sent", BEN, "old"), mark(ANNA, 2)]);
  placeUnreadLine(DIRECT);
  assert.deepEqual(
    items().map(({ type }) => type),
    ["day", "message"],
  );
});

test("what waits stands last, and its echo takes its place under the same key", () => {
  pending.value = [waits("mine")];
  const [before] = messages();
  assert.deepEqual([before.key, before.seq, before.state], ["mine", 0, "queued"]);
  tell([house.say("sent", ANNA, "waits", { nonce: "mine" })]);
  const [after, ...rest] = messages();
  assert.deepEqual([after.key, after.seq, after.state, rest], ["mine", 2, "sent", []]);
});

test("another's nonce hides nothing of mine", () => {
  tell([house.say("sent", BEN, "theirs", { nonce: "theirs" })]);
  pending.value = [waits("mine")];
  assert.deepEqual(
    messages().map(({ key }) => key),
    ["2", "mine"],
  );
});

test("ticks turn with the other's marks, and only what changed is a new object", () => {
  tell([house.say("sent", ANNA, "one"), house.say("sent", BEN, "two")]);
  const [mine, theirs] = messages();
  assert.equal(mine.state, "read", "who answers has read");
  tell([house.say("sent", ANNA, "three"), mark(BEN, 3, 4)]);
  assert.deepEqual(
    messages().map(({ state }) => state),
    ["read", "", "delivered"],
  );
  assert.equal(messages()[0], mine);
  assert.equal(messages()[1], theirs);
});

test("a picture has its address, its small one and its size", () => {
  const picture = {
    id: "f1",
    name: "a.png",
    type: "image/png",
    size: 9,
    width: 4,
    height: 3,
    thumbnail: true,
  };
  tell([house.say("sent", BEN, "", { files: [picture] })]);
  const [{ url, preview, picture: isPicture }] = messages()[0].files;
  assert.deepEqual([url, preview, isPicture], ["/api/files/f1", "/api/files/f1/thumbnail", true]);
});

test("what a page must not show inline is no picture", () => {
  const drawing = {
    id: "f1",
    name: "a.svg",
    type: "image/svg+xml",
    size: 9,
    width: 4,
    height: 3,
    thumbnail: false,
  };
  tell([house.say("sent", BEN, "", { files: [drawing] })]);
  assert.equal(messages()[0].files[0].picture, false);
});

test("a voice message shows how long and how loud it is, sent or waiting; others have nothing of it", () => {
  const voice = { milliseconds: 4200, levels: new Uint8Array([0, 255]) };
  tell([house.say("sent", BEN, "", { voice }), house.say("sent", BEN, "words")]);
  pending.value = [{ ...waits("mine"), voice }];
  assert.deepEqual(
    messages().map((one) => one.voice),
    [voice, null, voice],
  );
});

test("an answer knows what it quotes, sent or waiting, and others quote nothing", () => {
  tell([house.say("sent", BEN, "tea?"), house.say("sent", ANNA, "yes", { reply: 2 })]);
  pending.value = [{ ...waits("n9"), reply: 2 }];
  assert.deepEqual(
    messages().map(({ reply }) => reply),
    [0, 2, 2],
  );
});

test("a timeline stays as it is while something is told of others", () => {
  tell([house.say("sent", BEN, "one")]);
  const before = timeline(DIRECT).value;
  world.value = { ...world.value, typing: { "direct.other": [BEN] } };
  assert.equal(timeline(DIRECT).value, before);
  tell([house.say("sent", BEN, "two")]);
  assert.notEqual(timeline(DIRECT).value, before);
});
