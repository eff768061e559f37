// What waits: whose turn it is, what the disk keeps, files that are paused, resumed and cancelled by hand, and photos that are
// yet to be made smaller.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Lost, Refused } from "../../../pwa/protocol/errors.js";
import { pending } from "../../../pwa/state/outbox.js";
import { asMeant, isNext, itemOf, waitingOf } from "../../../pwa/state/waiting.js";
import { outboxWith } from "../outboxes.mjs";

function made(parts = {}) {
  const server = { log: [] };
  const deliver = async ({ text, conversation, files }) => {
    server.log.push({ text, files: files.map(({ id }) => id) });
    return { conversation, seq: server.log.length, at: 0 };
  };
  return { server, ...outboxWith({ deliver, ...parts }) };
}

const file = (name) => new File(["bytes"], name);
const states = () => pending.value.map(({ state }) => state);
const texts = ({ log }) => log.map(({ text }) => text);

beforeEach(() => {
  pending.value = [];
});

const item = (...files) => ({
  nonce: "n",
  conversation: "a",
  text: "",
  files,
  at: 0,
  order: 0,
  error: "",
});

test("a message has its turn unless all that is left of it is paused", () => {
  const there = { id: "f1" };
  const going = { id: "" };
  const held = { id: "", paused: 0.5 };
  const isItsTurn = (...files) => isNext(waitingOf(item(...files)));
  assert.deepEqual(
    [isItsTurn(), isItsTurn(there, going), isItsTurn(held, going)],
    [true, true, true],
  );
  assert.deepEqual([isItsTurn(held), isItsTurn(held, there)], [false, false]);
  assert.equal(isNext(waitingOf({ ...item(going), error: "No." })), false);
});

test("the disk keeps what was written, and not how far it has come in this life of the page", () => {
  const one = item({ id: "", paused: 0.25 }, { id: "f2" });
  const shown = waitingOf(one);
  assert.deepEqual([shown.state, shown.progress], ["queued", [0.25, 1]]);
  assert.deepEqual(itemOf(shown), one);
});

/** Uploads that begin, have come half way, and end when they are let go or aborted. */
function slow() {
  const began = [];
  const upload = (_blob, name, { signal, progress, location, created }) => {
    began.push([name, location]);
    if (!location) created(`/api/files/${name}`);
    progress(0.5);
    return new Promise((done, reject) => {
      slow.letGo = () => done(`f-${name}`);
      signal.addEventListener("abort", () => reject(signal.reason));
    });
  };
  return { began, upload };
}

test("a paused file stays where it is, lets others go before it, and goes on from there", async () => {
  const { began, upload } = slow();
  const { server, clock, outbox } = made({ upload });
  outbox.open();
  const nonce = await outbox.add("a", "look", [file("film.mp4")]);
  await clock.pass(10);
  await outbox.pauseFile(nonce, 0);
  await outbox.add("a", "meanwhile", []);
  await clock.pass(60_000);
  assert.deepEqual(texts(server), ["meanwhile"]);
  assert.deepEqual([states(), pending.value[0].progress], [["queued"], [0.5]]);
  await outbox.resumeFile(nonce, 0);
  await clock.pass(10);
  slow.letGo();
  await clock.pass(10);
  assert.deepEqual(texts(server), ["meanwhile", "look"]);
  assert.deepEqual(began, [
    ["film.mp4", ""],
    ["film.mp4", "/api/files/film.mp4"],
  ]);
});

test("of two files the other goes up while one is paused, and the message waits for both", async () => {
  const { began, upload } = slow();
  const { server, clock, outbox } = made({ upload });
  outbox.open();
  const nonce = await outbox.add("a", "", [file("one"), file("two")]);
  await clock.pass(10);
  await outbox.pauseFile(nonce, 0);
  await clock.pass(10);
  slow.letGo();
  await clock.pass(10);
  assert.deepEqual(
    began.map(([name]) => name),
    ["one", "two"],
  );
  assert.deepEqual([server.log, states()], [[], ["queued"]]);
  await outbox.resumeFile(nonce, 0);
  await clock.pass(10);
  slow.letGo();
  await clock.pass(10);
  assert.deepEqual(server.log[0].files, ["f-one", "f-two"]);
});

test("what was paused is so after a reload, at the place it had come to", async () => {
  const { upload } = slow();
  const { clock, shelf, outbox } = made({ upload });
  outbox.open();
  const nonce = await outbox.add("a", "", [file("film.mp4")]);
  await clock.pass(10);
  await outbox.pauseFile(nonce, 0);
  await clock.pass(10);
  pending.value = [];
  const again = made({ shelf, upload: async () => assert.fail("it is paused") });
  await again.outbox.load();
  again.outbox.open();
  await again.clock.pass(60_000);
  assert.deepEqual([states(), pending.value[0].progress], [["queued"], [0.5]]);
});

test("what is cancelled or thrown away is taken back from the server", async () => {
  const { upload } = slow();
  const taken = [];
  const takeBack = async (location) => void taken.push(location);
  const { clock, outbox } = made({ upload, takeBack });
  outbox.open();
  const first = await outbox.add("a", "words", [file("one")]);
  await clock.pass(10);
  await outbox.cancelFile(first, 0);
  const second = await outbox.add("b", "", [file("two")]);
  await clock.pass(10);
  await outbox.discard(second);
  await clock.pass(10);
  assert.deepEqual(taken, ["/api/files/one", "/api/files/two"]);
});

/** A server that has removed what nobody sent for two days; `times` it says so. */
function forgetful(times) {
  const ids = [];
  const deliver = async ({ conversation, files }) => {
    ids.push(files.map(({ id }) => id));
    if (ids.length <= times)
      throw new Refused({ code: "not-found", message: "No.", field: "files" });
    return { conversation, seq: 1, at: 0 };
  };
  return { ids, deliver };
}

