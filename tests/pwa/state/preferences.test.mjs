// What one wants to hear of each conversation: as events and rows leave it, and what it means.

import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { apply } from "../../../pwa/state/apply.js";
import { disconnect } from "../../../pwa/state/connection.js";
import { withRowOf } from "../../../pwa/state/pages.js";
import * as preferences from "../../../pwa/state/preferences.js";
import { heardTime } from "../../../pwa/state/server-time.js";
import { blank, change, emptyWorld, world } from "../../../pwa/state/world.js";
import { ANNA, DIRECT } from "../events.mjs";
import { House } from "../house.mjs";
import { online } from "../online.mjs";

const OWN = `own.${ANNA}`;
const HOUR = 3_600_000;
const UNSAID = { notify: "", muted_until: 0 };

let clock;
let server;

beforeEach(async () => {
  world.value = emptyWorld(ANNA);
  ({ clock, server } = await online());
  heardTime({ at: clock.now() });
});
afterEach(disconnect);

const hear = (name, body) => change((before) => apply(before, name, body));
const said = (seq, notify, muted_until = 0) =>
  hear("preference.changed", {
    conversation: OWN,
    seq,
    subject: DIRECT,
    notify,
    muted_until,
    previews: true,
  });

function withHello() {
  const house = new House();
  house.say("created");
  house.say("sent", ANNA, "hello");
  return house;
}

test("a conversation nobody said anything about tells of everything", () => {
  assert.equal(preferences.level(DIRECT).value, "all");
  assert.equal(preferences.callsAttention(DIRECT, false), true);
  assert.equal(preferences.quiet(DIRECT).value, false);
});

test("a room of more than fifty tells of mentions only, until one wants more", () => {
  const room = { ...blank("room.r1"), kind: "room", room: { size: 51 } };
  change((before) => ({ ...before, conversations: { "room.r1": room } }));
  assert.equal(preferences.callsAttention("room.r1", false), false);
  assert.equal(preferences.callsAttention("room.r1", true), true);
  const wanted = { conversation: OWN, seq: 2, subject: "room.r1", notify: "all", muted_until: 0 };
  hear("preference.changed", wanted);
  assert.equal(preferences.callsAttention("room.r1", false), true);
  assert.equal(preferences.usual({ kind: "room", room: { size: 50 } }), "all");
});

for (const [level, plain, mention] of [
  ["all", true, true],
  ["mentions", false, true],
  ["none", false, false],
]) {
  test(`"${level}" is what calls attention`, () => {
    said(2, level);
    assert.equal(preferences.callsAttention(DIRECT, false), plain);
    assert.equal(preferences.callsAttention(DIRECT, true), mention);
    assert.equal(preferences.quiet(DIRECT).value, level !== "all");
  });
}

test("a mute ends by itself, and what is shown follows", async () => {
  said(2, "all", clock.now() + HOUR);
  assert.equal(preferences.muted(DIRECT).value, true);
  assert.equal(preferences.callsAttention(DIRECT, true), false);
  await clock.pass(HOUR);
  assert.equal(preferences.muted(DIRECT).value, false);
  assert.equal(preferences.callsAttention(DIRECT, false), true);
});

test("a mute for good does not end, and another one beside it does", async () => {
  said(2, "all", preferences.FOR_GOOD);
  const other = { conversation: OWN, seq: 3, subject: "room.r1", notify: "" };
  hear("preference.changed", { ...other, muted_until: clock.now() + 50 * HOUR });
  await clock.pass(60 * HOUR);
  assert.equal(preferences.muted(DIRECT).value, true);
  assert.equal(preferences.muted("room.r1").value, false);
});

test("a row tells it to a page that heard no event", () => {
  const row = {
    ...withHello().row(ANNA),
    preference: { notify: "none", muted_until: 0, previews: true, seq: 7 },
  };
  change((before) => withRowOf(before, row));
  assert.equal(preferences.level(DIRECT).value, "none");
});

test("of an event and a row that crossed the newer counts, whichever came last", () => {
  said(8, "mentions");
  const row = {
    ...withHello().row(ANNA),
    preference: { notify: "none", muted_until: 0, previews: true, seq: 7 },
  };
  change((before) => withRowOf(before, row));
  assert.equal(preferences.level(DIRECT).value, "mentions");
  const newer = { ...row, preference: { ...row.preference, seq: 9 } };
  change((before) => withRowOf(before, newer));
  assert.equal(preferences.level(DIRECT).value, "none");
});

test("previews are as one's own conversation says", () => {
  assert.equal(preferences.previews(ANNA).value, true);
  hear("preference.changed", {
    ...UNSAID,
    conversation: OWN,
    seq: 4,
    subject: OWN,
    previews: false,
  });
  assert.equal(preferences.previews(ANNA).value, false);
  assert.equal(world.value.conversations[OWN].head, 4);
});

test("what is set says all of it, and a mute leaves the level as it is", async () => {
  said(2, "mentions");
  await preferences.muteFor(DIRECT, HOUR);
  await preferences.setLevel(DIRECT, "none");
  await preferences.setPreviews(false);
  const [muted, level, hidden] = server.bodies("preference.set");
  assert.deepEqual([muted.notify, muted.muted_until], ["mentions", clock.now() + HOUR]);
  assert.deepEqual([level.conversation, level.notify, level.muted_until], [DIRECT, "none", 0]);
  assert.deepEqual([hidden.conversation, hidden.previews, level.previews], [OWN, false, true]);
});

test("a mute is for so long by the server's clock, however this device's stands", async () => {
  heardTime({ at: clock.now() + 2 * HOUR });
  await preferences.muteFor(DIRECT, HOUR);
  const [{ muted_until: until }] = server.bodies("preference.set");
  assert.equal(until, clock.now() + 3 * HOUR);
  said(2, "all", until);
  assert.equal(preferences.muted(DIRECT).value, true);
  await clock.pass(HOUR);
  assert.equal(preferences.muted(DIRECT).value, false);
  said(3, "all", clock.now() + HOUR);
  assert.equal(preferences.muted(DIRECT).value, false, "that is over on the server");
});
