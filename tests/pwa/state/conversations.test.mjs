// The list: what was said last, how much is unread, and who has not been written to yet.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { conversation, conversationList, directWith } from "../../../pwa/state/conversations.js";
import { draft } from "../../../pwa/state/drafts.js";
import { pending } from "../../../pwa/state/outbox.js";
import { withEvents } from "../../../pwa/state/pages.js";
import { current } from "../../../pwa/state/screen.js";
import { dropNotes, keepNote } from "../../../pwa/state/unsent.js";
import { emptyWorld, world } from "../../../pwa/state/world.js";
import { ANNA, BEN, DIRECT } from "../events.mjs";
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

test("the list shows the last line, and people not yet written to after it", () => {
  const carla = "pccccccccccccc";
  world.value = {
    ...world.value,
    people: { ...world.value.people, [carla]: card(carla, "Carla") },
  };
  tell([house.say("sent", BEN, "hello")]);
  assert.deepEqual(
    conversationList.value.map(({ title, written, unread, preview }) => [
      title,
      written,
      unread,
      preview?.text,
    ]),
    [
      ["Ben", true, 1, "hello"],
      ["Carla", false, 0, undefined],
    ],
  );
});

test("who one has begun to write to stands in the list, and not below it", () => {
  const carla = "pccccccccccccc";
  const people = { ...world.value.people, [carla]: card(carla, "Carla") };
  world.value = { ...world.value, people };
  const written = () => conversationList.value.find(({ title }) => title === "Carla").written;
  const id = directWith(carla);
  draft(id).value = "Dear";
  assert.equal(written(), true);
  draft(id).value = "";
  assert.equal(written(), false);
  keepNote(id, { id: "r1", file: new File(["x"], "a"), voice: SPOKEN });
  assert.equal(written(), true);
  dropNotes();
});

test("a message that waits is the last line of its conversation", () => {
  tell([house.say("sent", BEN, "hello")]);
  pending.value = [waits("mine")];
  const [{ preview }] = conversationList.value;
  assert.deepEqual([preview.text, preview.mine, preview.state], ["waits", true, "queued"]);
});

const SPOKEN = { milliseconds: 12_400, levels: new Uint8Array([1, 2]) };

test("a voice message is named with its length, sent or waiting", () => {
  const files = [{ id: "f1", name: "voice.m4a", type: "audio/mp4" }];
  tell([house.say("sent", BEN, "", { files, voice: SPOKEN })]);
  const seen = () => {
    const [{ preview }] = conversationList.value;
    return [preview.kind, preview.seconds, preview.mine];
  };
  assert.deepEqual(seen(), ["voice", 12, false]);
  const blob = new Blob(["x"], { type: "audio/mp4" });
  pending.value = [{ ...waits("mine"), text: "", files: [{ blob, name: "a" }], voice: SPOKEN }];
  assert.deepEqual(seen(), ["voice", 12, true]);
});

test("what was recorded and not sent is told as long as it is there", () => {
  const recorded = () => conversationList.value[0].recorded;
  assert.equal(recorded(), 0);
  keepNote(DIRECT, { id: "r1", file: new File(["x"], "a"), voice: SPOKEN });
  assert.equal(recorded(), 12);
  dropNotes();
  assert.equal(recorded(), 0);
});

test("what somebody one has blocked said is folded in a room, and readable with them alone", () => {
  tell([house.say("sent", BEN, "hello")]);
  world.value = { ...world.value, blocked: [BEN] };
  assert.equal(conversationList.value[0].preview.text, "hello");
  const room = { ...world.value.conversations[DIRECT], id: "room.r1", kind: "room" };
  world.value = { ...world.value, conversations: { "room.r1": room } };
  const [{ preview }] = conversationList.value;
  assert.deepEqual([preview.kind, preview.text], ["blocked", ""]);
});

test("a row stays as it is while something else is told, and goes with what is told of it", () => {
  const followed = conversation(DIRECT);
  const before = followed.value;
  const presence = { [BEN]: { person: BEN, online: true, last_seen: 0 } };
  world.value = { ...world.value, presence, typing: { "direct.other": [BEN] } };
  assert.equal(followed.value, before);
  tell([house.say("sent", BEN, "hello")]);
  assert.equal(followed.value.preview?.text, "hello");
});