test("files that had expired on the server meanwhile are brought there once more", async () => {
  const { ids, deliver } = forgetful(1);
  let uploads = 0;
  const upload = async (_blob, _name, { location }) => {
    assert.equal(location, "");
    uploads += 1;
    return `f${uploads}`;
  };
  const { clock, outbox } = made({ deliver, upload });
  outbox.open();
  await outbox.add("a", "", [file("one")]);
  await clock.pass(10);
  assert.deepEqual([ids, states()], [[["f1"], ["f2"]], []]);
});

test("but not for ever: the second time it is said", async () => {
  const { ids, deliver } = forgetful(9);
  const { clock, outbox } = made({ deliver });
  outbox.open();
  await outbox.add("a", "", [file("one")]);
  await clock.pass(60_000);
  assert.deepEqual([ids.length, states(), pending.value[0].error], [2, ["failed"], "No."]);
});

const photo = (name) => new File(["a large photo"], name, { type: "image/jpeg" });

/** Photos that are made smaller when they are released, and what was uploaded of them. */
function darkroom() {
  const room = { uploaded: [], asked: [], release: () => {} };
  room.shrink = (_blob, name) => {
    room.asked.push(name);
    return new Promise((made) => {
      room.release = () => made({ blob: new Blob(["small"]), name: `small ${name}` });
    });
  };
  room.upload = async (blob, name) => {
    room.uploaded.push([name, await blob.text()]);
    return `f-${name}`;
  };
  return room;
}

test("a message shows and is kept at once while its photos are yet to be made smaller", async () => {
  const room = darkroom();
  const { server, clock, shelf, outbox } = made(room);
  outbox.open();
  outbox.add("a", "look", [photo("x.jpg")], { smaller: true });
  assert.deepEqual([states(), pending.value[0].text], [["queued"], "look"]);
  await clock.pass(10);
  const [kept] = await shelf.all();
  assert.deepEqual([kept.text, await kept.files[0].blob.text()], ["look", "a large photo"]);
  await outbox.add("a", "later", []);
  await clock.pass(10);
  assert.deepEqual([server.log, room.uploaded], [[], []]);
  room.release();
  await clock.pass(10);
  assert.deepEqual(room.uploaded, [["small x.jpg", "small"]]);
  assert.deepEqual(
    server.log.map(({ text }) => text),
    ["look", "later"],
  );
});

test("photos that were being made smaller when the page was loaded again are made so then, and go once", async () => {
  const before = darkroom();
  const { clock, shelf, outbox } = made(before);
  outbox.open();
  await outbox.add("a", "look", [photo("x.jpg")], { smaller: true });
  await clock.pass(10);
  pending.value = [];
  const room = darkroom();
  const reloaded = made({ shelf, ...room });
  await reloaded.outbox.load();
  reloaded.outbox.open();
  await reloaded.clock.pass(10);
  assert.deepEqual([before.asked, room.asked], [["x.jpg"], ["x.jpg"]]);
});

test("a photo whose upload was cut is not made smaller once more", async () => {
  const room = darkroom();
  const { upload } = room;
  const cut = async () => {
    throw new Lost();
  };
  const { server, clock, outbox } = made({ ...room, upload: cut });
  outbox.open();
  await outbox.add("a", "", [photo("x.jpg")], { smaller: true });
  await clock.pass(10);
  room.release();
  await clock.pass(10);
  outbox.parts.upload = upload;
  await clock.pass(60_000);
  assert.deepEqual([room.asked.length, room.uploaded[0]], [1, ["small x.jpg", "small"]]);
  assert.equal(server.log.length, 1);
});

test("a photo that is cancelled while it is made smaller is not sent", async () => {
  const room = darkroom();
  const { server, clock, outbox } = made(room);
  outbox.open();
  const files = [photo("x.jpg"), photo("y.jpg")];
  const nonce = await outbox.add("a", "look", files, { smaller: true });
  await clock.pass(10);
  await outbox.cancelFile(nonce, 0);
  room.release();
  await clock.pass(10);
  room.release();
  await clock.pass(10);
  assert.deepEqual(room.uploaded, [["small y.jpg", "small"]]);
  assert.deepEqual(server.log[0].files, ["f-small y.jpg"]);
});

test("photos go as they are where that is chosen, and other files always", async () => {
  const room = darkroom();
  const { clock, outbox } = made(room);
  outbox.open();
  await outbox.add("a", "", [photo("x.jpg")], { smaller: false });
  await outbox.add("a", "", [file("y.pdf")], { smaller: true });
  await clock.pass(10);
  assert.deepEqual(room.uploaded, [
    ["x.jpg", "a large photo"],
    ["y.pdf", "bytes"],
  ]);
});

test("what is meant of a file is done once, and not to the next one that takes its place", () => {
  const shown = waitingOf({ ...item({ id: "" }, { id: "f2" }), text: "look" });
  const meant = (what, index, of) => asMeant(shown, { what, nonce: "n", index, of });
  assert.equal(meant("discard", 0, 0), "gone");
  assert.equal(asMeant(undefined, { what: "discard", nonce: "n", index: 0, of: 0 }), "gone");
  assert.deepEqual(meant("cancel", 0, 2), { files: [{ id: "f2" }], progress: [1] });
  assert.equal(meant("cancel", 0, 3), null, "it is done already");
  assert.deepEqual(meant("cancel", 1, 2)?.files, [{ id: "" }], "it has come, and is not sent yet");
  assert.equal(meant("pause", 1, 2), null, "it has come");
  assert.equal(asMeant(waitingOf(item({ id: "" })), { what: "cancel", index: 0, of: 1 }), "gone");
});
