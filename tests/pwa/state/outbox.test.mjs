// The outbox: once, in order, files first, whatever is lost on the way; and what the person may do about it.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Lost, Refused } from "../../../pwa/protocol/errors.js";
import { pending, waiting } from "../../../pwa/state/outbox.js";
import { chance } from "../chance.mjs";
import { nextTurn, settle } from "../clock.mjs";
import { outboxWith } from "../outboxes.mjs";

/** A server that remembers nonces, behind a line that may lose what is asked or what is answered. */
class Server {
  log = [];
  answers = new Map();
  loses = () => "";

  deliver = async ({ nonce, text, conversation, files }) => {
    await nextTurn();
    const lost = this.loses();
    if (lost === "question") throw new Lost();
    if (!this.answers.has(nonce)) {
      this.log.push({ text, conversation, files: files.map(({ id }) => id) });
      this.answers.set(nonce, { conversation, seq: this.log.length, at: 0 });
    }
    if (lost === "answer") throw new Lost();
    return this.answers.get(nonce);
  };

  get texts() {
    return this.log.map(({ text }) => text);
  }
}

function made(parts = {}) {
  const server = new Server();
  return { server, ...outboxWith({ deliver: server.deliver, ...parts }) };
}

const file = (name) => new File(["bytes"], name);
const states = () => pending.value.map(({ state }) => state);

beforeEach(() => {
  pending.value = [];
});

test("what is written offline waits on the shelf and is sent in order when there is a line", async () => {
  const { server, clock, shelf, outbox } = made();
  for (const text of ["one", "two", "three"]) await outbox.add("a", text, []);
  await clock.pass(60_000);
  assert.deepEqual([server.texts, waiting.value], [[], 3]);
  assert.equal((await shelf.all()).length, 3);
  outbox.open();
  await clock.pass(100);
  assert.deepEqual(server.texts, ["one", "two", "three"]);
  assert.deepEqual([pending.value, await shelf.all()], [[], []]);
});

test("after a reload everything on the shelf is sent with the nonce it had", async () => {
  const { server, shelf, outbox } = made();
  server.loses = () => "answer";
  outbox.open();
  await outbox.add("a", "one", []);
  await settle();
  pending.value = [];
  server.loses = () => "";
  const reloaded = made({ shelf, deliver: server.deliver });
  await reloaded.outbox.load();
  reloaded.outbox.open();
  await reloaded.clock.pass(100);
  assert.deepEqual(server.texts, ["one"], "sent twice, logged once");
  assert.deepEqual(pending.value, []);
});

test("over a line that loses half of everything, each message is logged once and in order", async () => {
  for (let seed = 1; seed <= 20; seed++) {
    pending.value = [];
    const random = chance(seed);
    const { server, clock, outbox } = made({ random });
    server.loses = () => ["", "", "question", "answer"][Math.floor(random() * 4)];
    outbox.open();
    const said = Array.from({ length: 20 }, (_, index) => `${index}`);
    for (const text of said) {
      await outbox.add(random() < 0.5 ? "a" : "b", text, []);
      if (random() < 0.3) outbox.shut();
      await clock.pass(random() * 500);
      outbox.open();
    }
    await clock.pass(600_000);
    for (const conversation of ["a", "b"]) {
      const there = server.log.filter((one) => one.conversation === conversation);
      const order = there.map(({ text }) => Number(text));
      assert.deepEqual(
        order,
        [...order].sort((a, b) => a - b),
        `seed ${seed}`,
      );
    }
    assert.deepEqual([...server.texts].sort(), [...said].sort(), `seed ${seed}`);
  }
});

test("a conversation that is held up holds up no other", async () => {
  const hanging = new Promise(() => {});
  const { server, clock, outbox } = made();
  const { deliver } = server;
  outbox.parts.deliver = (item) => (item.conversation === "a" ? hanging : deliver(item));
  outbox.open();
  await outbox.add("a", "stuck", []);
  await outbox.add("b", "free", []);
  await clock.pass(10);
  assert.deepEqual(server.texts, ["free"]);
});

test("a refusal is shown with its reason and lets the next one pass", async () => {
  const { server, clock, outbox } = made();
  const { deliver } = server;
  outbox.parts.deliver = (item) =>
    item.text === "bad"
      ? Promise.reject(new Refused({ code: "not-allowed", message: "No." }))
      : deliver(item);
  outbox.open();
  await outbox.add("a", "bad", []);
  await outbox.add("a", "good", []);
  await clock.pass(10);
  assert.deepEqual(server.texts, ["good"]);
  assert.deepEqual([states(), pending.value[0].error], [["failed"], "No."]);
});

