// The link: answers find who asked, lost lines are replaced with patience, the twin helps out and steps back.

import assert from "node:assert/strict";
import { test } from "node:test";
import { pack, unpack } from "../../../pwa/protocol/codec.js";
import { Lost, Refused } from "../../../pwa/protocol/errors.js";
import { Link } from "../../../pwa/protocol/link.js";
import { settle, TestClock } from "../clock.mjs";

/** A server's end of transports: what was opened, and by whom what was sent. */
class Ends {
  opened = [];

  transport(kind) {
    return (ear) => {
      const end = { kind, ear, sent: [], closed: false };
      this.opened.push(end);
      return {
        send: (frame) => end.sent.push(...unpack(frame)),
        close: () => {
          end.closed = true;
        },
      };
    };
  }

  get last() {
    return this.opened.at(-1);
  }
}

const HELLO = {
  protocol: 1,
  epoch: "e",
  person: "p",
  device: "d",
  page: "1",
  at: 1,
  ice_servers: [],
};

function linked() {
  const ends = new Ends();
  const clock = new TestClock();
  const heard = { hellos: 0, events: [], states: [], signedOut: 0 };
  const link = new Link({
    socket: ends.transport("socket"),
    twin: ends.transport("twin"),
    clock,
    random: () => 1,
    ear: {
      changed: ({ state, via }) => heard.states.push(via ? `${state} ${via}` : state),
      hello: () => (heard.hellos += 1),
      event: (name) => heard.events.push(name),
      signedOut: () => (heard.signedOut += 1),
    },
  });
  link.start();
  return { ends, clock, heard, link };
}

/** A link whose lines failed so many times, each as soon as it was tried. */
async function failed(times) {
  const all = linked();
  for (let opened = 1; opened <= times; opened++) {
    all.ends.last.ear.closed(1006);
    while (all.ends.opened.length === opened) await all.clock.pass(250);
  }
  return all;
}

const greet = (end) => end.ear.heard(pack(0, "hello", HELLO));

test("an answer finds who asked, in whatever order answers come", async () => {
  const { ends, link } = linked();
  greet(ends.last);
  const [one, two] = [link.ask("sync.ping", {}), link.ask("sync.list", { before: "" })];
  ends.last.ear.heard(pack(2, "ok", { second: true }));
  ends.last.ear.heard(pack(1, "ok", { first: true }));
  assert.deepEqual(await Promise.all([one, two]), [{ first: true }, { second: true }]);
});

test("a refusal carries its code and the sentence for people", async () => {
  const { ends, link } = linked();
  greet(ends.last);
  const asked = link.ask("call.ring", {});
  ends.last.ear.heard(pack(1, "error", { code: "not-allowed", message: "No.", field: "x" }));
  await assert.rejects(asked, (error) => {
    assert(error instanceof Refused);
    assert.deepEqual([error.code, error.message, error.field], ["not-allowed", "No.", "x"]);
    return true;
  });
});

test("nothing can be asked before the server has greeted", async () => {
  const { link } = linked();
  await assert.rejects(link.ask("sync.ping", {}), Lost);
});

test("when the line closes, whoever waits is told that it is lost", async () => {
  const { ends, link } = linked();
  greet(ends.last);
  const asked = link.ask("message.send", {});
  ends.last.ear.closed(1006);
  await assert.rejects(asked, Lost);
});

test("a lost line is replaced after a moment", async () => {
  const { ends, clock, heard } = linked();
  greet(ends.last);
  ends.last.ear.closed(1006);
  assert.equal(heard.states.at(-1), "offline");
  await clock.pass(499);
  assert.equal(ends.opened.length, 1);
  await clock.pass(1);
  assert.equal(ends.opened.length, 2);
  greet(ends.last);
  assert.equal(heard.hellos, 2);
});

test("a server that goes away is met again soon, however often it failed before", async () => {
  const { ends, clock } = await failed(5);
  greet(ends.last);
  ends.last.ear.closed(1001);
  const before = ends.opened.length;
  await clock.pass(500);
  assert.equal(ends.opened.length, before + 1);
});

test("a line that dies young again and again is tried ever more rarely", async () => {
  const { ends, clock } = linked();
  for (let died = 0; died < 5; died++) {
    greet(ends.last);
    ends.last.ear.closed(4009);
    await clock.pass(30_000);
  }
  greet(ends.last);
  ends.last.ear.closed(4009);
  const before = ends.opened.length;
  await clock.pass(15_000);
  assert.equal(ends.opened.length, before);
});

