// What is said about a call of a room, on a line that may be gone.

import assert from "node:assert/strict";
import { test } from "node:test";
import { RENEW, TRY } from "../../../pwa/state/renewal.js";
import { HERE, ME, settled } from "./call-house.mjs";
import { BEN, going, inside, ROOM } from "./gathering-house.mjs";

const view = ({ desk }) => desk.view.value;

test("what a leader decides on a lost line is done when it is back, and says meanwhile that it waits", async () => {
  const page = await inside({}, true);
  page.house.online.value = false;
  page.desk.leading.change({ locked: true });
  page.desk.leading.silence("");
  await settled();
  assert.deepEqual(page.house.said("call.change"), []);
  assert.equal(view(page).unheard, true);
  page.house.online.value = true;
  await settled();
  assert.equal(page.house.said("call.change").length, 1);
  assert.equal(page.house.said("call.silence").length, 1);
  assert.equal(view(page).unheard, false);
});

test("while the line stands nothing is said to wait", async () => {
  const page = await inside({}, true);
  page.desk.leading.change({ locked: true });
  assert.equal(view(page).unheard, false);
});

test("what was lost under way is said again with the same nonce", async () => {
  const page = await inside({}, true);
  page.house.refusals["call.change"] = { code: "not-saved", message: "The disk is full." };
  page.desk.leading.change({ locked: true });
  await settled();
  page.house.refusals = {};
  page.house.time.pass(1000);
  await settled();
  const [first, second] = page.house.said("call.change");
  assert.equal(first.nonce, second.nonce);
});

test("a no is told for a moment", async () => {
  const page = await inside({}, true);
  page.house.refusals["call.remove"] = { code: "not-allowed", message: "Nobody the owner." };
  page.desk.leading.putOut("powner");
  await settled();
  assert.equal(view(page).refused, "Nobody the owner.");
  page.house.time.pass(10_000);
  assert.equal(view(page).refused, "");
});

test("what was not heard before one left is not said afterwards", async () => {
  const page = await inside({}, true);
  page.house.online.value = false;
  page.desk.leading.close();
  await settled();
  page.desk.leave();
  await settled();
  page.house.online.value = true;
  await settled();
  assert.deepEqual(page.house.said("call.close"), []);
  assert.equal(page.house.said("call.leave").length, 1);
});

test("what passes is not kept for later: it would come too late", async () => {
  const page = await inside();
  page.house.online.value = false;
  page.desk.cheer("👏");
  page.house.online.value = true;
  await settled();
  assert.deepEqual(page.house.said("call.cheer"), []);
});

test("a connection that fails gets a new way, and is made anew when it fails before media flowed again", async () => {
  const page = await inside(); // media flows
  const { state } = page.house.engine.options;
  const renewed = () => page.house.said("call.renew").map(({ anew = false }) => anew);
  state("disconnected");
  state("failed");
  page.house.time.pass(0);
  assert.deepEqual(renewed(), [false]);
  state("failed");
  page.house.time.pass(0);
  assert.deepEqual(renewed(), [false, true]);
  state("failed");
  page.house.time.pass(RENEW - 1); // the next one in a row in its time
  assert.deepEqual(renewed(), [false, true]);
  page.house.time.pass(1);
  assert.deepEqual(renewed(), [false, true, true]);
  page.house.time.pass(RENEW); // the new one is given time
  assert.deepEqual(renewed(), [false, true, true, false]);
  state("connected");
  state("failed");
  page.house.time.pass(0);
  assert.deepEqual(renewed(), [false, true, true, false, false]);
});

/** Out of a call in which media flowed, and into it again, where its connection has this state. */
async function again(state) {
  const page = await inside();
  page.desk.leave();
  page.stands(going([[BEN, "dben"]]));
  page.desk.start(ROOM, { video: true });
  await settled();
  const both = [
    [BEN, "dben"],
    [ME, HERE],
  ];
  page.stands(going(both));
  page.house.engine.options.state(state);
  const renewed = () => page.house.said("call.renew").map(({ anew = false }) => anew);
  return { page, renewed };
}

test("what media did in one call says nothing of the next: what fails there first is made anew", async () => {
  const { page, renewed } = await again("failed");
  page.house.time.pass(0);
  assert.deepEqual(renewed(), [true]);
});

test("a handshake that is stuck as one joins is made anew", async () => {
  const { page, renewed } = await again("connecting");
  page.house.time.pass(TRY + RENEW * 2);
  assert.deepEqual(renewed(), [false, false, true]);
});