test("a failed message can be tried again, or thrown away", async () => {
  const { server, clock, shelf, outbox } = made();
  const { deliver } = server;
  const refuse = async () => {
    throw new Refused({ code: "not-allowed", message: "No." });
  };
  outbox.parts.deliver = refuse;
  outbox.open();
  const kept = await outbox.add("a", "kept", []);
  const thrown = await outbox.add("a", "thrown", []);
  await clock.pass(10);
  assert.deepEqual(states(), ["failed", "failed"]);
  outbox.parts.deliver = deliver;
  await outbox.discard(thrown);
  await outbox.retry(kept);
  await clock.pass(10);
  assert.deepEqual(server.texts, ["kept"]);
  assert.deepEqual(await shelf.all(), []);
});

test("that a message failed is remembered over a reload", async () => {
  const { clock, shelf, outbox } = made({
    deliver: async () => {
      throw new Refused({ code: "not-allowed", message: "No." });
    },
  });
  outbox.open();
  await outbox.add("a", "bad", []);
  await clock.pass(10);
  pending.value = [];
  const reloaded = made({ shelf });
  await reloaded.outbox.load();
  reloaded.outbox.open();
  await reloaded.clock.pass(1000);
  assert.deepEqual([states(), reloaded.server.texts], [["failed"], []]);
});

for (const code of ["not-saved", "slow-down"]) {
  test(`"${code}" is no failure: it is tried again after a while, in order`, async () => {
    const { server, clock, outbox } = made();
    const { deliver } = server;
    let refusals = 3;
    outbox.parts.deliver = (item) =>
      refusals-- > 0 ? Promise.reject(new Refused({ code, message: "Later." })) : deliver(item);
    outbox.open();
    await outbox.add("a", "one", []);
    await outbox.add("a", "two", []);
    await clock.pass(10);
    assert.deepEqual(states(), ["queued", "queued"]);
    await clock.pass(10_000);
    assert.deepEqual(server.texts, ["one", "two"]);
  });
}

test("files go up before their message, which carries their ids", async () => {
  const { server, clock, outbox } = made();
  outbox.open();
  await outbox.add("a", "", [file("x.png"), file("y.pdf")]);
  await clock.pass(10);
  assert.deepEqual(server.log[0].files, ["f-x.png", "f-y.pdf"]);
});

test("an upload that was cut goes on where it was, after a reload too", async () => {
  const locations = [];
  const cut = async (_blob, _name, { location, created }) => {
    locations.push(location);
    created("/api/files/f1");
    throw new Lost();
  };
  const { clock, shelf, outbox } = made({ upload: cut });
  outbox.open();
  await outbox.add("a", "", [file("film.mp4")]);
  await clock.pass(10);
  pending.value = [];
  const whole = async (_blob, _name, { location }) => {
    locations.push(location);
    return "f1";
  };
  const reloaded = made({ shelf, upload: whole });
  await reloaded.outbox.load();
  reloaded.outbox.open();
  await reloaded.clock.pass(10);
  assert.deepEqual(locations, ["", "/api/files/f1"]);
  assert.deepEqual(reloaded.server.log[0].files, ["f1"]);
});

/** Uploads that only end when they are cancelled. */
function endless(_blob, _name, { signal, progress }) {
  progress(0.5);
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason));
  });
}

test("how far a file is shows while it goes up", async () => {
  const { clock, outbox } = made({ upload: endless });
  outbox.open();
  await outbox.add("a", "look", [file("x.png")]);
  await clock.pass(10);
  assert.deepEqual([states(), pending.value[0].progress], [["sending"], [0.5]]);
});

test("a cancelled file leaves the rest of its message to go", async () => {
  const { server, clock, outbox } = made({ upload: endless });
  outbox.open();
  const nonce = await outbox.add("a", "look", [file("x.png")]);
  await clock.pass(10);
  await outbox.cancelFile(nonce, 0);
  await clock.pass(10);
  assert.deepEqual(server.log, [{ text: "look", conversation: "a", files: [] }]);
});

