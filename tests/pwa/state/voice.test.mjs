// Recording: held, let go, slid away, locked, paused, kept; and who or what ends it.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { signal } from "@preact/signals-core";
import { aim, replyTo } from "../../../pwa/state/composing.js";
import { draft } from "../../../pwa/state/drafts.js";
import { gatheringDesk } from "../../../pwa/state/gathering.js";
import { loadingOf } from "../../../pwa/state/loading.js";
import { outbox, pending, shelfInMemory } from "../../../pwa/state/outbox.js";
import { signedOut } from "../../../pwa/state/session.js";
import { keepNotesOn, noteIn } from "../../../pwa/state/unsent.js";
import {
  followVoices,
  hasUnsent,
  hintIn,
  meter,
  recording,
  recordingIn,
  Voices,
  voices,
} from "../../../pwa/state/voice.js";
import { change, withConversation } from "../../../pwa/state/world.js";
import { settle, TestClock } from "../clock.mjs";
import { partsWith } from "../outboxes.mjs";

/** What records, outside of a browser: it remembers what was asked of it. */
class FakeRecorder {
  said = [];
  level = () => 0.5;
  pause = () => this.said.push("pause");
  resume = () => this.said.push("resume");
  drop = () => this.said.push("drop");
  stop = async () => {
    this.said.push("stop");
    return new Blob(["sound"], { type: "audio/mp4;codecs=mp4a.40.2" });
  };
}

let clock;
let sent;
let desk;
let recorder;
const opens = async () => recorder;

beforeEach(() => {
  clock = new TestClock();
  sent = [];
  recorder = new FakeRecorder();
  desk = new Voices({
    clock,
    send: async (conversation, note) => sent.push({ conversation, note }),
  });
  desk.clear();
});

async function holds(ms) {
  desk.start("a", opens);
  await clock.pass(ms);
}

test("held and let go, it is sent with its length and how loud it was", async () => {
  await holds(3000);
  assert.deepEqual(recording.value, { conversation: "a", phase: "recording", locked: false });
  await desk.release();
  const [{ conversation, note }] = sent;
  assert.deepEqual(
    [conversation, note.voice.milliseconds, note.file.type],
    ["a", 3000, "audio/mp4"],
  );
  assert.match(note.file.name, /^voice-\d{12}\.m4a$/);
  assert.ok(note.voice.levels.length > 40 && note.voice.levels.every((level) => level === 128));
  assert.deepEqual([recorder.said, recording.value, hasUnsent()], [["stop"], null, false]);
});

test("a slip of the finger sends nothing and says how it is done, for a while", async () => {
  await holds(900);
  await desk.release();
  assert.deepEqual([sent, recorder.said, hintIn("a").value], [[], ["drop"], "short"]);
  assert.equal(hintIn("b").value, "", "it is said where it happened");
  await clock.pass(10_000);
  assert.equal(hintIn("a").value, "");
});

test("slid away, nothing is left", async () => {
  await holds(3000);
  desk.cancel("a");
  await desk.release();
  assert.deepEqual(
    [sent, recorder.said, recording.value, hasUnsent()],
    [[], ["drop"], null, false],
  );
});

test("locked, it goes on without the finger and is sent when asked to be", async () => {
  await holds(2000);
  desk.lock();
  await desk.release();
  assert.deepEqual([sent, recording.value.locked], [[], true]);
  await clock.pass(2000);
  await desk.finish();
  assert.equal(sent[0].note.voice.milliseconds, 4000);
});

test("a pause is not counted", async () => {
  await holds(2000);
  desk.pause();
  await clock.pass(60_000);
  assert.deepEqual([recording.value.phase, meter.value.ms], ["paused", 2000]);
  desk.resume();
  await clock.pass(1000);
  desk.pause();
  await desk.finish();
  assert.equal(sent[0].note.voice.milliseconds, 3000);
  assert.deepEqual(recorder.said, ["pause", "resume", "pause", "stop"]);
});

