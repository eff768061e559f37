// Coming into a call of a room: what waits for the tab's lock, and what does not.

import assert from "node:assert/strict";
import { test } from "node:test";
import { comeIn, keep } from "../../../pwa/state/gathering-coming.js";
import { settled } from "./call-house.mjs";

/** A page that comes in, which notes what it did; `lock` says whether the tab may have the call. */
function make({ alone = true, granted = true, handed = null } = {}) {
  const did = [];
  let [lock, opened] = [(_) => {}, () => {}];
  const page = { did, wanted: true, lock: (had) => lock(had), opened: () => opened() };
  page.came = comeIn({
    engine: /** @type {any} */ ({
      open: () => {
        did.push("open");
        return new Promise((resolve) => {
          opened = () => resolve(undefined);
        });
      },
      allowed: () => (granted === null ? Promise.resolve(true) : granted),
    }),
    memory: /** @type {any} */ ({
      take: () =>
        new Promise((resolve) => {
          lock = resolve;
        }),
      note: (part) => did.push(part),
    }),
    call: "c1",
    wanted: { video: true, muted: true, handed },
    alone,
    wants: () => page.wanted,
    silent: () => did.push("silent"),
    enter: () => did.push("enter"),
  });
  return page;
}

/** One that looked before, and notes what is stopped of it. */
function makeHanded() {
  const piece = (name) => ({
    track: { stop: () => page.did.push(`${name} stops`) },
    problem: null,
  });
  const handed = { microphone: piece("microphone"), camera: piece("camera") };
  const page = make({ alone: false, handed: /** @type {any} */ (handed) });
  return page;
}

const LET_GO = ["microphone stops", "camera stops"];
const NOTED = { video: true, muted: true };

test("who is alone in their browser comes with the press, and takes the lock beside it", async () => {
  const page = make();
  assert.deepEqual(page.did, ["silent", "open", "enter"]);
  page.lock(true);
  assert.equal(await page.came, true);
  assert.deepEqual(page.did.at(-1), NOTED);
});

test("where another tab may be in it nothing is opened or said before the lock is had", async () => {
  const page = make({ alone: false });
  await settled();
  assert.deepEqual(page.did, []);
  page.lock(true);
  assert.equal(await page.came, true);
  assert.deepEqual(page.did, [NOTED, "silent", "open", "enter"]);
});

test("where another tab is in it nothing is opened or said at all", async () => {
  const page = make({ alone: false });
  page.lock(false);
  assert.equal(await page.came, false);
  assert.deepEqual(page.did, []);
});

test("who was alone by the log only, and is not, is told so", async () => {
  const page = make();
  page.lock(false);
  assert.equal(await page.came, false);
  assert.deepEqual(page.did, ["silent", "open", "enter"]);
});

test("where it is not known one comes once there is the lock, and the browser has said that nobody is asked", async () => {
  const page = make({ granted: null });
  await settled();
  assert.deepEqual(page.did, []);
  page.lock(true);
  await page.came;
  assert.deepEqual(page.did, [NOTED, "silent", "open", "enter"]);
});

test("who is asked for the camera comes when they have answered, if they still want to", async () => {
  const [page, gone] = [make({ granted: false }), make({ granted: false })];
  for (const one of [page, gone]) one.lock(true);
  await settled();
  assert.deepEqual(page.did, [NOTED, "silent", "open"]);
  gone.wanted = false;
  for (const one of [page, gone]) one.opened();
  await settled();
  assert.deepEqual([page.did.at(-1), gone.did.at(-1)], ["enter", "open"]);
});

test("nobody is asked for a call that another tab is in", async () => {
  const page = make({ granted: false });
  page.lock(false);
  assert.equal(await page.came, false);
  assert.deepEqual(page.did, []);
});

test("what was opened before asks nobody, and is not silent", () => {
  const page = make({ granted: false, handed: /** @type {any} */ ({}) });
  assert.deepEqual(page.did, ["open", "enter"]);
});

test("what was opened before a call that another tab is in, or that one left meanwhile, is let go of", async () => {
  const [there, gone] = [makeHanded(), makeHanded()];
  gone.wanted = false;
  there.lock(false);
  gone.lock(true);
  assert.deepEqual([await there.came, await gone.came], [false, true]);
  assert.deepEqual([there.did, gone.did], [LET_GO, LET_GO]);
});

test("what another tab keeps is not noted", async () => {
  const noted = [];
  const memory = (had) =>
    /** @type {any} */ ({ take: async () => had, note: (part) => noted.push(part) });
  assert.equal(await keep(memory(false), "c1", NOTED), false);
  assert.equal(await keep(memory(true), "c1", NOTED), true);
  assert.deepEqual(noted, [NOTED]);
});
