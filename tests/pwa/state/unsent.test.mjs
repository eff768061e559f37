// What was recorded and not sent: one in sight a conversation, taken once, there again after a reload, gone with the person.

import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { openCache } from "../../../pwa/state/cache.js";
import { settle } from "../clock.mjs";

const have = (navigator) =>
  Object.defineProperty(globalThis, "navigator", { value: navigator, configurable: true });

/** The locks of a browser, as far as recordings need them. */
class Locks {
  held = [];
  query = async () => ({ held: this.held });
  request = async (name, _options, holds) => {
    const lock = { name };
    this.held.push(lock);
    await holds();
    this.held.splice(this.held.indexOf(lock), 1);
  };
}

let pages = 0;
let name = "";

/** A page of its own on the same disk: a reload, or another tab. */
async function newPage() {
  pages += 1;
  const page = await import(`../../../pwa/state/unsent.js?page=${pages}`);
  const cache = await openCache(name);
  page.keepNotesOn(cache.recordings);
  return { ...page, cache };
}

beforeEach(() => {
  name = `unsent-${pages}`;
  have({ locks: new Locks() });
});

const note = (id, milliseconds = 2000, begun = 0) => ({
  id,
  begun,
  file: new File(["x"], "voice-197001010000.m4a", { type: "audio/mp4" }),
  voice: { milliseconds, levels: Uint8Array.of(1, 2) },
});
const piece = (text) => new Blob([text], { type: "audio/mp4;codecs=mp4a.40.2" });

async function until(condition) {
  for (let turn = 0; turn < 200 && !(await condition()); turn++) await settle();
  assert(await condition());
}

test("it waits in its conversation, and in no other", async () => {
  const { keepNote, noteIn, hasUnkept } = await newPage();
  const kept = note("r1");
  const done = keepNote("a", kept);
  assert.deepEqual([noteIn("a").value, noteIn("b").value, hasUnkept()], [kept, null, true]);
  await done;
  assert.equal(hasUnkept(), false, "the disk has it");
});

test("it is taken once", async () => {
  const { keepNote, takeNote, noteIn } = await newPage();
  const kept = note("r1");
  await keepNote("a", kept);
  await keepNote("b", note("r2"));
  assert.equal(takeNote("a"), kept);
  assert.deepEqual([takeNote("a"), noteIn("a").value, noteIn("b").value.id], [null, null, "r2"]);
});

test("without a disk it lasts as long as the page, which would lose it", async () => {
  const { keepNote, keepNotesOn, loadNotes, noteIn, hasUnkept } = await newPage();
  keepNotesOn(null);
  await keepNote("a", note("r1"));
  await loadNotes();
  assert.deepEqual([noteIn("a").value.id, hasUnkept()], ["r1", true]);
});

test("kept, it is there after a reload: the sound, its length, how loud it is", async () => {
  await (await newPage()).keepNote("a", note("r1", 2300));
  const { loadNotes, noteIn } = await newPage();
  await loadNotes();
  const { file, voice } = noteIn("a").value;
  assert.deepEqual(
    [await file.text(), file.name, file.type, voice.milliseconds, [...voice.levels]],
    ["x", "voice-197001010000.m4a", "audio/mp4", 2300, [1, 2]],
  );
});

test("what was being said when the page ended is there with all its pieces", async () => {
  const before = await newPage();
  const pieces = before.beginPieces("a", 60_000);
  pieces.add(piece("one "), 1000, [0, 1]);
  pieces.add(piece("two"), 2100, [0.5]);
  have({ locks: new Locks() }); // the locks went with the page
  const { loadNotes, noteIn, hasUnkept } = await newPage();
  await loadNotes();
  const { file, voice } = noteIn("a").value;
  assert.deepEqual(
    [await file.text(), file.name, file.type, voice.milliseconds, [...voice.levels]],
    ["one two", "voice-197001010001.m4a", "audio/mp4", 2100, [0, 255, 128]],
  );
  assert.equal(hasUnkept(), false);
});

test("what another tab is at is not shown until it is done", async () => {
  const speaks = await newPage();
  const other = await newPage();
  const pieces = speaks.beginPieces("a", 0);
  pieces.add(piece("one"), 1000, [1]);
  await other.loadNotes();
  assert.equal(other.noteIn("a").value, null);
  await speaks.keepNote("a", { ...note(pieces.id), begun: 0 });
  await settle();
  await other.loadNotes();
  assert.equal(other.noteIn("a").value.id, pieces.id);
  assert.equal((await speaks.cache.recordings.all()).length, 1, "whole, and no more in pieces");
});

test("sent or thrown away it is on no disk and in no other tab", async () => {
  const here = await newPage();
  await here.keepNote("a", note("r1"));
  const other = await newPage();
  await other.loadNotes();
  here.takeNote("a");
  await here.forgetNote("r1");
  await other.loadNotes();
  assert.deepEqual([other.noteIn("a").value, await here.cache.recordings.all()], [null, []]);
});

test("while it is being sent a look at the disk does not bring it back", async () => {
  const { keepNote, takeNote, loadNotes, noteIn } = await newPage();
  await keepNote("a", note("r1"));
  takeNote("a");
  await loadNotes();
  assert.equal(noteIn("a").value, null);
});

test("of two in one conversation the older is shown first, then the other", async () => {
  const before = await newPage();
  await before.keepNote("a", note("r2", 2000, 200));
  await before.keepNote("a", note("r1", 2000, 100));
  const { loadNotes, noteIn, takeNote, forgetNote } = await newPage();
  await loadNotes();
  assert.equal(noteIn("a").value.id, "r1");
  takeNote("a");
  await forgetNote("r1");
  assert.equal(noteIn("a").value.id, "r2");
});

test("a disk that is full leaves it in sight, and in danger", async () => {
  const { keepNote, keepNotesOn, noteIn, hasUnkept, loadNotes, cache } = await newPage();
  const full = () => Promise.reject(new DOMException("full", "QuotaExceededError"));
  keepNotesOn({ ...cache.recordings, settle: full });
  await keepNote("a", note("r1"));
  await loadNotes();
  assert.deepEqual([noteIn("a").value.id, hasUnkept()], ["r1", true]);
});

test("with nobody here there is none", async () => {
  const { keepNote, dropNotes, noteIn, cache } = await newPage();
  await keepNote("a", note("r1"));
  dropNotes();
  await cache.clear({ all: true });
  await until(async () => (await cache.recordings.all()).length === 0);
  assert.equal(noteIn("a").value, null);
});
