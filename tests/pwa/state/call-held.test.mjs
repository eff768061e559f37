// A call that goes on, with an engine that only notes what it is told: its link, its end, and a page loaded again.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  CONVERSATION,
  HERE,
  ME,
  makeHouse,
  phase,
  ring,
  rung,
  settled,
  THERE,
  talking,
} from "./call-house.mjs";

// -- in a call

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

test("a link that is lost is said and comes back", async () => {
  const page = await talking();
  assert.equal(phase(page), "live");
  page.house.engine.options.changed({ link: "lost" });
  assert.equal(phase(page), "reconnecting");
  page.house.engine.options.changed({ link: "connected" });
  assert.equal(phase(page), "live");
});

test("both sides offer again when the line to the server is back", async () => {
  const page = await talking();
  page.house.online.value = false;
  assert.equal(page.house.engine.count("renew"), 0);
  page.house.online.value = true;
  assert.equal(page.house.engine.count("renew"), 1);
  assert.equal(phase(page), "live");
});

test("devices that cannot reach each other end the call as failed", async () => {
  const page = await talking();
  page.house.engine.options.changed({ link: "unreachable" });
  await settled();
  assert.equal(page.house.said("call.end")[0].failed, true);
  assert.equal(page.desk.held.call.value.reason, "failed");
});

test("hanging up ends it at the server and keeps the length on the screen", async () => {
  const page = await talking();
  page.house.time.now += 61_500;
  page.desk.hangUp();
  await settled();
  assert.equal(page.house.said("call.end")[0].failed, false);
  assert.equal(page.desk.held.call.value.reason, "ended");
  assert.equal(page.desk.held.call.value.seconds, 61);
  assert.equal(page.house.engine.count("close"), 1);
});

test("when the other side hangs up the log's length is shown", async () => {
  const page = await talking();
  page.house.ends(page.call, "ended", 42);
  assert.equal(page.desk.held.call.value.reason, "ended");
  assert.equal(page.desk.held.call.value.seconds, 42);
});

test("nothing reloads the page during a call, and may after it", async () => {
  const page = await talking();
  assert.equal(page.house.held, true);
  page.house.ends(page.call, "ended", 1);
  assert.equal(page.house.held, false);
});

// -- loaded again

test("a page that was loaded again takes up its call, and offers", async () => {
  const page = makeHouse({
    kept: { call: "ctheirs", startedAt: 5, video: true },
    standing: [{ conversation: CONVERSATION, call: ring({ by: HERE }) }],
  });
  page.begin();
  assert.equal(phase(page), "reconnecting");
  await settled();
  assert.deepEqual(page.house.engine.did, [
    ["open", true],
    ["connect", { polite: true, offers: true }],
  ]);
  assert.equal(page.desk.held.call.value.startedAt, 5);
});

test("a page that was loaded again while it called goes on calling", async () => {
  const page = makeHouse({
    kept: { call: "cmine", startedAt: 0, video: false },
    standing: [
      { conversation: CONVERSATION, call: ring({ call: "cmine", caller: ME, device: HERE }) },
    ],
  });
  page.begin();
  await settled();
  assert.equal(phase(page), "outgoing");
  assert.equal(page.house.said("call.ring").length, 0);
});

test("another tab of the same browser does not take the call, but offers to when that tab is gone", async () => {
  const page = makeHouse({ standing: [{ conversation: CONVERSATION, call: ring({ by: HERE }) }] });
  page.begin();
  await settled();
  assert.equal(phase(page), null);
  assert.equal(page.desk.elsewhere.value.here, true);
  page.house.free = false;
  assert.equal(await page.desk.rejoin(), false);
  page.house.free = true;
  assert.equal(await page.desk.rejoin(), true);
  await settled();
  assert.equal(phase(page), "reconnecting");
});

test("when the page leaves, camera and microphone are let go of and the tab remembers its call", async () => {
  const page = await talking();
  page.stop();
  assert.equal(page.house.engine.count("close"), 1);
  assert.equal(page.house.kept.call, page.call);
});
