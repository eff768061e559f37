// Places of many pictures.

import assert from "node:assert/strict";
import { test } from "node:test";
import { GAP, gridPlaces, MOST, onPage, pages, spotlightPlaces } from "../../../pwa/call/grid.js";
import { fitOf } from "../../../pwa/call/layout.js";

const PHONE = { width: 344, height: 560 };
const TURNED = { width: 740, height: 360 };
const TABLET = { width: 752, height: 850 };
const DESK = { width: 1264, height: 640 };
const STAGES = [PHONE, TURNED, TABLET, DESK];

/** @typedef {import("../../../pwa/call/grid.js").Place} Place */

/** @param {Place[]} places @param {{width: number, height: number}} stage */
function fit(places, stage) {
  for (const one of places) {
    assert.ok(one.x >= 0 && one.y >= 0 && one.width > 0 && one.height > 0, JSON.stringify(one));
    assert.ok(one.x + one.width <= stage.width + 1, "not wider than the stage");
    assert.ok(one.y + one.height <= stage.height + 1, "nothing to scroll");
  }
  for (const [at, one] of places.entries())
    for (const other of places.slice(at + 1)) {
      const apart =
        one.x + one.width <= other.x + 1 ||
        other.x + other.width <= one.x + 1 ||
        one.y + one.height <= other.y + 1 ||
        other.y + other.height <= one.y + 1;
      assert.ok(apart, "no two lie over each other");
    }
}

/** @param {Place[]} places */
const columns = (places) => new Set(places.filter((one) => one.y === places[0].y)).size;

test("every number of faces fits on every screen, none of them a slit", () => {
  for (const stage of STAGES)
    for (let count = 1; count <= MOST; count += 1) {
      const places = gridPlaces(count, stage);
      assert.equal(places.length, count);
      fit(places, stage);
      for (const { width, height } of places)
        assert.ok(width / height > 0.7 && width / height < 1.85, `${width}:${height}`);
    }
});

test("a phone held upright has one or two columns, a wide screen more", () => {
  assert.deepEqual(
    [1, 2, 3, 4, 5, 9].map((count) => columns(gridPlaces(count, PHONE))),
    [1, 1, 1, 2, 2, 2],
  );
  assert.deepEqual(
    [1, 2, 4, 9].map((count) => columns(gridPlaces(count, DESK))),
    [1, 2, 2, 3],
  );
});

test("no tile is so high that a wide picture would lose more than half, and be shown between two bars", () => {
  const wide = { width: 1280, height: 720 };
  for (const stage of STAGES)
    for (let count = 2; count <= MOST; count += 1)
      for (const place of gridPlaces(count, stage))
        assert.equal(fitOf(place, wide, false), "cover", `${place.width}:${place.height}`);
});

test("a last row that is not full stands in the middle", () => {
  const [first, , , , last] = gridPlaces(5, PHONE);
  assert.ok(last.x > first.x);
  assert.equal(last.x, Math.round((PHONE.width - last.width) / 2));
});

test("without a stage there are no places", () => {
  assert.deepEqual(gridPlaces(4, { width: 0, height: 0 }), []);
  assert.deepEqual(spotlightPlaces(4, { width: 0, height: 0 }).strip, []);
});

test("the large one takes most of the stage, and the strip what is left", () => {
  for (const stage of STAGES)
    for (let others = 0; others <= 12; others += 1) {
      const { large, strip, room } = spotlightPlaces(others, stage);
      fit([large, ...strip], stage);
      assert.equal(strip.length, Math.min(others, room));
      assert.ok(room <= MOST - 1, "nine at once with the large one");
      assert.ok(large.width * large.height >= 0.5 * stage.width * stage.height);
    }
});

test("one alone has the whole stage", () => {
  assert.deepEqual(spotlightPlaces(0, DESK).large, { x: 0, y: 0, ...DESK });
});

test("the strip is beside on a wide stage and below on an upright one", () => {
  const wide = spotlightPlaces(3, DESK);
  assert.equal(wide.large.width + GAP, wide.strip[0].x);
  const upright = spotlightPlaces(3, PHONE);
  assert.equal(upright.large.height + GAP, upright.strip[0].y);
});

test("a strip below is of even rows, where they fit, and nobody is alone in the last", () => {
  /** @param {number} others @param {import("../../../pwa/call/layout.js").Size} stage */
  const rows = (others, stage) => {
    const { strip } = spotlightPlaces(others, stage);
    return [...new Set(strip.map(({ y }) => y))].map(
      (line) => strip.filter(({ y }) => y === line).length,
    );
  };
  assert.deepEqual([rows(3, PHONE), rows(4, PHONE), rows(5, PHONE)], [[3], [2, 2], [3, 2]]);
  assert.deepEqual([rows(4, TABLET), rows(5, TABLET), rows(7, TABLET)], [[4], [3, 2], [4, 3]]);
  const low = { width: 344, height: 440 };
  assert.deepEqual(rows(4, low), [3, 1], "the large one has more than half");
});

test("twelve are a page of nine and one of three, and a page that is gone is the last", () => {
  const all = Array.from({ length: 12 }, (_, at) => at);
  assert.equal(pages(12), 2);
  assert.deepEqual(
    [onPage(all, 0).length, onPage(all, 1), onPage(all, 7)],
    [9, [9, 10, 11], [9, 10, 11]],
  );
  assert.deepEqual([pages(0), pages(9), onPage([], 3)], [1, 1, []]);
});
