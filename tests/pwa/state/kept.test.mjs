// What this browser remembers by itself: settings and drafts, over a reload, and nothing after signing out.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { draft, forgetDrafts } from "../../../pwa/state/drafts.js";
import { kept } from "../../../pwa/state/kept.js";

/** A browser's localStorage, as far as it is used. */
class Storage {
  getItem(name) {
    return Object.hasOwn(this, name) ? this[name] : null;
  }

  setItem(name, text) {
    this[name] = text;
  }

  removeItem(name) {
    delete this[name];
  }
}

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
