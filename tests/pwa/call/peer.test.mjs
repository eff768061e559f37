// Perfect negotiation over a wire that is only a list: glare, lost signals, a page that was loaded again.

import assert from "node:assert/strict";
import { test } from "node:test";
import { fingerprintOf, withoutAddresses } from "../../../pwa/call/peer.js";
import { agree, deliver, hear, Side } from "./wire.mjs";

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

test("the first pictures are half as wide and high on both sides, whole when they may grow, and stay so", async () => {
  const { caller, called } = await connected();
  const sizes = () =>
    [caller, called].map(({ connection }) =>
      connection.transceivers.map(
        ({ sender }) => sender.getParameters().encodings[0].scaleResolutionDownBy,
      ),
    );
  const [none, half, whole] = [undefined, 2, 1];
  assert.deepEqual(sizes(), [
    [none, half],
    [none, half],
  ]);
  for (const { peer } of [caller, called]) peer.grow();
  caller.peer.offer();
  await deliver(caller, called);
  assert.deepEqual(sizes(), [
    [none, whole],
    [none, whole],
  ]);
});

test("a browser that has its own mind of the size negotiates all the same", async () => {
  const { caller, called } = pair();
  called.connection.refuses = true;
  caller.peer.offer();
  await deliver(caller, called);
  called.peer.grow();
  await deliver(caller, called);
  assert.ok(agree(caller, called));
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
    if (next) hear(called, next);
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

test("other logins to servers are used at once, by the connection that stands", async () => {
  const [one, other] = [new Side(false), new Side(true)];
  one.peer.offer();
  await deliver(one, other);
  assert.deepEqual(one.connection.config.iceServers, [{ urls: "stun:first.test" }]);
  one.servers = [{ urls: "turn:second.test", username: "1:d", credential: "x" }];
  one.peer.relog();
  await deliver(one, other);
  assert.deepEqual(one.connection.config.iceServers, one.servers);
  assert.equal(one.connection.restarts, 1);
  assert.ok(agree(one, other));
  assert.equal(one.connections.length, 1);
});

// -- while it rings

/** The caller's page has made its offer, and the other one has taken it to answer, before the log said who was first. */
async function accepted() {
  const caller = new Side(false, { waits: true });
  const called = new Side(true, { waits: true });
  await caller.peer.prepare();
  await caller.peer.invite("dthere");
  const [offered] = caller.out.splice(0);
  await hear(called, offered);
  return { caller, called, offered };
}

test("while it rings nothing is said but an offer to who rings", async () => {
  const { caller, called, offered } = await accepted();
  assert.deepEqual([offered[0], offered[2]], ["offer", { to: "dthere" }]);
  caller.connection.finds("192.0.2.1");
  called.connection.finds("192.0.2.2");
  caller.peer.offer();
  caller.peer.relog();
  called.peer.relog();
  await deliver(caller, called);
  assert.deepEqual([caller.out, called.out], [[], []]);
  assert.deepEqual([called.settled, called.shown], [0, 0]);
});

test("once somebody has answered everything that was kept is said, and they connect", async () => {
  const { caller, called } = await accepted();
  caller.connection.finds("192.0.2.1");
  called.connection.finds("192.0.2.2");
  await Promise.all([caller.peer.begin(), called.peer.begin()]);
  assert.deepEqual(
    called.out.map(([kind]) => kind),
    ["answer", "candidate"],
  );
  await deliver(caller, called);
  assert.ok(agree(caller, called));
  assert.deepEqual([caller.connections.length, called.connections.length], [1, 1]);
  assert.deepEqual([caller.settled, called.settled, called.shown], [1, 1, 1]);
  assert.match(called.connection.candidates[0].candidate, /192\.0\.2\.1/);
  assert.match(caller.connection.candidates[0].candidate, /192\.0\.2\.2/);
});

test("the same offer twice is answered twice, and negotiated once", async () => {
  const { caller, called } = await accepted();
  await Promise.all([caller.peer.begin(), called.peer.begin()]);
  await deliver(caller, called);
  assert.equal(called.connection.version, 1);
  assert.ok(agree(caller, called));
});

test("who was not invited is offered to when they answer", async () => {
  const caller = new Side(false, { waits: true });
  const called = new Side(true, { waits: true });
  await caller.peer.prepare();
  await Promise.all([caller.peer.begin(), called.peer.begin()]);
  await deliver(caller, called);
  assert.ok(agree(caller, called));
});

test("what was kept is said in the moment somebody answers, before anything is drawn", async () => {
  const { caller } = await accepted();
  caller.connection.finds("192.0.2.1");
  caller.peer.begin();
  assert.deepEqual(
    caller.out.map(([kind]) => kind),
    ["offer", "candidate"],
  );
});

test("an answer to the page that was there before is passed over", async () => {
  const { caller, called } = await accepted();
  await called.peer.begin();
  caller.waits = false;
  caller.load(); // as while it rings, and before the answer came
  caller.peer.offer();
  await deliver(caller, called);
  assert.ok(agree(caller, called));
});

test("what was kept for one connection is not said of another", async () => {
  const { called } = await accepted();
  called.connection.finds("192.0.2.2");
  const another = new Side(false, { waits: true });
  await another.peer.prepare();
  await another.peer.invite("dthere");
  await hear(called, another.out.pop());
  await called.peer.begin();
  assert.deepEqual(
    called.out.map(([kind, , more]) => [kind, more?.offer]),
    [["answer", another.connection.fingerprint.slice("sha-256 ".length)]],
  );
});

test("an early offer says nothing of where one is, and all else", () => {
  const whole = [
    "v=0",
    "o=- 1 2 IN IP4 127.0.0.1",
    "m=audio 50123 UDP/TLS/RTP/SAVPF 111",
    "c=IN IP4 192.0.2.7",
    "a=rtcp:50124 IN IP4 192.0.2.7",
    "a=candidate:1 1 udp 2122 192.0.2.7 50123 typ host",
    "a=end-of-candidates",
    "a=ice-ufrag:abcd",
    "m=video 0 UDP/TLS/RTP/SAVPF 96",
    "c=IN IP6 2001:db8::7",
    "",
  ].join("\r\n");
  const bare = withoutAddresses(whole);
  assert.doesNotMatch(bare, /192\.0\.2\.7|2001:db8|50123|50124/);
  assert.match(bare, /^m=audio 9 UDP/m);
  assert.match(bare, /^m=video 0 UDP/m);
  assert.match(bare, /^a=ice-ufrag:abcd\r$/m);
  assert.equal(withoutAddresses(bare), bare);
});

for (const line of [
  "a=candidate:1 1 udp 1 192.0.2.7 9 typ host\n",
  "a=candidate:1 1 udp 1 192.0.2.7 9 typ host",
  "A = Candidate:1 1 udp 1 192.0.2.7 9 typ host\r\n",
  "a=mid:0\ra=candidate:1 1 udp 1 192.0.2.7 9 typ host\n",
  "a=candidate:1\u2028 1 udp 1 192.0.2.7 9 typ host\r\n",
  "a=remote-candidates:1 192.0.2.7 9\r\n",
  "c=IN IP4 192.0.2.7\n",
])
  test(`a stranger's offer tells no address however it is written: ${JSON.stringify(line)}`, () => {
    const bare = withoutAddresses(`v=0\n${line}`);
    assert.doesNotMatch(bare, /192\.0\.2\.7/);
    assert.equal(withoutAddresses(bare), bare);
  });

test("ways by TCP, which no browser waits at, are not told", async () => {
  const { caller } = pair();
  const active = { candidate: "candidate:1", protocol: "tcp", tcpType: "active" };
  caller.connection.onicecandidate({ candidate: active });
  caller.connection.onicecandidate({ candidate: { ...active, tcpType: "passive" } });
  assert.equal(caller.out.length, 1);
});
