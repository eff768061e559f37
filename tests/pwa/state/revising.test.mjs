// Editing, taking back, and reading what was said before: what is asked, and what a refusal leaves.

import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { pack, unpack } from "../../../pwa/protocol/codec.js";
import { aim, edit, forgetAims } from "../../../pwa/state/composing.js";
import { disconnect } from "../../../pwa/state/connection.js";
import { draft, forgetDrafts } from "../../../pwa/state/drafts.js";
import { messageEntry } from "../../../pwa/state/entries.js";
import { saveEdit, takeBack, versionsOf } from "../../../pwa/state/revising.js";
import { blank, emptyWorld, world } from "../../../pwa/state/world.js";
import { ANNA, BEN, DIRECT, Log } from "../events.mjs";
import { online } from "../online.mjs";
import { Server } from "../server.mjs";
import { Storage } from "../storage.mjs";

beforeEach(() => {
  globalThis.localStorage = new Storage();
  forgetAims();
  forgetDrafts();
  draft(DIRECT).value = "before";
  edit(DIRECT, { seq: 7, text: "Helo" });
});
afterEach(disconnect);

test("a saved edit leaves the box as it was before", async () => {
  const { server } = await online();
  await saveEdit(DIRECT, "Hello", { mentions: [], everyone: "" });
  const [{ conversation, target, text }] = server.bodies("message.edit");
  assert.deepEqual([conversation, target, text], [DIRECT, 7, "Hello"]);
  assert.deepEqual([aim(DIRECT).value.kind, draft(DIRECT).value], ["", "before"]);
});

test("an edit names still whom the message named, however they are called now", async () => {
  const { server } = await online();
  const log = new Log();
  log.seq = 6;
  const said = log.sent(ANNA, "@Ben helo", { mentions: [BEN] });
  const conversation = { ...blank(DIRECT), members: [ANNA, BEN] };
  const card = { id: BEN, name: "Benny", about: "", avatar: "", host: false, removed: false };
  world.value = {
    ...emptyWorld(ANNA),
    people: { [BEN]: card },
    conversations: { [DIRECT]: { ...conversation, entries: [messageEntry(said.body)] } },
  };
  await saveEdit(DIRECT, "@Ben hello", { mentions: [], everyone: "" });
  assert.deepEqual(server.bodies("message.edit")[0].mentions, [BEN]);
  world.value = emptyWorld();
});

test("without a connection the text stays in the box", async () => {
  draft(DIRECT).value = "Hello";
  await assert.rejects(saveEdit(DIRECT, "Hello", []));
  assert.deepEqual([aim(DIRECT).value.kind, draft(DIRECT).value], ["edit", "Hello"]);
});

test("taking back asks the server", async () => {
  const { server } = await online();
  await takeBack(DIRECT, 7);
  const [{ target, nonce }] = server.bodies("message.delete");
  assert.equal(target, 7);
  assert.ok(nonce);
});

test("what it said before is read in order", async () => {
  const server = new Server();
  const log = new Log();
  const said = log.sent(ANNA, "Helo");
  const edited = log.say("message.edited", ANNA, { target: 1, text: "Hello", mentions: [] });
  server.answers["message.history"] = () => ({
    frames: [said, edited].map(({ name, body }) => pack(0, name, body)),
  });
  await online(server);
  assert.deepEqual(
    (await versionsOf(DIRECT, 1)).map(({ text }) => text),
    ["Helo", "Hello"],
  );
});

/** A server that refuses what it is asked. */
class Refusing extends Server {
  code = "";
  take(frame) {
    for (const [ref] of unpack(frame))
      this.ear?.heard(pack(ref, "error", { code: this.code, message: "No.", field: "" }));
  }
}

test("a refused edit stays in the box, and one that stands already is saved", async () => {
  const { server } = await online(new Refusing());
  server.code = "not-found";
  await assert.rejects(saveEdit(DIRECT, "Hello", []), /No\./);
  assert.equal(aim(DIRECT).value.kind, "edit");
  server.code = "stands-already";
  await saveEdit(DIRECT, "Hello", []);
  assert.equal(aim(DIRECT).value.kind, "");
});
