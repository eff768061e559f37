// Two tabs with one shelf: what a person does to a message in one of them holds in the other, which sends.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Refused } from "../../../pwa/protocol/errors.js";
import { partsWith } from "../outboxes.mjs";

const owner = await import("../../../pwa/state/outbox.js?owner");
const other = await import("../../../pwa/state/outbox.js?other");

beforeEach(() => {
  owner.pending.value = other.pending.value = [];
});

/** Uploads that have come half way, and go on when they are asked to; a server that forgets what was taken back. */
function line() {
  const going = { began: [], taken: [], go: () => {} };
  going.upload = (_blob, name, { signal, progress, location, created }) => {
    going.began.push([name, location]);
    created(`/api/files/${name}`);
    progress(0.5);
    return new Promise((done, reject) => {
      going.go = () => done(`f-${name}`);
      signal.addEventListener("abort", () => reject(signal.reason));
    });
  };
  going.takeBack = async (location) => void going.taken.push(location);
  return going;
}

/** The tab that sends, and another. */
function tabs(more = {}) {
  const going = line();
  const sent = [];
  const deliver = async ({ conversation, text, files }) => {
    sent.push([text, files.map(({ id }) => id)]);
    return { conversation, seq: sent.length, at: 0 };
  };
  const { upload, takeBack } = going;
  const parts = partsWith({ deliver, upload, takeBack, ...more });
  const sending = new owner.Outbox(parts);
  const there = new other.Outbox({ ...parts, tell: (meant) => sending.heard(meant) });
  sending.open();
  const { clock, shelf } = parts;
  return { clock, shelf, going, sent, sending, there };
}

const file = (name) => new File(["bytes"], name);

/** Written in the other tab, and on its way in the one that sends. */
async function underWay(two, text, files) {
  const nonce = await two.there.add("a", text, files);
  await two.sending.load();
  await two.clock.pass(10);
  await two.there.load();
  assert.equal(owner.pending.value[0].state, "sending");
  return nonce;
}

test("what is thrown away in another tab is not sent, and does not come back", async () => {
  const two = tabs();
  const nonce = await underWay(two, "look", [file("film.mp4")]);
  await two.there.discard(nonce);
  await two.clock.pass(10);
  two.going.go();
  await two.clock.pass(60_000);
  assert.deepEqual([two.sent, owner.pending.value, await two.shelf.all()], [[], [], []]);
  assert.deepEqual(two.going.taken, ["/api/files/film.mp4"]);
  assert.equal(two.going.began.length, 1);
});

test("a file that is cancelled in another tab is not sent, the others are", async () => {
  const two = tabs();
  const nonce = await underWay(two, "look", [file("wrong"), file("right")]);
  await two.there.cancelFile(nonce, 0);
  await two.clock.pass(10);
  two.going.go();
  await two.clock.pass(10);
  assert.deepEqual(two.sent, [["look", ["f-right"]]]);
});

test("a file that had come while another goes up is not sent either once it is cancelled", async () => {
  const two = tabs();
  const nonce = await underWay(two, "look", [file("wrong"), file("right")]);
  two.going.go();
  await two.clock.pass(10);
  await two.there.cancelFile(nonce, 0);
  await two.clock.pass(10);
  two.going.go();
  await two.clock.pass(10);
  assert.deepEqual(two.sent, [["look", ["f-right"]]]);
});

test("what is paused in another tab stays where it is until that is over, there too", async () => {
  const two = tabs();
  const nonce = await underWay(two, "look", [file("film.mp4")]);
  await two.there.pauseFile(nonce, 0);
  await two.clock.pass(60_000);
  await two.there.load();
  const [{ state, progress }] = owner.pending.value;
  assert.deepEqual([state, progress, other.pending.value[0].progress], ["queued", [0.5], [0.5]]);
  await two.there.resumeFile(nonce, 0);
  await two.clock.pass(10);
  two.going.go();
  await two.clock.pass(10);
  assert.deepEqual(two.sent, [["look", ["f-film.mp4"]]]);
  assert.deepEqual(two.going.began.at(-1), ["film.mp4", "/api/files/film.mp4"]);
});

test("what is cancelled while the tab that sends still reads the shelf is not sent", async () => {
  const two = tabs();
  const { all } = two.shelf;
  const nonce = await two.there.add("a", "look", [file("wrong")]);
  let read = () => {};
  two.shelf.all = async () => {
    const seen = await all();
    return new Promise((done) => {
      read = () => done(seen);
    });
  };
  const loading = two.sending.load();
  await two.clock.pass(10);
  two.there.cancelFile(nonce, 0);
  await two.clock.pass(10);
  read();
  await loading;
  two.shelf.all = all;
  await two.clock.pass(10);
  two.going.go();
  await two.clock.pass(10);
  assert.deepEqual(two.sent, [["look", []]]);
});

test("a file that the server no longer has because it was taken back is not brought there again", async () => {
  let refuse = () => {};
  const deliver = () =>
    new Promise((_, reject) => {
      refuse = () => reject(new Refused({ code: "not-found", field: "files" }));
    });
  const two = tabs({ deliver });
  const nonce = await underWay(two, "", [file("wrong")]);
  two.going.go();
  await two.clock.pass(10);
  await two.there.discard(nonce);
  refuse();
  await two.clock.pass(60_000);
  assert.deepEqual([two.going.began.length, owner.pending.value], [1, []]);
});
