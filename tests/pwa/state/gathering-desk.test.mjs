// Coming into calls of rooms, staying there and leaving.

import assert from "node:assert/strict";
import { test } from "node:test";
import { RENEW } from "../../../pwa/state/renewal.js";
import { HERE, ME, MEDIA, settled } from "./call-house.mjs";
import { BEN, going, inside, makePage, ROOM, TABLET } from "./gathering-house.mjs";

const phase = ({ desk }) => desk.view.value?.phase ?? null;
const said = ({ house }, name) => house.said(name);

test("who begins a call asks for the camera first, then opens it", async () => {
  const page = makePage();
  page.desk.start(ROOM, { video: true, ring: true });
  assert.deepEqual(said(page, "call.open"), []);
  await settled();
  assert.equal(page.desk.view.value.camera, true);
  const [body] = said(page, "call.open");
  assert.deepEqual([body.conversation, body.video, body.ring], [ROOM, true, true]);
  assert.equal(phase(page), "joining");
});

test("where nobody has to be asked for the camera one comes in while it opens, muted until then", async () => {
  const page = makePage();
  page.house.granted = true;
  let open = () => {};
  page.house.opened = new Promise((resolve) => {
    open = () => resolve(undefined);
  });
  page.stands(going([[BEN, "dben"]]));
  page.desk.start(ROOM, { video: true });
  await settled();
  assert.equal(said(page, "call.join").length, 1);
  assert.equal(page.desk.view.value.muted, true);
  open();
  await settled();
  assert.equal(page.desk.view.value.muted, false);
});

test("what is known to be allowed is not asked for: one comes in with the press", () => {
  const page = makePage();
  page.house.granted = true;
  page.stands(going([[BEN, "dben"]]));
  page.desk.start(ROOM, { video: true });
  assert.equal(said(page, "call.join").length, 1);
});

test("where somebody has to be asked, one comes in when they have answered", async () => {
  const page = makePage();
  let answer = () => {};
  page.house.opened = new Promise((resolve) => {
    answer = () => resolve(undefined);
  });
  page.desk.start(ROOM, { video: true });
  await settled();
  assert.deepEqual(said(page, "call.open"), []);
  answer();
  await settled();
  assert.equal(said(page, "call.open").length, 1);
});

test("where a call is on, one comes into it", async () => {
  const page = makePage();
  page.stands(going([[BEN, "dben"]]));
  page.desk.start(ROOM, { video: false });
  await settled();
  assert.equal(said(page, "call.join")[0].call, "c1");
  assert.deepEqual(said(page, "call.open"), []);
});

test("whoever comes in has a seat beside the others at once, and keeps it", async () => {
  const page = makePage();
  page.stands(going([[BEN, "dben"]]));
  page.desk.start(ROOM, { video: true });
  await settled();
  const seats = () => page.desk.view.value.seats.map(({ device, mine }) => [device, mine]);
  const both = [
    ["dben", false],
    [HERE, true],
  ];
  assert.deepEqual([phase(page), seats()], ["joining", both]);
  page.stands(
    going([
      [BEN, "dben"],
      [ME, HERE],
    ]),
  );
  page.house.engine.options.state("connected");
  assert.deepEqual([phase(page), seats()], ["live", both]);
});

test("two who begin at once are in the one that the log has", async () => {
  const page = makePage();
  page.desk.start(ROOM, { video: false });
  await settled();
  page.stands(
    going([
      [BEN, "dben"],
      [ME, HERE],
    ]),
  );
  page.stands(
    going([
      [BEN, "dben"],
      [ME, HERE],
    ]),
  );
  assert.equal(page.desk.view.value.call, "c1");
  assert.equal(page.desk.view.value.seats.length, 2);
});

test("once the log shows one in it and media flows, the call is live and one's part is told", async () => {
  const page = await inside();
  assert.equal(phase(page), "live");
  assert.deepEqual(said(page, "call.show").at(-1).floor, {
    muted: false,
    camera: true,
    sharing: false,
    hand: 0,
    asks: [],
    line: "",
  });
  page.desk.raise(true);
  assert.equal(said(page, "call.show").at(-1).floor.hand, page.house.time.now);
  page.house.time.pass(1000);
  page.house.engine.options.changed({ muted: true });
  assert.equal(said(page, "call.show").at(-1).floor.hand, page.house.time.now - 1000);
});

