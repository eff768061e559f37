// The list: what was said last, how much is unread, and who has not been written to yet.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { conversationList } from "../../../pwa/state/conversations.js";
import { pending } from "../../../pwa/state/outbox.js";
import { withEvents } from "../../../pwa/state/pages.js";
import { current } from "../../../pwa/state/screen.js";
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

test("a message that waits is the last line of its conversation", () => {
  tell([house.say("sent", BEN, "hello")]);
  pending.value = [waits("mine")];
  const [{ preview }] = conversationList.value;
  assert.deepEqual([preview.text, preview.mine, preview.state], ["waits", true, "queued"]);
});