test("when the network comes back it connects at once", async () => {
  const { ends, link } = await failed(6);
  ends.last.ear.closed(1006);
  const before = ends.opened.length;
  link.nudge();
  assert.equal(ends.opened.length, before + 1);
});

test("a line that only seems to stand is found out: quickly when the person looks", async () => {
  const { ends, clock, heard, link } = linked();
  greet(ends.last);
  link.nudge();
  assert.equal(ends.last.sent.at(-1)[1], "sync.ping");
  await clock.pass(3000);
  assert.equal(heard.states.at(-1), "offline");
});

test("silence is asked about, and an answer keeps the line", async () => {
  const { ends, clock, heard } = linked();
  greet(ends.last);
  await clock.pass(25_000);
  const [ref, name] = ends.last.sent.at(-1);
  assert.equal(name, "sync.ping");
  ends.last.ear.heard(pack(ref, "ok", {}));
  await clock.pass(20_000);
  assert.equal(heard.states.at(-1), "online socket");
  await clock.pass(15_000);
  assert.equal(heard.states.at(-1), "offline", "the second silence was not answered");
});

test("sockets that never greet give way to the twin", async () => {
  const { ends, clock, heard } = linked();
  ends.last.ear.closed(1006);
  await clock.pass(500);
  await clock.pass(8000); // this one hangs
  await clock.pass(1000);
  assert.equal(ends.last.kind, "twin");
  greet(ends.last);
  assert.equal(heard.states.at(-1), "online twin");
});

test("with the server away, socket and twin take turns, so that whichever works is found", async () => {
  const { ends } = await failed(7);
  assert.deepEqual(
    ends.opened.map(({ kind }) => kind),
    ["socket", "socket", "twin", "socket", "twin", "socket", "twin", "socket"],
  );
});

async function onTwin() {
  const all = await failed(2);
  const twin = all.ends.last;
  greet(twin);
  return { ...all, twin };
}

test("on the twin, sockets are tried again and taken when they work", async () => {
  const { ends, clock, heard, twin, link } = await onTwin();
  await clock.pass(5000);
  assert.equal(ends.last.kind, "socket");
  greet(ends.last);
  assert.equal(heard.states.at(-1), "online socket");
  assert.equal(twin.closed, true);
  assert.equal(heard.hellos, 2, "what was missed meanwhile is resumed");
  link.ask("sync.ping", {}).catch(() => {});
  assert.equal(ends.last.sent.length, 1);
});

test("going back to the socket waits for the answers still under way", async () => {
  const { ends, clock, heard, twin, link } = await onTwin();
  const asked = link.ask("message.send", {});
  await clock.pass(5000);
  greet(ends.last);
  assert.equal(heard.states.at(-1), "online twin");
  twin.ear.heard(pack(1, "ok", { seq: 4 }));
  assert.deepEqual(await asked, { seq: 4 });
  assert.equal(heard.states.at(-1), "online socket");
});

test("a probe that fails leaves the twin alone and comes again later", async () => {
  const { ends, clock, heard } = await onTwin();
  await clock.pass(5000);
  ends.last.ear.closed(1006);
  assert.equal(heard.states.at(-1), "online twin");
  const before = ends.opened.length;
  await clock.pass(9000);
  assert.equal(ends.opened.length, before);
  await clock.pass(1000);
  assert.equal(ends.opened.length, before + 1);
});

test("a device that was signed out stops for good", async () => {
  const { ends, clock, heard } = linked();
  greet(ends.last);
  ends.last.ear.closed(4001);
  await clock.pass(60_000);
  assert.equal(heard.signedOut, 1);
  assert.equal(ends.opened.length, 1);
});

test("a frame that cannot be read costs the line, not the page", async () => {
  const { ends, clock, heard } = linked();
  greet(ends.last);
  ends.last.ear.heard(new Uint8Array([0xc1]));
  assert.equal(ends.last.closed, true);
  await clock.pass(500);
  greet(ends.last);
  assert.equal(heard.states.at(-1), "online socket");
});

test("after stop nothing is tried any more", async () => {
  const { ends, clock, link } = linked();
  ends.last.ear.closed(1006);
  link.stop();
  await clock.pass(60_000);
  await settle();
  assert.equal(ends.opened.length, 1);
});
