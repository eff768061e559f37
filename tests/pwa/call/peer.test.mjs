// Perfect negotiation over a wire that is only a list: glare, lost signals, a page that was loaded again.

import assert from "node:assert/strict";
import { test } from "node:test";
import { fingerprintOf } from "../../../pwa/call/peer.js";
import { agree, deliver, Side } from "./wire.mjs";

function pair() {
  return { caller: new Side(false), called: new Side(true) };
}

async function connected() {
  const sides = pair();
  sides.caller.peer.offer();
  await deliver(sides.caller, sides.called);
  return sides;
}

test("an offer and its answer connect", async () => {
  const { caller, called } = await connected();
  assert.ok(agree(caller, called));
  assert.deepEqual([caller.settled, called.settled], [1, 1]);
});

test("without an offer nothing connects", async () => {
  const { caller, called } = pair();
  await deliver(caller, called);
  assert.equal(agree(caller, called), false);
});

test("both kinds have room from the first offer on, with or without a track", async () => {
  const { caller, called } = await connected();
  for (const side of [caller, called]) {
    const kinds = side.connection.transceivers.map(({ receiver, direction }) => [
      receiver.track.kind,
      direction,
    ]);
    assert.deepEqual(kinds, [
      ["audio", "sendrecv"],
      ["video", "sendrecv"],
    ]);
    assert.deepEqual(
      side.connection.transceivers.map(({ sender }) => sender.track?.id ?? null),
      ["microphone", null],
    );
  }
});

test("a camera turned on later is sent without a word of negotiation", async () => {
  const { caller } = await connected();
  await caller.peer.send("video", /** @type {any} */ ({ kind: "video", id: "camera" }));
  assert.equal(caller.connection.transceivers[1].sender.track.id, "camera");
  assert.deepEqual(caller.out, []);
});

test("when both offer at once the one who was called gives way", async () => {
  const { caller, called } = pair();
  caller.peer.offer();
  called.peer.offer();
  await deliver(caller, called);
  assert.ok(agree(caller, called));
  assert.equal(caller.connections.length, 1);
});

test("when both offer again at once nothing is started over", async () => {
  const { caller, called } = await connected();
  caller.peer.offer();
  called.peer.offer();
  await deliver(caller, called);
  assert.ok(agree(caller, called));
  assert.deepEqual([caller.connections.length, called.connections.length], [1, 1]);
});

test("offering again restarts ICE, the first offer does not", async () => {
  const { caller, called } = await connected();
  assert.equal(caller.connection.restarts, 0);
  caller.peer.offer();
  await deliver(caller, called);
  assert.equal(caller.connection.restarts, 1);
  assert.ok(agree(caller, called));
});

test("an offer that was lost is said again as it was, so that an answer to either fits", async () => {
  const { caller, called } = pair();
  await caller.peer.offer();
  const [lost] = caller.out.splice(0);
  await caller.peer.offer();
  assert.deepEqual(caller.out, [lost]);
  await deliver(caller, called);
  assert.ok(agree(caller, called));
});

test("an answer that was lost is made good by offering again from both sides", async () => {
  const { caller, called } = pair();
  caller.peer.offer();
  while (!called.out.some(([kind]) => kind === "answer")) {
    await null;
    const next = caller.out.shift();
    if (next) called.peer.take(...next);
  }
  called.out.length = 0;
  caller.peer.offer();
  called.peer.offer();
  await deliver(caller, called);
  assert.ok(agree(caller, called));
});

for (const who of ["caller", "called"]) {
  test(`when the page of the ${who} was loaded again the other side starts over with it`, async () => {
    const sides = await connected();
    sides[who].load();
    sides[who].peer.offer();
    await deliver(sides.caller, sides.called);
    assert.ok(agree(sides.caller, sides.called));
  });

  test(`when the page of the ${who} was loaded again and both offer, they still come together`, async () => {
    const sides = await connected();
    sides[who].load();
    sides.caller.peer.offer();
    sides.called.peer.offer();
    await deliver(sides.caller, sides.called);
    sides.caller.peer.offer(); // as call/link.js does while nothing comes through
    await deliver(sides.caller, sides.called);
    assert.ok(agree(sides.caller, sides.called));
  });
}

test("a candidate of an earlier connection is passed over, others are used", async () => {
  const { caller, called } = await connected();
  await called.peer.take("candidate", JSON.stringify({ candidate: "of another connection" }));
  await called.peer.take("candidate", JSON.stringify({ candidate: "a" }));
  assert.deepEqual(called.connection.candidates, [{ candidate: "a" }]);
  assert.ok(agree(caller, called));
});

test("a closed side neither says nor hears anything", async () => {
  const { caller, called } = await connected();
  caller.peer.close();
  await caller.peer.offer();
  assert.deepEqual(caller.out, []);
  await caller.peer.take("offer", called.connection.localDescription.sdp);
  assert.deepEqual(caller.out, []);
});

test("what a side says of itself is sent when the channel opens, and again with each change", async () => {
  const { caller } = await connected();
  caller.peer.tell({ muted: false });
  assert.deepEqual(caller.connection.sent, []);
  caller.connection.channel.readyState = "open";
  caller.connection.channel.onopen();
  caller.peer.tell({ muted: true });
  assert.deepEqual(caller.connection.sent, ['{"muted":false}', '{"muted":true}']);
});

test("a fingerprint is found in a description, and none where there is none", () => {
  assert.equal(fingerprintOf("v=0\r\na=fingerprint:sha-256 AB:CD\r\nm=audio"), "AB:CD");
  assert.equal(fingerprintOf("v=0\r\n"), "");
});
