// What a call does to the device besides the screen, by what the page says of it.

import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { signal } from "@preact/signals-core";
import { followAttention } from "../../../pwa/call/attention.js";
import { pageTitle } from "../../../pwa/state/badges.js";
import { followCalls, hangUp, startCall } from "../../../pwa/state/calls.js";
import { declineRoom, followGatherings, gatheringDesk } from "../../../pwa/state/gathering.js";
import { ringing } from "../../../pwa/state/settings.js";
import { speaker } from "../../../pwa/state/tabs.js";
import { blank, emptyWorld, world } from "../../../pwa/state/world.js";
import { settled } from "../state/call-house.mjs";
import { BEN, going, ROOM } from "../state/gathering-house.mjs";
import { FakeAudio } from "./audio-fake.mjs";

const ME = "pme";
const RINGS = "Ben is calling";
const WAITING = 425; // Hz, who waits for an answer
const SHAKE = 2400; // ms from one shake to the next
const FLASH = 1000; // ms

/** A lock as the browser gives it: lost when the page is hidden. */
class FakeLock {
  held = true;
  async release() {
    this.held = false;
  }
}

let page;
let until;

/** A page that follows calls, and what it does to the device. */
function open() {
  const shook = [];
  const locks = [];
  const wakeLock = {
    refuses: false,
    request: async (kind) => {
      assert.equal(kind, "screen");
      if (wakeLock.refuses) throw new DOMException("", "NotAllowedError");
      locks.push(new FakeLock());
      return locks.at(-1);
    },
  };
  const activation = { hasBeenActive: true };
  const device = {
    vibrate: (pattern) => shook.push(pattern),
    userActivation: activation,
    wakeLock,
  };
  Object.defineProperty(globalThis, "navigator", { value: device, configurable: true });
  const shown = Object.assign(new EventTarget(), { title: "Parley", visibilityState: "visible" });
  globalThis.document = /** @type {any} */ (shown);
  globalThis.window = /** @type {any} */ (new EventTarget());
  return { shook, locks, wakeLock, activation, document: shown };
}

/** What the browser would give a call. */
function means() {
  const memory = { read: () => ({ call: "" }), take: async () => true, note() {}, drop() {} };
  const engine = { open: async () => {}, prepare() {}, close() {} };
  return /** @type {any} */ ({ makeEngine: () => engine, memory });
}

/** The room's call as the log shows it, begun just now; null: none. @param {object|null} on */
function stands(on) {
  const card = { conversation: ROOM, title: "", owner: BEN, moderators: [] };
  const room = /** @type {any} */ ({ ...blank(ROOM), gathering: on, room: card });
  const people = { [BEN]: /** @type {any} */ ({ id: BEN, name: "Ben" }) };
  world.value = { ...world.peek(), me: ME, people, conversations: { [ROOM]: room } };
}

const rings = () => stands(going([[BEN, "dben"]], { ring: true, at: Date.now() }));
const tones = () => FakeAudio.all[0].taken();

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
  FakeAudio.install();
  page = open();
  world.value = emptyWorld(ME);
  ringing.value = true;
  speaker.value = true;
  until = new AbortController();
  followCalls(means(), until.signal);
  followGatherings(means(), until.signal);
  followAttention(until.signal);
  globalThis.window.dispatchEvent(new Event("pointerup"));
  mock.timers.tick(300); // the sound system opens a little after the tap
  tones();
});
afterEach(() => {
  until.abort();
  mock.timers.reset();
});

test("what rings sounds, shakes and flashes, until one says no", () => {
  rings();
  assert.equal(tones().length, 6);
  assert.equal(page.shook.length, 1);
  assert.equal(page.document.title, RINGS);
  mock.timers.tick(FLASH);
  assert.equal(page.document.title, "Parley");
  mock.timers.tick(SHAKE);
  assert.equal(page.shook.length, 2);
  declineRoom();
  assert.equal(page.shook.at(-1), 0);
  assert.equal(page.document.title, "Parley");
  tones();
  mock.timers.tick(SHAKE * 3);
  assert.deepEqual([tones(), page.shook.at(-1)], [[], 0]);
});

test("what is unread when it stops ringing is in the title, not what was when it began", () => {
  rings();
  const { conversations } = world.peek();
  const more = { ...blank("direct.pme.pcleo"), unread: 2 };
  world.value = { ...world.peek(), conversations: { ...conversations, [more.id]: more } };
  assert.equal(pageTitle.value, "(2) Parley");
  declineRoom();
  assert.equal(page.document.title, "(2) Parley");
});

test("who leads a room's call hears a knock at its door, once each, and not where sounds are off", () => {
  const view = signal({ phase: "live", knocking: [], seats: [] });
  gatheringDesk.value = /** @type {any} */ ({ view, actions: {} });
  const waits = (...knocking) => {
    view.value = { phase: "live", knocking, seats: [] };
    return tones().length;
  };
  assert.deepEqual([waits(BEN), waits(BEN), waits(BEN, "pcleo")], [2, 0, 2]);
  assert.deepEqual([waits(BEN), waits("pcleo"), waits()], [0, 2, 0]);
  ringing.value = false;
  assert.equal(waits(BEN), 0);
  ringing.value = true;
  assert.equal(tones().length, 0);
  gatheringDesk.value = null;
});

