// A page comes to life: what the cache holds is there before any network, and a device that is signed out keeps nothing.

import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { test } from "node:test";
import { wallClock } from "../../../pwa/protocol/clock.js";
import { openCache } from "../../../pwa/state/cache.js";
import { leaving } from "../../../pwa/state/leaving.js";
import { timeline } from "../../../pwa/state/messages.js";
import { pending } from "../../../pwa/state/outbox.js";
import { withEvents } from "../../../pwa/state/pages.js";
import { session, signOut } from "../../../pwa/state/session.js";
import { ready, setVisible, start } from "../../../pwa/state/start.js";
import { noteIn } from "../../../pwa/state/unsent.js";
import { emptyWorld } from "../../../pwa/state/world.js";
import { settle, TestClock } from "../clock.mjs";
import { ANNA, BEN, DIRECT } from "../events.mjs";
import { House } from "../house.mjs";
import { Storage } from "../storage.mjs";

const clock = new TestClock();
Object.assign(wallClock, { now: clock.now, later: clock.later });
globalThis.WebSocket = class {
  close() {}
};
let answer = () => Promise.reject(new TypeError("no network"));
globalThis.fetch = (...asked) => answer(...asked);

/** Waits for the database, which takes turns of the loop of its own. */
async function until(condition) {
  for (let turn = 0; turn < 200 && !(await condition()); turn++) await settle();
  assert(await condition());
}

const waits = {
  nonce: "n1",
  conversation: DIRECT,
  text: "waits",
  files: [],
  at: 1,
  order: 1,
  error: "",
};

const spoken = {
  id: "r1",
  at: 0,
  conversation: DIRECT,
  begun: 1,
  blob: new Blob(["sound"], { type: "audio/mp4" }),
  ms: 1000,
  levels: [1],
};

async function asLeftBehind() {
  const house = new House();
  house.say("created");
  house.say("sent", BEN, "hello");
  const conversation = withEvents(emptyWorld(ANNA), house.events).conversations[DIRECT];
  const cache = await openCache();
  const who = { me: ANNA, device: "d1" };
  const rest = { epoch: "e1", directory: 0, owed: [], people: [] };
  await cache.write({ who, ...rest, conversations: [{ conversation, have: 2 }] });
  await cache.outbox.put(waits);
  await cache.recordings.put(spoken);
  cache.database.close();
}

/** The next page of a tab in which this device was signed out from elsewhere. */
async function openAgain() {
  globalThis.sessionStorage = new Storage();
  const word = { state: "signed-out", open: false, reason: "signed-out" };
  sessionStorage.setItem("parley.left", JSON.stringify(word));
  await start();
}

test("with no network the page opens as it was left, with what waits to be sent", async () => {
  await asLeftBehind();
  await start();
  assert.deepEqual([ready.value, session.value.state, session.value.me], [true, "signed-in", ANNA]);
  const texts = timeline(DIRECT).value.items.filter(({ type }) => type === "message");
  assert.deepEqual(
    texts.map(({ text, state }) => `${text} ${state}`.trim()),
    ["hello", "waits queued"],
  );
  await until(() => noteIn(DIRECT).value);
  assert.equal(noteIn(DIRECT).value.voice.milliseconds, 1000, "and what was being said");
});

test("hiding the page keeps what it knows, and showing it breaks nothing", async () => {
  setVisible(false);
  setVisible(true);
  const cache = await openCache();
  await until(async () => (await cache.read()).conversations.length === 1);
  cache.database.close();
});

test("signing out leaves nothing behind on the device", async () => {
  answer = async () => new Response(null, { status: 204 });
  await signOut();
  const cache = await openCache();
  await until(async () => (await cache.read()).who === null);
  assert.deepEqual(
    [await cache.outbox.all(), pending.value, await cache.recordings.all(), session.value.state],
    [[], [], [], "signed-out"],
  );
  cache.database.close();
  await until(() => leaving.value === "done"); // and the page is loaded afresh
});

test("the page after that shows nothing of what is kept, even if it could not be forgotten", async () => {
  await asLeftBehind();
  await openAgain();
  assert.deepEqual(
    [session.value.state, session.value.reason, pending.value],
    ["signed-out", "signed-out", []],
  );
});