test("offers go to the engine and its answers to the unit", async () => {
  const page = await inside();
  const offer = { conversation: ROOM, call: "c1", version: 3, sdp: "v=0", tracks: {} };
  page.house.tell("call.media", { ...offer, call: "another" });
  page.house.tell("call.media", offer);
  assert.deepEqual(page.house.engine.did, [["take", 3, "v=0", {}]]);
  page.house.engine.options.answer(3, "v=1");
  assert.deepEqual(said(page, "call.take"), [
    { conversation: ROOM, call: "c1", version: 3, sdp: "v=1" },
  ]);
});

test("lost media is asked for again until it flows", async () => {
  const page = await inside();
  page.house.engine.options.state("disconnected");
  assert.equal(phase(page), "reconnecting");
  page.house.time.pass(2000);
  page.house.time.pass(4000);
  assert.equal(said(page, "call.renew").length, 2);
  page.house.engine.options.state("connected");
  page.house.time.pass(20_000);
  assert.equal(said(page, "call.renew").length, 2);
  assert.equal(phase(page), "live");
});

test("a line that was gone brings a new offer and says one's part again", async () => {
  const page = await inside();
  const shown = said(page, "call.show").length;
  page.house.online.value = false;
  page.house.online.value = true;
  assert.equal(said(page, "call.renew").length, 1);
  assert.equal(said(page, "call.show").length, shown + 1);
});

test("who was given up while their line was gone comes again", async () => {
  const page = await inside();
  page.stands(going([[BEN, "dben"]]));
  await settled();
  assert.equal(said(page, "call.join").length, 2);
  assert.equal(phase(page), "joining");
});

test("another device of one's own takes the call over", async () => {
  const page = await inside();
  page.stands(
    going([
      [BEN, "dben"],
      [ME, TABLET],
    ]),
  );
  assert.deepEqual([phase(page), page.desk.view.value.reason], ["ended", "elsewhere"]);
});

test("who is put out is told so, and does not come again by themselves", async () => {
  const page = await inside();
  page.stands(going([[BEN, "dben"]], { barred: [ME] }));
  await settled();
  assert.deepEqual([phase(page), page.desk.view.value.reason], ["ended", "out"]);
  assert.equal(said(page, "call.join").length, 1);
  assert.equal(page.house.held, false);
});

test("a call that is over for everybody ends here with its length", async () => {
  const page = await inside();
  page.house.time.pass(65_000);
  page.stands(null);
  const { reason, seconds } = page.desk.view.value;
  assert.deepEqual([phase(page), reason, seconds], ["ended", "closed", 65]);
  page.house.time.pass(10_000);
  assert.equal(phase(page), null);
});

test("leaving is said until it is heard", async () => {
  const page = await inside();
  page.house.online.value = false;
  page.desk.leave();
  assert.equal(phase(page), "ended");
  await settled();
  assert.deepEqual(said(page, "call.leave"), []);
  page.house.online.value = true;
  await settled();
  assert.equal(said(page, "call.leave").length, 1);
});

test("what keeps one out is said", async () => {
  const page = makePage();
  page.stands(going([[BEN, "dben"]], { locked: true }));
  page.house.refusals["call.join"] = { code: "call-closed", message: "This call is locked." };
  page.desk.start(ROOM, { video: false });
  await settled();
  const { reason, words } = page.desk.view.value;
  assert.deepEqual([phase(page), reason], ["ended", "refused"]);
  assert.ok(words);
});

test("a page that was loaded again in the middle of a call comes back into it", async () => {
  const page = makePage({ kept: { call: "c1", startedAt: 5, video: true } });
  page.stands(
    going([
      [BEN, "dben"],
      [ME, HERE],
    ]),
  );
  await settled();
  assert.equal(said(page, "call.join").length, 1);
  assert.deepEqual([page.desk.view.value.startedAt, page.desk.view.value.camera], [5, true]);
});

test("a page that was loaded again is not in a call that it had left", async () => {
  const page = makePage({ kept: { call: "c1", startedAt: 5, video: true } });
  page.stands(
    going([
      [BEN, "dben"],
      [ME, TABLET],
    ]),
  );
  await settled();
  assert.equal(phase(page), null);
});

test("what the screen shows is said once one is in, and again after coming back", async () => {
  const page = makePage();
  page.stands(going([[BEN, "dben"]]));
  page.desk.start(ROOM, { video: true });
  await settled();
  page.desk.show({ "dben camera": 359.6 });
  assert.deepEqual(said(page, "call.view"), []);
  page.stands(
    going([
      [BEN, "dben"],
      [ME, HERE],
    ]),
  );
  assert.deepEqual(said(page, "call.view")[0].shown, [
    { device: "dben", source: "camera", height: 360 },
  ]);
});

