// Which square of a picture is kept: never more than there is, however it is dragged or zoomed.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  dragged,
  MAX_ZOOM,
  sideOf,
  wholeOf,
  within,
  zoomed,
} from "../../../../pwa/views/parts/crop-frame.js";

const WIDE = { width: 400, height: 200 };

test("at first it is the middle, as much as fits", () => {
  const frame = wholeOf(WIDE);
  assert.deepEqual([frame.x, frame.y, sideOf(WIDE, frame)], [200, 100, 200]);
});

test("dragging moves the picture under the square, and stops at its edge", () => {
  const frame = dragged(WIDE, wholeOf(WIDE), { dx: 50, dy: 30 }, 100);
  assert.deepEqual([frame.x, frame.y], [100, 100]);
  assert.equal(dragged(WIDE, frame, { dx: 900, dy: 0 }, 100).x, 100);
  assert.equal(dragged(WIDE, frame, { dx: -900, dy: 0 }, 100).x, 300);
});

test("nearer shows less, and farther than everything is everything", () => {
  const near = zoomed(WIDE, wholeOf(WIDE), 2);
  assert.equal(sideOf(WIDE, near), 100);
  assert.equal(zoomed(WIDE, near, 0.1).zoom, 1);
  assert.equal(zoomed(WIDE, near, 99).zoom, MAX_ZOOM);
});

test("going farther from a corner comes back within the picture", () => {
  const corner = within(WIDE, { x: 0, y: 0, zoom: 4 });
  assert.deepEqual([corner.x, corner.y], [25, 25]);
  const all = zoomed(WIDE, corner, 1);
  assert.deepEqual([all.x, all.y], [100, 100]);
});

test("a square picture has nowhere to go until one is nearer", () => {
  const square = { width: 300, height: 300 };
  const frame = dragged(square, wholeOf(square), { dx: 40, dy: -40 }, 100);
  assert.deepEqual([frame.x, frame.y], [150, 150]);
});
