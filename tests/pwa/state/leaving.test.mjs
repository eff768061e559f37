// Who leaves a device leaves nothing on it but what belongs to the device; the next page knows why nobody is in, once.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { beginLeaving, forgetOnDevice, leaving, takeWord } from "../../../pwa/state/leaving.js";
import { Storage } from "../storage.mjs";

let closed = [];
let deleted = [];
const notice = (tag) => ({ close: () => closed.push(tag) });

function withWorker(registration) {
  const serviceWorker = { getRegistration: async () => registration };
  Object.defineProperty(globalThis, "navigator", { value: { serviceWorker }, configurable: true });
}

beforeEach(() => {
  globalThis.localStorage = new Storage();
  globalThis.sessionStorage = new Storage();
  closed = [];
  deleted = [];
  globalThis.caches = { delete: async (name) => deleted.push(name) };
  withWorker({ getNotifications: async () => [notice("room.1"), notice("call direct.1")] });
});

test("the next page knows why nobody is in, and forgets it then", () => {
  beginLeaving({ state: "signed-out", open: true, reason: "signed-out", me: "", device: "" });
  assert.equal(leaving.value, "begun");
  assert.deepEqual(takeWord(), { state: "signed-out", open: true, reason: "signed-out" });
  assert.equal(takeWord(), null);
});

test("what was written, chosen and heard goes; what belongs to the device stays", async () => {
  for (const name of ["draft.room.1", "aim.room.1", "emoji.used", "voice.heard", "call-volumes"])
    localStorage.setItem(`parley.${name}`, "1");
  for (const name of ["parley.theme", "parley.gear", "parley-install-later"])
    localStorage.setItem(name, "1");
  await forgetOnDevice();
  assert.deepEqual(Object.keys(localStorage), [
    "parley.theme",
    "parley.gear",
    "parley-install-later",
  ]);
});

test("the call a tab was in goes; an invitation that was opened in it stays", async () => {
  for (const name of ["call", "gathering", "invitation"])
    sessionStorage.setItem(`parley.${name}`, "1");
  await forgetOnDevice();
  assert.deepEqual(Object.keys(sessionStorage), ["parley.invitation"]);
});

test("what was shared to somebody goes, and so do their notifications", async () => {
  await forgetOnDevice();
  assert.deepEqual([deleted, closed], [["shared"], ["room.1", "call direct.1"]]);
});

test("where the browser shows no notifications and keeps nothing shared, leaving goes on", async () => {
  globalThis.caches = undefined;
  withWorker({});
  await forgetOnDevice();
});
