// What a page says of its own part in a call of a room.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inside } from "./gathering-house.mjs";

const shows = ({ house }) => house.said("call.show").map(({ floor }) => floor);

test("a line that is not good is told to the others, and when it is good again", async () => {
  const page = await inside();
  const { changed } = page.house.engine.options;
  const before = shows(page).length;
  for (const quality of ["good", "fair", "poor", "good"]) changed({ quality });
  assert.deepEqual(
    shows(page)
      .slice(before)
      .map(({ line }) => line),
    ["fair", "poor", ""],
  );
});

test("what did not change is not said again", async () => {
  const page = await inside();
  const before = shows(page).length;
  page.house.engine.options.changed({ muted: false, camera: true });
  assert.equal(shows(page).length, before);
});

test("it is all said again when the line is back: the screen too", async () => {
  const page = await inside();
  page.desk.show({ "dben camera": 360.4 });
  page.house.online.value = false;
  page.house.online.value = true;
  assert.deepEqual(shows(page).at(-1), shows(page).at(-2));
  const views = page.house.said("call.view");
  assert.deepEqual(
    views.map(({ shown }) => shown[0].height),
    [360, 360],
  );
});

test("what lies in a window of its own is seen beside the others, as tall as the larger of the two", async () => {
  const page = await inside();
  const seen = () =>
    page.house
      .said("call.view")
      .map(({ shown }) => shown.map(({ device, height }) => [device, height]));
  page.desk.showApart({});
  page.desk.showApart({ "deve camera": 360 });
  assert.deepEqual(seen(), []); // the page has not been drawn yet
  page.desk.show({ "dben camera": 720 });
  page.desk.showApart({ "dben camera": 360 });
  page.desk.showApart({});
  const ben = ["dben", 720];
  assert.deepEqual(seen(), [[ben, ["deve", 360]], [ben], [ben]]);
});

test("a unit that was begun again hears what the screen shows", async () => {
  const page = await inside();
  const { state } = page.house.engine.options;
  page.desk.show({ "dben camera": 720 });
  state("failed");
  assert.equal(page.house.said("call.view").length, 1);
  state("connected");
  const views = page.house.said("call.view");
  assert.deepEqual(
    views.map(({ shown }) => shown[0].height),
    [720, 720],
  );
});

test("what others lose whose line is weak is known by who they are", async () => {
  const page = await inside();
  const floor = { muted: false, camera: true, sharing: false, hand: 0, line: "poor" };
  page.house.tell("call.shown", { call: "c1", floors: { dben: floor } });
  assert.deepEqual(page.house.engine.options.weak(), ["dben"]);
});

test("on another network the unit is asked for another offer", async () => {
  const page = await inside();
  page.house.engine.options.moved();
  assert.equal(page.house.said("call.renew").length, 1);
});
