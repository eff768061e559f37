// What is heard and seen of the others in a call of a room.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Scene, shownOf } from "../../../pwa/state/gathering-scene.js";
import { BEN } from "./gathering-house.mjs";

/** A scene, and what it will do later by key. */
function made() {
  const timers = new Map();
  return { scene: new Scene((key, _ms, callback) => timers.set(key, callback)), timers };
}

const SEAT = { person: BEN, device: "dben" };

test("a picture is shown while it is sent, and keeps its stream while it keeps its track", () => {
  const { scene } = made();
  const track = /** @type {any} */ ({});
  scene.receive([{ device: "dben", source: "camera", track }]);
  const before = scene.seat(SEAT, false, null).camera;
  assert.ok(before, "it may come before it is said that it does");
  scene.sends("dben", []);
  assert.equal(scene.seat(SEAT, false, null).camera, null);
  scene.sends("dben", ["camera"]);
  assert.equal(scene.seat(SEAT, false, null).camera, before);
  const { camera } = scene.seat(SEAT, false, null);
  assert.ok(camera);
  scene.receive([
    { device: "dben", source: "camera", track },
    { device: "dben", source: "microphone", track: /** @type {any} */ ({}) },
  ]);
  assert.equal(scene.seat(SEAT, false, null).camera, camera);
  assert.ok(scene.seat(SEAT, false, null).sound);
  scene.sends("dben", []);
  assert.equal(scene.seat(SEAT, false, null).camera, null);
});

test("one's own seat shows one's own picture and no sound", () => {
  const { scene } = made();
  const local = /** @type {any} */ ({});
  const seat = scene.seat(SEAT, true, local);
  assert.deepEqual([seat.mine, seat.camera, seat.sound], [true, local, null]);
});

test("who is muted does not speak", () => {
  const { scene } = made();
  scene.spoke("dben");
  assert.equal(scene.seat(SEAT, false, null).speaking, true);
  scene.shown({
    dben: { muted: true, camera: false, sharing: false, hand: 7, asks: [], line: "" },
  });
  assert.equal(scene.seat(SEAT, false, null).speaking, false);
});

test("one's own hand was raised when it first was, and comes down", () => {
  const { scene } = made();
  const own = /** @type {any} */ ({ muted: true, camera: false, sharing: false, asks: ["speak"] });
  assert.equal(scene.own("dme", { ...own, hand: true }, 5).hand, 5);
  assert.deepEqual(scene.own("dme", { ...own, hand: true }, 9), { ...own, hand: 5, line: "" });
  assert.equal(scene.own("dme", { ...own, hand: false }, 12).hand, 0);
  assert.deepEqual(scene.seat({ person: "pme", device: "dme" }, true, null).floor.asks, ["speak"]);
});

test("what is seen of the others is said in whole pixels", () => {
  assert.deepEqual(shownOf({ "dben camera": 359.6, "dcleo screen": -4 }), [
    { device: "dben", source: "camera", height: 360 },
    { device: "dcleo", source: "screen", height: 0 },
  ]);
});

test("who knocks is forgotten when they stop, and once answered", () => {
  const { scene, timers } = made();
  scene.knocked("pdora");
  scene.knocked("pcleo");
  scene.knocked("pdora");
  assert.deepEqual(scene.knocking, ["pcleo", "pdora"]);
  scene.answered("pcleo");
  timers.get("knock pdora")();
  assert.deepEqual(scene.knocking, []);
});

test("an emoji floats for a while, and there are never too many", () => {
  const { scene, timers } = made();
  for (let at = 0; at < 30; at += 1) scene.cheered({ person: BEN, emoji: "👏" });
  assert.equal(scene.cheers.length, 20);
  timers.get("cheer 30")();
  assert.equal(scene.cheers.at(-1)?.key, 29);
});
