// A call that goes on, with an engine that only notes what it is told: its link, its end, and a page loaded again.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  CONVERSATION,
  HERE,
  ME,
  MEDIA,
  makeHouse,
  phase,
  ROOM,
  ring,
  rung,
  settled,
  THERE,
  talking,
} from "./call-house.mjs";

// -- in a call

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

// -- through the server

test("devices that do not reach each other ask for another way, and the call goes on", async () => {
  const page = await talking();
  page.house.engine.options.stuck();
  await settled();
  assert.deepEqual(page.house.said("call.move"), [{ conversation: CONVERSATION, call: page.call }]);
  assert.equal(page.house.engine.count("relay"), 0);
  page.house.stands(ring({ by: HERE, relayed: true }));
  assert.equal(page.house.engine.count("relay"), 1);
  assert.equal(page.house.engine.count("close"), 0);
  assert.equal(phase(page), "live");
});

test("a server that knows no other way leaves the call as it is", async () => {
  const page = await talking();
  page.house.refusals["call.move"] = { code: "not-connected" };
  page.house.engine.options.stuck();
  await settled();
  assert.equal(phase(page), "live");
  assert.equal(page.house.engine.count("relay"), 0);
});

test("a page that was loaded again in a call through the server goes there at once", async () => {
  const page = makeHouse({
    kept: { call: "ctheirs", startedAt: 5, video: true },
    standing: [{ conversation: CONVERSATION, call: ring({ by: HERE, relayed: true }) }],
  });
  page.begin();
  await settled();
  const role = { polite: true, offers: true, relayed: true };
  assert.deepEqual(page.house.engine.did.at(-1), ["connect", role]);
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

// -- more people

test("more people are asked for once, however often the line is lost", async () => {
  const page = await talking();
  page.house.online.value = false;
  const added = page.desk.add(["pthird"], "Us three");
  await settled();
  page.house.online.value = true;
  await added;
  const [{ nonce, ...asked }, ...others] = page.house.said("call.add");
  assert.ok(nonce);
  assert.deepEqual(others, []);
  assert.deepEqual(asked, {
    conversation: CONVERSATION,
    call: page.call,
    people: ["pthird"],
    title: "Us three",
  });
});

test("why they could not be added is said to who asked, and the call goes on", async () => {
  const page = await talking();
  page.house.refusals["call.add"] = { code: "in-a-call", message: "They are in another call." };
  await assert.rejects(page.desk.add(["pthird"], "Us three"), /another call/);
  assert.equal(phase(page), "live");
});

test("nobody is added to a call that nobody answered", async () => {
  const page = await rung();
  await page.desk.add(["pthird"], "Us three");
  assert.deepEqual(page.house.said("call.add"), []);
});

test("a call that became a room's goes on there with what is sent, and says no end here", async () => {
  const page = await talking();
  const { startedAt } = page.desk.held.call.value;
  page.desk.mute(true);
  page.house.continues(page.call, [THERE, HERE]);
  const [{ on, ...which }] = page.house.wentOn;
  assert.equal(on.call, page.call);
  assert.deepEqual(which, {
    conversation: ROOM,
    camera: true,
    muted: true,
    startedAt,
    media: MEDIA,
  });
  assert.equal(page.house.engine.count("handOver"), 1);
  assert.equal(page.house.engine.count("close"), 0);
  assert.equal(phase(page), null);
  assert.equal(page.house.kept.call, "");
});

test("a device that is not in the room's call has simply come to the end of its own", async () => {
  const page = await talking();
  page.house.continues(page.call, [THERE, "dlaptop"]);
  assert.deepEqual(page.house.wentOn, []);
  assert.deepEqual([phase(page), page.desk.held.call.value.reason], ["ended", "continued"]);
});

test("a page that was loaded again meanwhile finds its call in the room", async () => {
  const page = makeHouse({ kept: { call: "ctheirs", startedAt: 5, video: false } });
  const attendees = [{ person: ME, device: HERE, at: 1 }];
  page.house.rooms.value = [{ conversation: ROOM, on: { call: "ctheirs", attendees } }];
  page.begin();
  const [{ on, ...which }] = page.house.wentOn;
  assert.equal(on.call, "ctheirs");
  assert.deepEqual(which, {
    conversation: ROOM,
    camera: false,
    muted: false,
    startedAt: 5,
    media: null,
  });
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
    ["connect", { polite: true, offers: true, relayed: false }],
  ]);
  assert.equal(page.desk.held.call.value.startedAt, 5);
});

test("who was muted is muted after a reload too, and in the next call no longer", async () => {
  const page = await talking();
  page.desk.mute(true);
  assert.equal(page.house.kept.muted, true);
  const again = makeHouse({
    kept: page.house.kept,
    standing: [{ conversation: CONVERSATION, call: ring({ by: HERE }) }],
  });
  again.begin();
  assert.deepEqual(again.house.engine.did, [["open", true, "muted"]]);
  const next = makeHouse({ kept: { muted: true } });
  next.begin();
  next.desk.start(CONVERSATION, { video: false });
  await settled();
  assert.equal(next.house.kept.muted, false);
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
