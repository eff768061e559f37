// The messages that name one: kept until they are read or taken back, whatever is said meanwhile.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { apply } from "../../../pwa/state/apply.js";
import { withBlocked } from "../../../pwa/state/blocks.js";
import { unreadMentions } from "../../../pwa/state/named.js";
import { withOpened, withRowOf } from "../../../pwa/state/pages.js";
import { change, emptyWorld, world } from "../../../pwa/state/world.js";
import { ANNA, BEN, DIRECT, mark } from "../events.mjs";
import { House } from "../house.mjs";

let house;
const hear = ({ name, body }) => change((before) => apply(before, name, body));
const says = (author, mentions) => hear(house.say("sent", author, "x", { mentions }));
const unread = () => unreadMentions(DIRECT).value;

beforeEach(() => {
  house = new House();
  world.value = emptyWorld(ANNA);
  hear(house.say("created"));
});

test("a message that names one is kept, one that names another or is one's own is not", () => {
  says(BEN, [ANNA]);
  says(BEN, [BEN]);
  says(BEN, []);
  assert.deepEqual(unread(), [2]);
  says(BEN, [ANNA, BEN]);
  assert.deepEqual(unread(), [2, 5]);
  says(ANNA, [ANNA]);
  assert.deepEqual(unread(), [], "who writes has read what stands above");
});

test("a message that names everybody names one, but not who wrote it", () => {
  hear(house.say("sent", BEN, "@all", { mentions: [], everyone: "all" }));
  assert.deepEqual(unread(), [2]);
  hear(mark(ANNA, 2));
  hear(house.say("sent", ANNA, "@all", { mentions: [], everyone: "all" }));
  assert.deepEqual(unread(), []);
});

test("what is read is not unread, on whichever device", () => {
  says(BEN, [ANNA]);
  says(BEN, [ANNA]);
  hear(mark(ANNA, 2));
  assert.deepEqual(unread(), [3]);
});

test("what was taken back names nobody", () => {
  says(BEN, [ANNA]);
  const about = { conversation: DIRECT, seq: 3, author: BEN, at: 1, target: 2, person: BEN };
  hear({ name: "message.deleted", body: { ...about, thread: 0 } });
  assert.deepEqual(unread(), []);
});

test("a row tells it to who heard no event, and nothing old to who did", () => {
  says(BEN, [ANNA]);
  const row = { ...house.row(ANNA), mentions: [2] };
  says(BEN, [ANNA]);
  change((before) => withRowOf(before, row));
  assert.deepEqual(unread(), [2, 3]);
  world.value = withOpened(emptyWorld(ANNA), { ...house.opened(ANNA), row });
  assert.deepEqual(unread(), [2]);
});

test("whom one has blocked calls nobody by a name, and does not afterwards", () => {
  change((before) => withBlocked(before, [BEN]));
  says(BEN, [ANNA]);
  hear(house.say("sent", BEN, "@all", { mentions: [], everyone: "all" }));
  assert.deepEqual(unread(), []);
  change((before) => withBlocked(before, []));
  assert.deepEqual(unread(), []);
  says(BEN, [ANNA]);
  assert.deepEqual(unread(), [4]);
});