/** One in a room's call with so many others. Gives how it goes on, and what is heard then. @param {number} others */
function among(others) {
  const seat = (/** @type {number} */ at) => ({
    person: at ? `p${at}` : ME,
    device: `d${at}`,
    mine: at === 0,
    floor: { hand: 0 },
  });
  const show = (/** @type {number} */ count, more = {}) => ({
    call: "croom",
    phase: "live",
    reason: "",
    knocking: [],
    seats: Array.from({ length: count + 1 }, (_, at) => seat(at)),
    ...more,
  });
  const view = signal(show(others));
  gatheringDesk.value = /** @type {any} */ ({ view, actions: {} });
  tones();
  return (/** @type {number} */ count, more = {}) => {
    view.value = show(count, more);
    return tones();
  };
}

const CAME = [440, 587.33]; // Hz
const LEFT = [587.33, 440];
const END = [523.25, 392];

test("who is in a room's call hears somebody come, and leave, and several at once as one", () => {
  const goesOn = among(1);
  assert.deepEqual(
    [goesOn(2), goesOn(2), goesOn(1), goesOn(4), goesOn(1)],
    [CAME, [], LEFT, CAME, LEFT],
  );
  gatheringDesk.value = null;
});

test("in a call of many, and where sounds are off, nobody is heard to come or leave", () => {
  const goesOn = among(6);
  assert.deepEqual(
    [goesOn(7), goesOn(8), goesOn(9), goesOn(8), goesOn(7), goesOn(6)],
    [CAME, [], [], [], [], LEFT],
  );
  ringing.value = false;
  assert.deepEqual(
    [goesOn(5), goesOn(5, { phase: "ended", reason: "closed", seats: [] })],
    [[], []],
  );
  gatheringDesk.value = null;
});

test("one's own coming is not heard, nor what was missed while the line was gone", () => {
  const goesOn = among(1);
  assert.deepEqual([goesOn(1, { phase: "reconnecting" }), goesOn(3)], [[], []]);
  const other = { call: "cother" };
  assert.deepEqual(
    [goesOn(0, { ...other, phase: "joining" }), goesOn(2, other), goesOn(1)],
    [[], [], []],
  );
  gatheringDesk.value = null;
});

test("the end of a room's call is heard where others end it, and not where one leaves", () => {
  const gone = (/** @type {string} */ reason) => ({ phase: "ended", reason, seats: [] });
  const heard = ["closed", "out", "left", "elsewhere"].map((reason) => among(2)(0, gone(reason)));
  assert.deepEqual(heard, [END, END, [], []]);
  gatheringDesk.value = null;
});

test("who is busy hears and feels nothing of it, but sees it", () => {
  const busy = {
    person: ME,
    online: true,
    last_seen: 0,
    idle: false,
    status: "busy",
    text: "",
    until: 0,
  };
  world.value = { ...world.peek(), presence: { [ME]: /** @type {any} */ (busy) } };
  rings();
  assert.deepEqual([tones(), page.shook, page.document.title], [[], [], RINGS]);
});

test("with the sound off, or in a tab that does not sound for all, it only shakes", () => {
  speaker.value = false;
  rings();
  assert.deepEqual([tones(), page.shook.length], [[], 1]);
  declineRoom();
  stands(null);
  speaker.value = true;
  ringing.value = false;
  stands(going([[BEN, "dben"]], { call: "c2", ring: true, at: Date.now() }));
  assert.deepEqual([tones(), page.shook.at(-1)], [[], page.shook[0]]);
});

test("a page that nobody has touched yet does not try to shake", () => {
  page.activation.hasBeenActive = false;
  rings();
  assert.deepEqual(page.shook, []);
});

test("who calls hears the tone of waiting once the ring is out, and the end of it", async () => {
  startCall("direct.pben.pme", { video: false });
  assert.deepEqual(tones(), []); // the browser asks for the microphone
  await settled();
  assert.deepEqual(tones(), [WAITING]);
  assert.deepEqual(page.shook, []);
  hangUp();
  assert.deepEqual(tones(), [523.25, 392]);
});

/** A room's call that one is in, or its end. */
const inside = (phase) =>
  /** @type {any} */ ({ view: signal({ phase, knocking: [], seats: [] }), actions: {} });

test("the screen stays awake through a call, and may sleep after it", async () => {
  gatheringDesk.value = inside("live");
  await settled();
  assert.deepEqual(
    page.locks.map(({ held }) => held),
    [true],
  );
  gatheringDesk.value = inside("ended");
  assert.deepEqual(
    page.locks.map(({ held }) => held),
    [false],
  );
});

test("what keeps it awake is taken again when the page is back", async () => {
  gatheringDesk.value = inside("live");
  await settled();
  page.locks[0].held = false; // the browser took it
  page.document.visibilityState = "hidden";
  page.document.dispatchEvent(new Event("visibilitychange"));
  await settled();
  assert.equal(page.locks.length, 1);
  page.document.visibilityState = "visible";
  page.document.dispatchEvent(new Event("visibilitychange"));
  await settled();
  assert.deepEqual(
    page.locks.map(({ held }) => held),
    [false, true],
  );
  gatheringDesk.value = null;
  assert.equal(page.locks[1].held, false);
  page.document.dispatchEvent(new Event("visibilitychange"));
  await settled();
  assert.equal(page.locks.length, 2);
});

test("a call that ends before it was granted leaves no lock, and a refusal breaks nothing", async () => {
  gatheringDesk.value = inside("live");
  gatheringDesk.value = null;
  await settled();
  assert.deepEqual(
    page.locks.map(({ held }) => held),
    [false],
  );
  page.wakeLock.refuses = true;
  gatheringDesk.value = inside("live");
  await settled();
  gatheringDesk.value = null;
  assert.equal(page.locks.length, 1);
});
