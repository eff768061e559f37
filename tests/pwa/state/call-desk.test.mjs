// Ringing and answering, with an engine that only notes what it is told.

import assert from "node:assert/strict";
import { test } from "node:test";
import { PATIENCE, RINGS_OUT } from "../../../pwa/state/call-desk.js";
import { FAREWELL } from "../../../pwa/state/call-held.js";
import {
  CONVERSATION,
  calling,
  HERE,
  ME,
  makeHouse,
  OTHER,
  phase,
  ring,
  rung,
  settled,
  THERE,
  talking,
} from "./call-house.mjs";

// -- calling

test("who calls asks for the camera before anybody hears a ring", async () => {
  const page = makeHouse();
  page.begin();
  page.desk.start(CONVERSATION, { video: true });
  assert.deepEqual(page.house.engine.did, [["open", true]]);
  assert.deepEqual(page.house.said("call.ring"), []);
  await settled();
  const [body] = page.house.said("call.ring");
  assert.equal(body.conversation, CONVERSATION);
  assert.equal(body.video, true);
  assert.equal(phase(page), "outgoing");
});

test("a call given up before the camera was allowed rings nobody", async () => {
  const page = makeHouse();
  page.begin();
  page.desk.start(CONVERSATION, { video: true });
  page.desk.hangUp();
  await settled();
  assert.deepEqual(page.house.said("call.ring"), []);
  assert.deepEqual(page.house.said("call.end"), []);
  assert.equal(phase(page), null);
  assert.equal(page.house.engine.count("close"), 1);
});

test("ringing is said when a device rings", async () => {
  const page = await calling();
  assert.equal(page.desk.held.call.value.ring, "trying");
  page.house.tell("call.alerted", { call: page.call });
  assert.equal(page.desk.held.call.value.ring, "ringing");
  page.house.time.pass(PATIENCE);
  assert.equal(page.desk.held.call.value.ring, "ringing");
});

test("cannot be reached is said when no device rings, and taken back when one does", async () => {
  const page = await calling();
  page.house.time.pass(PATIENCE);
  assert.equal(page.desk.held.call.value.ring, "unreachable");
  page.house.tell("call.alerted", { call: page.call });
  assert.equal(page.desk.held.call.value.ring, "ringing");
});

test("an answer connects the caller, who does not give way and offers first", async () => {
  const page = await calling();
  page.house.stands(ring({ call: page.call, caller: ME, device: HERE, by: THERE }));
  assert.deepEqual(page.house.engine.did.at(-1), [
    "connect",
    { polite: false, offers: true, relayed: false },
  ]);
  assert.equal(phase(page), "connecting");
});

for (const reason of ["declined", "busy", "missed"]) {
  test(`the caller is told that it was ${reason}, and the page is free again`, async () => {
    const page = await calling();
    page.house.ends(page.call, reason);
    assert.equal(phase(page), "ended");
    assert.equal(page.desk.held.call.value.reason, reason);
    assert.equal(page.house.held, false);
    page.house.time.pass(FAREWELL);
    assert.equal(phase(page), null);
  });
}

test("who is busy never stands in the log, and the caller is told all the same", async () => {
  const page = makeHouse();
  page.begin();
  page.desk.start(CONVERSATION, { video: false });
  await settled();
  page.house.ends(page.desk.held.call.value.call, "busy");
  assert.equal(page.desk.held.call.value.reason, "busy");
});

test("cancelling ends it at the server", async () => {
  const page = await calling();
  page.desk.hangUp();
  await settled();
  assert.equal(page.house.said("call.end")[0].call, page.call);
  assert.equal(page.desk.held.call.value.reason, "cancelled");
});

test("a refusal is shown in its own words", async () => {
  const page = makeHouse();
  page.begin();
  page.house.refusals["call.ring"] = {
    code: "in-a-call",
    message: "You are in a call on another device already.",
  };
  page.desk.start(CONVERSATION, { video: false });
  await settled();
  assert.equal(page.desk.held.call.value.reason, "refused");
  assert.equal(page.desk.held.call.value.words, "You are in a call on another device already.");
});

test("a ring whose end was never heard does not last for ever", async () => {
  const page = await calling();
  page.house.time.pass(RINGS_OUT);
  await settled();
  assert.equal(page.desk.held.call.value.reason, "missed");
});

test("a second call while in one is not begun", async () => {
  const page = await talking();
  page.desk.start("direct.pme.pthird", { video: false });
  await settled();
  assert.deepEqual(page.house.said("call.ring"), []);
  assert.equal(phase(page), "live");
});