test("let go while the browser still asks, it records on when the answer is yes", async () => {
  let answer;
  desk.start("a", () => new Promise((resolve) => (answer = resolve)));
  desk.release();
  assert.deepEqual(recording.value, { conversation: "a", phase: "asking", locked: true });
  answer(recorder);
  await clock.pass(2000);
  assert.equal(recording.value.phase, "recording");
  await desk.finish();
  assert.equal(sent.length, 1);
});

test("cancelled while the browser still asks, the microphone is let go at once", async () => {
  let answer;
  desk.start("a", () => new Promise((resolve) => (answer = resolve)));
  desk.cancel("a");
  answer(recorder);
  await settle();
  assert.deepEqual([recorder.said, recording.value], [["drop"], null]);
});

test("an answer that comes for an earlier try does not begin a later one", async () => {
  const answers = [];
  const asks = () => new Promise((resolve) => answers.push(resolve));
  desk.start("a", asks);
  desk.cancel("a");
  desk.start("a", asks);
  answers[0](recorder);
  await settle();
  assert.deepEqual([recorder.said, recording.value.phase], [["drop"], "asking"]);
});

for (const trouble of ["refused", "missing", "insecure", "unsupported"]) {
  test(`"${trouble}" is said, and stays until it was read or the next try`, async () => {
    await desk.start("a", async () => trouble);
    await clock.pass(60_000);
    assert.deepEqual([recording.value, hintIn("a").value], [null, trouble]);
    desk.dismiss();
    assert.equal(hintIn("a").value, "");
  });
}

test("one records at a time, and not over what is kept", async () => {
  await holds(2000);
  await desk.start("b", opens);
  assert.equal(recording.value.conversation, "a");
  await desk.keep();
  await desk.start("a", opens);
  assert.equal(recording.value, null);
});

test("kept, it can be sent later or thrown away", async () => {
  await holds(2000);
  await desk.keep();
  assert.deepEqual([noteIn("a").value.voice.milliseconds, noteIn("b").value], [2000, null]);
  assert.equal(hasUnsent(), true);
  await desk.sendKept("a");
  assert.deepEqual([sent.length, noteIn("a").value], [1, null]);
  await holds(2000);
  await desk.keep();
  desk.cancel("a");
  assert.deepEqual([sent.length, noteIn("a").value], [1, null]);
});

test("a quarter of an hour is the most; then it is kept, and that is said", async () => {
  await holds(15 * 60_000 + 100);
  assert.deepEqual([recording.value, hintIn("a").value], [null, "full"]);
  assert.equal(Math.round(noteIn("a").value.voice.milliseconds / 1000), 900);
});

test("when the microphone goes away, what was said until then is kept", async () => {
  let lost;
  desk.start("a", async (tell) => {
    lost = tell;
    return recorder;
  });
  await clock.pass(5000);
  lost();
  await settle();
  assert.deepEqual([recording.value, noteIn("a").value.voice.milliseconds], [null, 5000]);
});

/** A disk that remembers what it was told. */
class FakeShelf {
  said = [];
  all = async () => [];
  put = async ({ at, conversation, ms, levels, blob }) =>
    this.said.push([at, conversation, ms, levels.length, await blob.text()]);
  settle = async ({ ms }) => this.said.push(["settle", ms]);
  remove = async () => this.said.push(["remove"]);
}

/** With a disk, and the way in for pieces. */
async function recordsPieces(shelf) {
  keepNotesOn(shelf);
  let give;
  desk.start("a", async (_lost, piece) => {
    give = (text) => piece(new Blob([text]));
    return recorder;
  });
  await settle();
  return give;
}

test("what is being said is on the disk piece by piece, and whole when it is kept", async () => {
  const shelf = new FakeShelf();
  const give = await recordsPieces(shelf);
  await clock.pass(1000);
  give("one");
  await clock.pass(500);
  desk.pause();
  await clock.pass(9000);
  give("two");
  give("");
  await settle();
  assert.deepEqual(shelf.said, [
    [0, "a", 1000, 20, "one"],
    [1, "a", 1500, 10, "two"],
  ]);
  await desk.keep();
  assert.deepEqual(shelf.said.slice(2), [["settle", 1500]]);
  keepNotesOn(null);
});

