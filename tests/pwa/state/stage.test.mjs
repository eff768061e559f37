// How one looks at a call: what is large, who is first, what is said of comings and goings.

import assert from "node:assert/strict";
import { test } from "node:test";
import { signal } from "@preact/signals-core";
import { Storage } from "../storage.mjs";

globalThis.localStorage = new Storage();
const { gatheringDesk } = await import("../../../pwa/state/gathering.js");
const {
  inHandOrder,
  isBusy,
  isHere,
  largeOf,
  newsOf,
  pin,
  picturesOf,
  pinned,
  setVolume,
  volumeOf,
} = await import("../../../pwa/state/stage.js");

/** @param {string} name @param {object} [more] @param {object} [floor] */
function seat(name, more = {}, floor = {}) {
  return /** @type {any} */ ({
    person: `p.${name}`,
    device: `d.${name}`,
    mine: false,
    floor: { muted: false, camera: true, sharing: false, hand: 0, ...floor },
    camera: null,
    screen: null,
    sound: null,
    speaking: false,
    ...more,
  });
}

const ME = seat("me", { mine: true });
const GRID = /** @type {const} */ ({ pinned: "", arrangement: "grid", spoke: "" });
const SPEAKER = /** @type {const} */ ({ pinned: "", arrangement: "speaker", spoke: "" });

test("screens of others come first, one's own is not shown", () => {
  const mine = seat("me", { mine: true }, { sharing: true });
  const keys = picturesOf([mine, seat("ben"), seat("cleo", {}, { sharing: true })]).map(
    (one) => one.key,
  );
  assert.deepEqual(keys, ["d.cleo screen", "d.me camera", "d.ben camera", "d.cleo camera"]);
});

test("in the grid nobody is large, until somebody is pinned", () => {
  const pictures = picturesOf([ME, seat("ben")]);
  assert.equal(largeOf(pictures, GRID), null);
  assert.equal(largeOf(pictures, { ...GRID, pinned: "d.me camera" })?.key, "d.me camera");
  assert.equal(largeOf(pictures, { ...GRID, pinned: "d.gone camera" }), null);
});

test("who spoke last is large in the speaker's view, never oneself", () => {
  const pictures = picturesOf([ME, seat("ben"), seat("cleo")]);
  assert.equal(largeOf(pictures, { ...SPEAKER, spoke: "d.cleo" })?.key, "d.cleo camera");
  assert.equal(largeOf(pictures, { ...SPEAKER, spoke: "d.me" })?.key, "d.ben camera");
  assert.equal(largeOf(picturesOf([ME]), SPEAKER), null);
});

test("a screen is large in either view, but a pinned face is larger", () => {
  const pictures = picturesOf([ME, seat("ben", {}, { sharing: true }), seat("cleo")]);
  assert.equal(largeOf(pictures, GRID)?.key, "d.ben screen");
  assert.equal(largeOf(pictures, { ...SPEAKER, pinned: "d.cleo camera" })?.key, "d.cleo camera");
});

test("the hand that is up longest is first", () => {
  const seats = [seat("a"), seat("b", {}, { hand: 200 }), seat("c", {}, { hand: 100 })];
  assert.deepEqual(
    inHandOrder(seats).map((one) => one.person),
    ["p.c", "p.b", "p.a"],
  );
});

test("comings, goings and hands are told once; a second device of somebody is no news", () => {
  const before = [seat("a"), seat("b")];
  const now = [seat("a", {}, { hand: 5 }), seat("c"), seat("a", { device: "d.a2" })];
  assert.deepEqual(newsOf(before, now), [
    { what: "came", person: "p.c" },
    { what: "went", person: "p.b" },
    { what: "raised", person: "p.a" },
  ]);
  assert.deepEqual(newsOf(now, now), []);
});

test("how loud somebody is, is kept by person, and full loudness needs no keeping", () => {
  setVolume("p.a", 0.4);
  assert.deepEqual([volumeOf("p.a"), volumeOf("p.b")], [0.4, 1]);
  assert.equal(localStorage.getItem("parley.call-volumes"), '{"p.a":0.4}');
  setVolume("p.a", 1);
  assert.equal(localStorage.getItem("parley.call-volumes"), "{}");
});

test("pinning again lets go", () => {
  pin("d.a camera");
  assert.equal(pinned.value, "d.a camera");
  pin("d.a camera");
  assert.equal(pinned.value, "");
});

test("this page is in the call until it has ended", () => {
  assert.deepEqual([isBusy.value, isHere("c1")], [false, false]);
  const view = signal(/** @type {any} */ ({ call: "c1", phase: "live" }));
  gatheringDesk.value = { view, actions: /** @type {any} */ ({}) };
  assert.deepEqual([isBusy.value, isHere("c1"), isHere("c2")], [true, true, false]);
  view.value = { call: "c1", phase: "ended" };
  assert.deepEqual([isBusy.value, isHere("c1")], [false, false]);
});