test("a ring while the line is cut goes out once, when it is back", async () => {
  const page = makeHouse();
  page.begin();
  page.house.online.value = false;
  page.desk.start(CONVERSATION, { video: false });
  await settled();
  assert.deepEqual(page.house.said("call.ring"), []);
  page.house.online.value = true;
  await settled();
  assert.equal(page.house.said("call.ring").length, 1);
});

test("a call given up while the line is cut does not ring when it is back", async () => {
  const page = makeHouse();
  page.begin();
  page.house.online.value = false;
  page.desk.start(CONVERSATION, { video: false });
  await settled();
  page.desk.hangUp();
  page.house.online.value = true;
  await settled();
  assert.deepEqual(page.house.said("call.ring"), []);
});

test("hanging up while the line is cut is said when it is back", async () => {
  const page = await talking();
  page.house.online.value = false;
  page.desk.hangUp();
  await settled();
  assert.deepEqual(page.house.said("call.end"), []);
  page.house.online.value = true;
  await settled();
  assert.equal(page.house.said("call.end").length, 1);
});

// -- being called

test("a ring in the log rings here, and the caller is told so", async () => {
  const page = await rung();
  assert.equal(phase(page), "incoming");
  assert.equal(page.desk.held.call.value.person, OTHER);
  assert.equal(page.house.said("call.alert").length, 1);
});

test("a ring that the server no longer knows does not ring", async () => {
  const page = makeHouse();
  page.begin();
  page.house.refusals["call.alert"] = { code: "call-over" };
  page.house.stands(ring());
  await settled();
  assert.equal(phase(page), null);
});

test("a ring kept from before is silent while there is no line, and rings when there is", async () => {
  const page = makeHouse({ standing: [{ conversation: CONVERSATION, call: ring() }] });
  page.house.online.value = false;
  page.begin();
  await settled();
  assert.equal(phase(page), null);
  page.house.online.value = true;
  await settled();
  assert.equal(phase(page), "incoming");
});

test("one's own ring from another device does not ring here", async () => {
  const page = makeHouse();
  page.begin();
  page.house.stands(ring({ caller: ME, device: "dlaptop" }));
  await settled();
  assert.equal(phase(page), null);
  assert.equal(page.desk.elsewhere.value.here, false);
});

test("answering picks up, and connects once the log says that this device was first", async () => {
  const page = await rung();
  page.desk.accept({ video: true });
  await settled();
  assert.equal(page.house.said("call.pick_up")[0].call, page.call);
  assert.equal(page.house.engine.count("connect"), 0);
  page.house.stands(ring({ by: HERE }));
  assert.deepEqual(page.house.engine.did.at(-1), [
    "connect",
    { polite: true, offers: false, relayed: false },
  ]);
});

test("answering asks the log and takes what was offered with the press, before anything is drawn", async () => {
  const page = await rung();
  page.desk.accept({ video: true });
  assert.equal(page.house.said("call.pick_up").length, 1);
  assert.equal(page.house.engine.count("accept"), 1);
});

test("what another tab of this browser answers is let go of here", async () => {
  const page = await rung();
  page.house.free = false;
  page.desk.accept({ video: true });
  await settled();
  assert.equal(phase(page), null);
  assert.deepEqual([page.house.engine.count("close"), page.house.engine.count("connect")], [1, 0]);
  assert.deepEqual(page.house.said("call.end"), []);
});

test("answering waits for the camera before it connects", async () => {
  const page = await rung();
  let allow = () => {};
  page.house.opened = new Promise((resolve) => {
    allow = () => resolve(undefined);
  });
  page.desk.accept({ video: true });
  await settled();
  page.house.stands(ring({ by: HERE }));
  await settled();
  assert.equal(page.house.engine.count("connect"), 0);
  allow();
  await settled();
  assert.equal(page.house.engine.count("connect"), 1);
});

test("answering connects while the camera opens, where nobody has to be asked for it", async () => {
  const page = await rung();
  page.house.granted = true;
  page.house.opened = new Promise(() => {});
  page.desk.accept({ video: true });
  await settled();
  assert.equal(page.house.engine.count("open"), 1);
  page.house.stands(ring({ by: HERE }));
  assert.equal(page.house.engine.count("connect"), 1);
});

test("answering with sound opens no camera", async () => {
  const page = await rung(true);
  page.desk.accept({ video: false });
  await settled();
  assert.deepEqual(page.house.engine.of("open"), [["open", false]]);
});

