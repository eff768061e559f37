// What this browser remembers by itself: over a reload, and only what differs.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { kept } from "../../../pwa/state/kept.js";
import { Storage } from "../storage.mjs";

const names = () => Object.keys(globalThis.localStorage);

beforeEach(() => {
  globalThis.localStorage = new Storage();
});

test("a setting is there again after a reload", () => {
  kept("theme", "system").value = "dark";
  assert.equal(kept("theme", "system").value, "dark");
});

test("what is as it was from the start takes no room", () => {
  const sound = kept("sound", true);
  sound.value = false;
  assert.deepEqual(names(), ["parley.sound"]);
  sound.value = true;
  assert.deepEqual(names(), []);
});

test("what somebody else left there does no harm", () => {
  localStorage.setItem("parley.theme", "{broken");
  assert.equal(kept("theme", "system").value, "system");
});

test("where storage is refused it lasts as long as the page", () => {
  globalThis.localStorage = {
    getItem: () => {
      throw new DOMException("refused", "SecurityError");
    },
  };
  const theme = kept("theme", "system");
  theme.value = "dark";
  assert.equal(theme.value, "dark");
});

test("what another tab keeps is followed", () => {
  const hearers = [];
  globalThis.addEventListener = (name, hearer) => name === "storage" && hearers.push(hearer);
  const sound = kept("sound", true);
  const theme = kept("theme", "system");
  delete globalThis.addEventListener;
  localStorage.setItem("parley.sound", "false");
  for (const hearer of hearers) hearer({ key: "parley.sound" });
  assert.deepEqual([sound.value, theme.value], [false, "system"]);
});