test("a leader who asks for silence mutes this page, which says so for a while", async () => {
  const page = await inside();
  page.house.tell("call.silenced", { call: "c1", person: BEN });
  assert.deepEqual(page.house.engine.did, [["mute", true]]);
  assert.equal(page.desk.view.value.silenced, BEN);
  page.house.time.pass(10_000);
  assert.equal(page.desk.view.value.silenced, "");
});

test("who is muted already is told nothing of it", async () => {
  const page = await inside();
  page.house.engine.options.changed({ muted: true });
  page.house.tell("call.silenced", { call: "c1", person: BEN });
  assert.equal(page.desk.view.value.silenced, "");
});

test("who muted themselves is muted after a reload too, and who came in muted stays so", async () => {
  const page = await inside();
  page.desk.mute(true);
  assert.equal(page.house.kept.muted, true);
  const again = makePage({ kept: { call: "c1", startedAt: 7, video: true, muted: true } });
  again.stands(going([[ME, HERE]]));
  await settled();
  assert.deepEqual(again.house.engine.wanted, { video: true, muted: true, handed: null });
});

test("what was tried before is handed over, and not opened twice", async () => {
  const page = makePage();
  const handed = { microphone: { track: null, problem: null } };
  page.desk.start(ROOM, { video: true, muted: true, handed });
  await settled();
  assert.deepEqual(page.house.engine.wanted, { video: true, muted: true, handed });
  assert.equal(page.house.kept.muted, true);
});

test("what was tried before is let go where there is a call already", async () => {
  const page = await inside();
  const track = { stop: () => page.house.stopped.push(track) };
  page.house.stopped = [];
  await page.desk.start("another", {
    video: true,
    handed: { microphone: { track, problem: null }, camera: { track, problem: null } },
  });
  assert.equal(page.house.stopped.length, 2, "a camera that nobody uses is not left on");
});

test("another camera is the engine's to open", async () => {
  const page = await inside();
  page.desk.choose("camera", "back");
  assert.deepEqual(page.house.engine.did.at(-1), ["choose", "camera", "back"]);
});

test("a call that another tab of this browser holds stays there", async () => {
  const page = makePage();
  page.house.free = false;
  page.stands(going([[ME, HERE]]));
  page.desk.start(ROOM, { video: false });
  await settled();
  assert.deepEqual([phase(page), page.desk.view.value.reason], ["ended", "tab"]);
  assert.deepEqual(said(page, "call.join"), []);
});

test("a page that was loaded again says nothing of a call that another tab holds", async () => {
  const page = makePage({ kept: { call: "c1", startedAt: 7, video: false, muted: false } });
  page.house.free = false;
  page.stands(going([[ME, HERE]]));
  await settled();
  assert.equal(phase(page), null);
  assert.deepEqual(said(page, "call.join"), []);
});

test("a call between two that became this room's is gone on with, as it was sent before", async () => {
  const page = makePage();
  const on = going([
    [BEN, "dben"],
    [ME, HERE],
  ]);
  page.stands(on);
  page.desk.goOn({ conversation: ROOM, on, camera: true, muted: true, startedAt: 5, media: MEDIA });
  await settled();
  assert.equal(page.house.kept.muted, true);
  assert.equal(page.house.engine.options.media, MEDIA);
  assert.deepEqual([phase(page), page.desk.view.value.startedAt], ["reconnecting", 5]);
  assert.deepEqual([said(page, "call.join"), said(page, "call.open")], [[], []]);
  assert.equal(said(page, "call.show").length > 0, true);
  page.house.tell("call.media", { call: "c1", version: 1, sdp: "v=0", tracks: {} });
  page.house.engine.options.state("connected");
  page.house.time.pass(60_000);
  assert.deepEqual([phase(page), said(page, "call.renew")], ["live", []]);
  assert.equal(page.house.kept.call, "c1");
});

test("an offer that did not come with it is asked for", async () => {
  const page = makePage();
  const on = going([[ME, HERE]]);
  page.stands(on);
  page.desk.goOn({
    conversation: ROOM,
    on,
    camera: false,
    muted: false,
    startedAt: 5,
    media: MEDIA,
  });
  await settled();
  page.house.time.pass(RENEW);
  assert.equal(said(page, "call.renew").length, 1);
});

test("a page that was loaded again while its call became a room's comes into it anew", async () => {
  const page = makePage();
  const on = going([[ME, HERE]]);
  page.stands(on);
  page.desk.goOn({ conversation: ROOM, on, camera: true, muted: true, startedAt: 5, media: null });
  await settled();
  assert.deepEqual([page.desk.view.value.camera, said(page, "call.join").length], [true, 1]);
  assert.equal(page.house.engine.wanted.muted, true);
});