test("thrown away it leaves the disk, and what the recorder still hands out does not come there", async () => {
  const shelf = new FakeShelf();
  const give = await recordsPieces(shelf);
  await clock.pass(2000);
  desk.cancel("a");
  give("late");
  await settle();
  assert.deepEqual(shelf.said, [["remove"]]);
  keepNotesOn(null);
});

test("it leaves the disk when the outbox has it, and not before", async () => {
  const shelf = new FakeShelf();
  await recordsPieces(shelf);
  await clock.pass(2000);
  let kept;
  desk.parts.send = () => new Promise((done) => (kept = done));
  const done = desk.finish();
  await settle();
  assert.deepEqual(shelf.said, []);
  kept();
  await done;
  assert.deepEqual(shelf.said, [["remove"]]);
  keepNotesOn(null);
});

/** With this page's own desk, and a moment that is long enough to be kept. */
async function recordsHere(conversation) {
  voices.parts.clock = clock;
  voices.start(conversation, opens);
  await clock.pass(3000);
}

test("who leaves the conversation or thread is not recorded on, and finds it kept there", async () => {
  desk.start("a#1", opens);
  await clock.pass(3000);
  for (const beside of ["a", "a#2"]) await desk.leave(beside);
  assert.equal(recordingIn("a#1").value.phase, "recording");
  await desk.leave("a#1");
  assert.deepEqual([recording.value, noteIn("a#1").value.voice.milliseconds], [null, 3000]);
  assert.equal(noteIn("a").value, null);
});

test("where the outbox cannot keep it, it stays on its own disk until it is delivered", async () => {
  pending.value = [];
  const shelf = new FakeShelf();
  keepNotesOn(shelf);
  const { parts } = outbox;
  const full = async () => {
    throw new DOMException("", "QuotaExceededError");
  };
  outbox.parts = partsWith({ shelf: { ...shelfInMemory(), put: full }, clock });
  outbox.parts.deliver = async ({ conversation }) => ({ conversation, seq: 1, at: 0 });
  await recordsHere("a");
  const sending = voices.finish();
  await clock.pass(10);
  assert.deepEqual([pending.value.length, shelf.said], [1, []]);
  outbox.open();
  await sending;
  assert.deepEqual([pending.value, shelf.said], [[], [["remove"]]]);
  outbox.shut();
  outbox.parts = parts;
  keepNotesOn(null);
});

test("it answers what was to be answered, and what stands in the box stays", async () => {
  pending.value = [];
  await recordsHere("a");
  replyTo("a", 7);
  draft("a").value = "for later";
  await voices.finish();
  assert.deepEqual(
    pending.value.map(({ voice, reply }) => [voice.milliseconds, reply]),
    [[3000, 7]],
  );
  assert.deepEqual([aim("a").value.kind, draft("a").value], ["", "for later"]);
});

test("who speaks in a thread sees it, wherever they had read", async () => {
  change((before) => withConversation(before, "a#1", (now) => ({ ...now, newer: true })));
  const asked = loadingOf("a#1");
  await recordsHere("a#1");
  assert.equal(asked.value.loading, false);
  const sending = voices.finish();
  await settle();
  assert.equal(asked.value.loading || asked.value.failed !== "", true);
  await sending;
});

test("a room's call needs the microphone: what was said until then is kept", async () => {
  const stop = followVoices();
  await recordsHere("a");
  gatheringDesk.value = { view: signal({ phase: "ended" }), actions: {} };
  assert.equal(recordingIn("a").value.phase, "recording");
  gatheringDesk.value = { view: signal({ phase: "joining" }), actions: {} };
  await settle();
  assert.deepEqual([recording.value, noteIn("a").value.voice.milliseconds], [null, 3000]);
  gatheringDesk.value = null;
  stop();
});

test("who signs out leaves nothing", async () => {
  const stop = followVoices();
  await recordsHere("a");
  await voices.keep();
  signedOut("");
  assert.equal(hasUnsent(), false);
  stop();
});
