// Who sends is told how tall each picture is seen, so that nobody sends more than a screen shows.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { afterEach, test } from "node:test";
import { gridPlaces } from "../../../pwa/call/grid.js";
import { heightsOf } from "../../../pwa/views/gathering-shown.js";

const SMALL = Number(
  /^SMALL = (\d+)/m.exec(
    readFileSync(new URL("../../../calls/budget.py", import.meta.url), "utf8"),
  )?.[1],
);
const PHONE = { width: 390, height: 700 }; // CSS px, of the pictures of a call

afterEach(() => Reflect.deleteProperty(globalThis, "devicePixelRatio"));

/** @param {number} count @param {number} ratio how many pixels of the device to one of CSS */
function grid(count, ratio) {
  Object.assign(globalThis, { devicePixelRatio: ratio });
  const drawn = gridPlaces(count, PHONE).map((place, at) => {
    const seat = { mine: false, floor: { camera: true } };
    return { picture: { key: `k${at}`, source: "camera", seat }, place, large: false };
  });
  return Object.values(heightsOf(/** @type {any} */ (drawn)));
}

test("nine on a phone of ratio 3 ask for small pictures", () => {
  const heights = grid(9, 3);
  assert.equal(heights.length, 9);
  assert.ok(Math.max(...heights) <= SMALL, `expected at most ${SMALL}, got ${heights}`);
});

test("two on the same phone ask for large ones", () => {
  assert.ok(Math.min(...grid(2, 3)) > SMALL);
});

test("up to ratio 2 each pixel of the device counts", () => {
  const [once] = grid(9, 1);
  const [twice] = grid(9, 2);
  assert.ok(Math.abs(twice - 2 * once) <= 1);
  assert.equal(grid(9, 3)[0], twice);
});
