// Rooms: what one may do in them, how many are there, and what is asked to change them.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { EVERYONE } from "../../../pwa/state/members.js";
import * as rooms from "../../../pwa/state/rooms.js";
import { blank, emptyWorld, world } from "../../../pwa/state/world.js";
import { ANNA, BEN } from "../events.mjs";
import { going } from "./gathering-house.mjs";

const CLEO = "pcccccccccccccc";
const ROOM = "room.raaaaaaaaaaaaa";
const card = (id, name, host = false) => ({
  id,
  name,
  about: "",
  avatar: "",
  host,
  removed: false,
});

function furnish(me, fields = {}, id = ROOM) {
  const room = {
    conversation: id,
    title: "Garden",
    topic: "",
    picture: "",
    public: false,
    announcements: false,
    history: "start",
    owner: ANNA,
    moderators: [BEN],
    size: 3,
    ...fields,
  };
  const people = {
    [ANNA]: card(ANNA, "Anna", true),
    [BEN]: card(BEN, "Ben"),
    [CLEO]: card(CLEO, "Cleo"),
  };
  const conversations = { [id]: { ...blank(id), kind: "room", room } };
  world.value = { ...emptyWorld(me), people, conversations };
}

beforeEach(() => furnish(CLEO));

test("everybody has one part in a room", () => {
  for (const [me, role] of [
    [ANNA, "owner"],
    [BEN, "moderator"],
    [CLEO, "member"],
  ]) {
    furnish(me);
    assert.equal(rooms.ownRole(ROOM).value, role);
  }
});

test("of a room nothing is known of one is a plain member, and may try to write", () => {
  assert.equal(rooms.room("room.rbbbbbbbbbbbbb").value, null);
  assert.equal(rooms.ownRole("room.rbbbbbbbbbbbbb").value, "member");
  assert.equal(rooms.mayWrite("room.rbbbbbbbbbbbbb").value, true);
});

test("in a room of announcements only its leaders write", () => {
  assert.equal(rooms.mayWrite(ROOM).value, true);
  furnish(CLEO, { announcements: true });
  assert.equal(rooms.mayWrite(ROOM).value, false);
  furnish(BEN, { announcements: true });
  assert.equal(rooms.mayWrite(ROOM).value, true);
});

test("a call may keep all but its leaders, and who was allowed, from writing", () => {
  const hushed = (me, granted = {}) => {
    furnish(me);
    const { conversations } = world.value;
    const gathering = { ...going([]), rights: ["speak"], granted };
    const row = { ...conversations[ROOM], gathering };
    world.value = { ...world.value, conversations: { ...conversations, [ROOM]: row } };
    return [rooms.isHushed(ROOM).value, rooms.mayWrite(ROOM).value];
  };
  assert.deepEqual(hushed(CLEO), [true, false]);
  assert.deepEqual(hushed(CLEO, { [CLEO]: ["write"] }), [false, true]);
  assert.deepEqual(hushed(BEN), [false, true]);
});

test("in Everyone the hosts are owners, and the house is counted", () => {
  furnish(BEN, { owner: "", moderators: [], size: 0 }, EVERYONE);
  assert.equal(rooms.ownRole(EVERYONE).value, "member");
  assert.equal(rooms.memberCount(EVERYONE).value, 3);
  furnish(ANNA, { owner: "", moderators: [], size: 0 }, EVERYONE);
  assert.equal(rooms.ownRole(EVERYONE).value, "owner");
  assert.equal(rooms.memberCount(ROOM).value, 0);
});
