// What an engine says goes to the right device or to the unit, and what is heard reaches the engine of that very call.

import assert from "node:assert/strict";
import { test } from "node:test";
import { CONVERSATION, HERE, ring, rung, settled, THERE, talking } from "./call-house.mjs";

const taken = ({ house }) => house.engine.did.filter(([verb]) => verb === "take");

test("signals go to the other device of the call, and from it to the engine", async () => {
  const page = await talking();
  page.house.engine.options.signal("answer", "sdp of ours");
  page.house.engine.options.signal("candidate", "{}");
  page.house.tell("call.offered", { call: page.call, sdp: "sdp of theirs" });
  assert.deepEqual(page.house.said("call.answer"), [
    { conversation: CONVERSATION, call: page.call, to: THERE, sdp: "sdp of ours" },
  ]);
  assert.deepEqual(page.house.said("call.candidate"), [
    { conversation: CONVERSATION, call: page.call, to: THERE, candidate: "{}" },
  ]);
  assert.deepEqual(page.house.engine.did.at(-1), ["take", "offer", "sdp of theirs"]);
});

test("signals of another call are left alone", async () => {
  const page = await talking();
  page.house.tell("call.offered", { call: "cother", sdp: "x" });
  assert.equal(page.house.engine.count("take"), 0);
});

test("an offer is kept for the engine from the moment the call was answered", async () => {
  const page = await rung();
  page.desk.accept({ video: true });
  page.house.stands(ring({ by: HERE }));
  await null;
  page.house.tell("call.offered", { call: page.call, sdp: "early" });
  await settled();
  assert.equal(page.house.engine.count("take"), 1);
});

test("what the unit says of this call reaches the engine, and what it says the unit", async () => {
  const page = await talking();
  const offer = { call: page.call, version: 3, sdp: "v=0", tracks: {} };
  page.house.tell("call.media", offer);
  page.house.tell("call.media", { ...offer, call: "cother" });
  page.house.tell("call.shown", { call: page.call, floors: { dthere: { muted: true } } });
  page.house.tell("call.shown", { call: "cother", floors: {} });
  assert.deepEqual(taken(page), [
    ["take", "media", offer],
    ["take", "floors", { dthere: { muted: true } }],
  ]);
  page.house.engine.options.say("call.take", { version: 3, sdp: "v=1" });
  assert.deepEqual(page.house.said("call.take"), [
    { conversation: CONVERSATION, call: page.call, version: 3, sdp: "v=1" },
  ]);
});

test("what is said while the line is cut is lost, and harms nothing", async () => {
  const page = await talking();
  page.house.online.value = false;
  page.house.engine.options.signal("offer", "v=0");
  page.house.engine.options.say("call.renew", {});
  await settled();
  assert.deepEqual([page.house.said("call.offer"), page.house.said("call.renew")], [[], []]);
});

test("after the end nothing is said", async () => {
  const page = await talking();
  const { signal, say } = page.house.engine.options;
  page.house.ends(page.call, "ended", 1);
  signal("offer", "v=0");
  say("call.renew", {});
  assert.deepEqual([page.house.said("call.offer"), page.house.said("call.renew")], [[], []]);
});
