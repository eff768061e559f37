// Settings begin calm and are remembered by this browser.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Storage } from "../storage.mjs";

globalThis.localStorage = new Storage();
const { notifications, sound, theme } = await import("../../../pwa/state/settings.js");

test("at first: the system's theme, sound on, and no notifications nobody asked for", () => {
  assert.deepEqual([theme.value, sound.value, notifications.value], ["system", true, false]);
});

test("what is set is remembered", () => {
  theme.value = "dark";
  assert.equal(localStorage.getItem("parley.theme"), '"dark"');
});