test("a message with nothing left is thrown away", async () => {
  const { server, clock, outbox } = made({ upload: endless });
  outbox.open();
  const nonce = await outbox.add("a", "", [file("x.png")]);
  await clock.pass(10);
  await outbox.cancelFile(nonce, 0);
  await clock.pass(10);
  assert.deepEqual([pending.value, server.log], [[], []]);
});

test("a photo that is never made smaller lets the next message pass once it is discarded, cancelled or paused", async () => {
  const stops = {
    discard: (outbox, nonce) => outbox.discard(nonce),
    cancel: (outbox, nonce) => outbox.cancelFile(nonce, 0),
    pause: (outbox, nonce) => outbox.pauseFile(nonce, 0),
  };
  for (const [how, stop] of Object.entries(stops)) {
    pending.value = [];
    const { server, clock, outbox } = made({ shrink: () => new Promise(() => {}) });
    outbox.open();
    const photo = new File(["bytes"], "x.jpg", { type: "image/jpeg" });
    const nonce = await outbox.add("a", "", [photo], { smaller: true });
    await outbox.add("a", "next", []);
    await clock.pass(10);
    assert.deepEqual(server.texts, [], how);
    await stop(outbox, nonce);
    await clock.pass(10);
    assert.deepEqual(server.texts, ["next"], how);
  }
});

test("its own echo takes a message out, even when the answer never came", async () => {
  const { server, shelf, outbox, clock } = made();
  server.loses = () => "answer";
  outbox.open();
  const nonce = await outbox.add("a", "one", []);
  await clock.pass(10);
  outbox.echoed(nonce);
  await clock.pass(60_000);
  assert.deepEqual([pending.value, await shelf.all(), server.texts], [[], [], ["one"]]);
});

test("an answer that comes before the echo leaves the message on the screen until then", async () => {
  const { outbox, clock, shelf } = made({ hasCome: () => false });
  outbox.open();
  const nonce = await outbox.add("a", "one", []);
  await clock.pass(10);
  assert.deepEqual([states(), await shelf.all(), waiting.value], [["sent"], [], 0]);
  outbox.echoed(nonce);
  assert.deepEqual(pending.value, []);
});

test("reading the shelf again loses nothing that was just written, and brings nothing back", async () => {
  const { outbox, shelf } = made();
  const thrown = await outbox.add("a", "thrown", []);
  const kept = await outbox.add("a", "kept", []);
  const { all } = shelf;
  let seen = [];
  shelf.all = async () => {
    seen = await all();
    await nextTurn();
    return seen;
  };
  const loading = outbox.load();
  await nextTurn();
  shelf.put = () => new Promise(() => {});
  outbox.discard(thrown);
  outbox.add("a", "new", []);
  await loading;
  assert.equal(seen.length, 2, "the reading was older than what happened");
  assert.deepEqual(
    pending.value.map(({ text }) => text),
    ["kept", "new"],
  );
  assert.equal(pending.value[0].nonce, kept);
});

test("where storage is refused a message is sent all the same, once", async () => {
  const refuse = () => Promise.reject(new Error("quota"));
  const refused = { put: refuse, all: refuse, remove: refuse };
  const { server, clock, outbox } = made({ shelf: refused });
  outbox.open();
  await outbox.add("a", "one", []);
  await outbox.load();
  await clock.pass(10);
  assert.deepEqual([server.texts, pending.value], [["one"], []]);
});

test("a voice message keeps its length and levels over a reload, and its upload says what it is", async () => {
  const voice = { milliseconds: 4200, levels: new Uint8Array([0, 255]) };
  const { shelf, outbox } = made();
  await outbox.add("a", "", [file("voice.m4a")], { voice });
  await outbox.add("a", "", [file("song.m4a")]);
  pending.value = [];
  const said = [];
  const uploaded = [];
  const reloaded = made({
    shelf,
    deliver: async (item) => {
      said.push(item.voice ?? null);
      return { conversation: "a", seq: said.length, at: 0 };
    },
    upload: async (_blob, name, options) => {
      uploaded.push([name, options.voice]);
      return `f-${name}`;
    },
  });
  await reloaded.outbox.load();
  reloaded.outbox.open();
  await reloaded.clock.pass(100);
  assert.deepEqual(said, [voice, null]);
  assert.deepEqual(uploaded, [
    ["voice.m4a", true],
    ["song.m4a", false],
  ]);
});