test("answering with video opens one, unless it is a voice call", async () => {
  const video = await rung(true);
  video.desk.accept({ video: true });
  const voice = await rung(false);
  voice.desk.accept({ video: true });
  await settled();
  assert.deepEqual(video.house.engine.of("open"), [["open", true]]);
  assert.deepEqual(voice.house.engine.of("open"), [["open", false]]);
});

test("the others stop ringing when one device answers", async () => {
  const page = await rung();
  page.house.stands(ring({ by: "dlaptop" }));
  assert.equal(phase(page), null);
});

test("it stops ringing when the caller gives up", async () => {
  const page = await rung();
  page.house.ends(page.call, "cancelled");
  assert.equal(phase(page), null);
});

test("an answer that came too late lets go of camera and microphone", async () => {
  const page = await rung();
  page.house.refusals["call.pick_up"] = {
    code: "call-over",
    message: "That call was answered on another device.",
  };
  page.desk.accept({ video: true });
  await settled();
  assert.equal(phase(page), null);
  assert.equal(page.house.engine.count("close"), 1);
});

test("a tab that is not the one which answered stays out of it", async () => {
  const page = await rung();
  page.house.stands(ring({ by: HERE })); // another tab of this browser
  assert.equal(phase(page), null);
  assert.deepEqual([page.house.engine.count("open"), page.house.engine.count("close")], [0, 1]);
});

test("declining says so once and does not ring again before the log knows", async () => {
  const page = await rung();
  page.desk.hangUp();
  await settled();
  assert.equal(phase(page), null);
  page.house.standing.value = [...page.house.standing.value];
  await settled();
  assert.equal(phase(page), null);
  assert.equal(page.house.said("call.end").length, 1);
});

test("calling who rings for us answers them", async () => {
  const page = await rung();
  page.desk.start(CONVERSATION, { video: true });
  await settled();
  assert.equal(page.house.said("call.pick_up").length, 1);
  assert.equal(page.house.said("call.ring").length, 0);
});

// -- before somebody answers

test("what rings makes ready to answer, and neither opens nor reads anything before one does", async () => {
  const page = await rung();
  page.house.tell("call.offered", { call: page.call, sdp: "v=0" });
  assert.deepEqual(page.house.engine.did, [
    ["prepare", { polite: true }],
    ["take", "offer", "v=0"], // kept by the engine until it is told to accept
  ]);
  assert.deepEqual(page.house.said("call.alert")[0].early, true);
  page.desk.accept({ video: true });
  await settled();
  assert.equal(page.house.engine.count("accept"), 1);
});

test("who declines has opened nothing and accepted nothing", async () => {
  const page = await rung();
  page.desk.hangUp();
  await settled();
  const [engine] = page.house.engines;
  assert.deepEqual(engine.did, [["prepare", { polite: true }], ["close"]]);
});

test("who calls makes the offer before it rings, for every device that rings and takes it early", async () => {
  const page = await calling();
  assert.deepEqual(page.house.engine.of("prepare"), [["prepare", { polite: false }]]);
  page.house.tell("call.alerted", { call: page.call, device: THERE, early: true });
  page.house.tell("call.alerted", { call: page.call, device: "dtheirlaptop", early: true });
  page.house.tell("call.alerted", { call: page.call, device: "dprogram", early: false });
  page.house.tell("call.alerted", { call: "cother", device: "dother", early: true });
  assert.deepEqual(page.house.engine.of("invite"), [
    ["invite", THERE],
    ["invite", "dtheirlaptop"],
  ]);
});

// -- both at once

test("two who call each other at once: the ring that came second joins the first and gives way", async () => {
  const page = makeHouse();
  page.begin();
  page.desk.start(CONVERSATION, { video: true });
  await settled();
  page.house.stands(ring());
  await settled();
  assert.equal(phase(page), "outgoing");
  page.house.stands(ring({ by: HERE }));
  assert.equal(page.desk.held.call.value.call, "ctheirs");
  assert.deepEqual(page.house.engine.did.at(-1), [
    "connect",
    { polite: true, offers: false, relayed: false },
  ]);
});

test("two who call each other at once: the ring that came first is simply answered", async () => {
  const page = await calling();
  page.house.stands(ring({ call: page.call, caller: ME, device: HERE, by: THERE }));
  assert.equal(page.desk.held.call.value.call, page.call);
  assert.deepEqual(page.house.engine.did.at(-1), [
    "connect",
    { polite: false, offers: true, relayed: false },
  ]);
});
