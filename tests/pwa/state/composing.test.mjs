// What the box is for: editing and answering, the draft of before, and what may be edited at all.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import {
  aim,
  drop,
  edit,
  editLast,
  forgetAims,
  isEditable,
  replyTo,
  takeReply,
} from "../../../pwa/state/composing.js";
import { draft, forgetDrafts } from "../../../pwa/state/drafts.js";
import { emptyWorld, world } from "../../../pwa/state/world.js";
import { About } from "../about.mjs";
import { ANNA, BEN, DIRECT } from "../events.mjs";
import { Storage } from "../storage.mjs";

beforeEach(() => {
  globalThis.localStorage = new Storage();
  forgetAims();
  forgetDrafts();
  world.value = emptyWorld(ANNA);
});

const of = (fields) => ({ seq: 7, text: "Hello", ...fields });

test("editing puts the text into the box, and the draft comes back after it", () => {
  draft(DIRECT).value = "half a thought";
  edit(DIRECT, of());
  assert.deepEqual([aim(DIRECT).value.kind, draft(DIRECT).value], ["edit", "Hello"]);
  edit(DIRECT, of({ seq: 8, text: "Another" }));
  drop(DIRECT);
  assert.deepEqual([aim(DIRECT).value.kind, draft(DIRECT).value], ["", "half a thought"]);
});

test("an edit is still one after a reload", () => {
  edit(DIRECT, of());
  assert.equal(JSON.parse(localStorage.getItem(`parley.aim.${DIRECT}`)).seq, 7);
  drop(DIRECT);
  assert.equal(localStorage.getItem(`parley.aim.${DIRECT}`), null);
});

test("answering keeps what is written, and is taken once", () => {
  draft(DIRECT).value = "yes";
  replyTo(DIRECT, 5);
  assert.deepEqual([aim(DIRECT).value.seq, draft(DIRECT).value], [5, "yes"]);
  assert.deepEqual([takeReply(DIRECT), takeReply(DIRECT)], [5, 0]);
});

test("answering while one edits gives the edit up, and an edit is no answer", () => {
  draft(DIRECT).value = "before";
  edit(DIRECT, of());
  assert.equal(takeReply(DIRECT), 0);
  replyTo(DIRECT, 5);
  assert.deepEqual([aim(DIRECT).value.kind, draft(DIRECT).value], ["reply", "before"]);
});

test("one's own words may be edited, and nothing else", () => {
  const own = {
    seq: 3,
    author: ANNA,
    deleted: false,
    forwarded: "",
    poll: null,
    voice: null,
  };
  assert.ok(isEditable(own));
  const others = [
    { seq: 0 },
    { author: BEN },
    { deleted: true },
    { forwarded: BEN },
    { poll: {} },
    { voice: {} },
  ];
  for (const one of others) assert.ok(!isEditable({ ...own, ...one }), JSON.stringify(one));
});

test("what one said last is edited, over what others said since", () => {
  const about = new About();
  about.hear(about.log.sent(BEN, "Later"));
  world.value = about.world;
  assert.ok(editLast(DIRECT));
  assert.deepEqual([aim(DIRECT).value.seq, draft(DIRECT).value], [about.target, "Hello"]);
});

test("where one has said nothing there is nothing to edit", () => {
  world.value = new About({}, BEN).world;
  assert.ok(!editLast(DIRECT));
  assert.equal(aim(DIRECT).value.kind, "");
});
