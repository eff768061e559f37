// Places on the call screen.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  cornerAfter,
  cornerPoint,
  fitOf,
  nearestCorner,
  onStage,
  tileSize,
} from "../../../pwa/call/layout.js";

const PHONE = { width: 360, height: 740 };
const DESK = { width: 1280, height: 720 };
const INSETS = { top: 60, right: 12, bottom: 100, left: 12 };
const STILL = { x: 0, y: 0 };

test("oneself keeps the picture's shape and never takes more than two fifths of either side", () => {
  for (const stage of [PHONE, DESK, { width: 200, height: 200 }])
    for (const ratio of [16 / 9, 3 / 4, 9 / 16, 1]) {
      const tile = tileSize(stage, ratio);
      assert.ok(Math.abs(tile.width / tile.height - ratio) < 0.05);
      assert.ok(tile.width <= 0.4 * stage.width + 1);
      assert.ok(tile.height <= 0.4 * stage.height + 1);
    }
});

test("a picture of unknown shape has a shape all the same", () => {
  assert.deepEqual(tileSize(PHONE, Number.NaN), tileSize(PHONE, 3 / 4));
});

test("every corner lies inside the insets", () => {
  const tile = tileSize(PHONE, 3 / 4);
  for (const corner of /** @type {const} */ ([
    "top-left",
    "top-right",
    "bottom-left",
    "bottom-right",
  ])) {
    const { x, y } = cornerPoint(corner, PHONE, tile, INSETS);
    assert.ok(x >= INSETS.left && x + tile.width <= PHONE.width - INSETS.right);
    assert.ok(y >= INSETS.top && y + tile.height <= PHONE.height - INSETS.bottom);
  }
});

test("a tile let go falls to the nearest corner, and a flick carries it on", () => {
  const tile = { width: 90, height: 120 };
  assert.equal(nearestCorner({ x: 20, y: 30 }, STILL, PHONE, tile), "top-left");
  assert.equal(nearestCorner({ x: 250, y: 500 }, STILL, PHONE, tile), "bottom-right");
  assert.equal(nearestCorner({ x: 20, y: 30 }, { x: 3, y: 0 }, PHONE, tile), "top-right");
});

test("arrow keys walk the corners and stop at the edge", () => {
  assert.equal(cornerAfter("top-right", "ArrowLeft"), "top-left");
  assert.equal(cornerAfter("top-right", "ArrowDown"), "bottom-right");
  assert.equal(cornerAfter("top-right", "ArrowUp"), "top-right");
  assert.equal(cornerAfter("top-right", "Enter"), "top-right");
});

test("a tile cannot be dragged off the stage", () => {
  const tile = { width: 90, height: 120 };
  assert.deepEqual(onStage({ x: -50, y: 5000 }, PHONE, tile), { x: 0, y: 620 });
  assert.deepEqual(onStage({ x: 10, y: 20 }, PHONE, tile), { x: 10, y: 20 });
});

test("a picture fills the stage when little is cut away, and is shown whole when much would be", () => {
  assert.equal(fitOf(DESK, { width: 640, height: 480 }, false), "cover");
  assert.equal(fitOf(PHONE, { width: 640, height: 480 }, false), "contain");
  assert.equal(fitOf(PHONE, { width: 480, height: 640 }, false), "cover");
  assert.equal(fitOf(PHONE, { width: 720, height: 1280 }, false), "cover");
});

test("a shared screen is always shown whole", () => {
  assert.equal(fitOf(DESK, { width: 1280, height: 720 }, true), "contain");
});

test("a picture whose size is not known yet is not cut", () => {
  assert.equal(fitOf(DESK, { width: 0, height: 0 }, false), "contain");
});
