// Drafts: one for each conversation, over a reload, and none after signing out.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { draft, forgetDrafts } from "../../../pwa/state/drafts.js";
import { kept } from "../../../pwa/state/kept.js";
import { Storage } from "../storage.mjs";

const names = () => Object.keys(globalThis.localStorage);

beforeEach(() => {
  globalThis.localStorage = new Storage();
});

test("each conversation has its own draft", () => {
  draft("a").value = "to a";
  draft("b").value = "to b";
  assert.deepEqual([draft("a").value, localStorage.getItem("parley.draft.b")], ["to a", '"to b"']);
});

test("signing out forgets drafts, those of an earlier page too, and no setting", () => {
  kept("theme", "system").value = "dark";
  localStorage.setItem("parley.draft.z", '"from before"');
  draft("a").value = "to a";
  forgetDrafts();
  assert.deepEqual([draft("a").value, names()], ["", ["parley.theme"]]);
});
