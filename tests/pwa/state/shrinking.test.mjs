// Photos made smaller: one at a time, each once, and the same photo where nothing is gained or the browser cannot.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { asSent, canShrink, shrink } from "../../../pwa/state/shrinking.js";
import { settle, TestClock } from "../clock.mjs";

/** A browser that packs every photo into a few bytes. */
const browser = { reading: 0, most: 0, read: 0, side: 3000, packed: "few" };
const drawn = [];

globalThis.createImageBitmap = async () => {
  browser.read += 1;
  browser.reading += 1;
  browser.most = Math.max(browser.most, browser.reading);
  await settle();
  browser.reading -= 1;
  return { width: browser.side, height: browser.side / 2, close: () => {} };
};
globalThis.OffscreenCanvas = class {
  constructor(width, height) {
    drawn.push([width, height]);
  }
  getContext() {
    return { drawImage: () => {} };
  }
  async convertToBlob({ type }) {
    return new Blob([browser.packed], { type });
  }
};

const photo = (name, type = "image/jpeg") => new File(["many more bytes"], name, { type });

beforeEach(() => {
  Object.assign(browser, { reading: 0, most: 0, read: 0, side: 3000, packed: "few" });
  drawn.length = 0;
});

test("a large photo is made smaller, and is named for what it is then", async () => {
  const jpeg = await shrink(photo("beach.jpeg"), "beach.jpeg");
  assert.deepEqual(
    [jpeg.name, await jpeg.blob.text(), drawn],
    ["beach.jpg", "few", [[2048, 1024]]],
  );
  const png = await shrink(photo("plan.png", "image/png"), "plan.png");
  assert.deepEqual([png.name, png.blob.type], ["plan.webp", "image/webp"]);
});

test("several are made one after another, and each once", async () => {
  const photos = [photo("a.jpg"), photo("b.jpg"), photo("c.jpg")];
  await Promise.all([...photos, ...photos].map((one) => shrink(one, one.name)));
  assert.deepEqual([browser.read, browser.most], [3, 1]);
});

test("a photo stays as it is where nothing is gained", async () => {
  browser.packed = "as many bytes as before";
  const one = photo("a.jpg");
  assert.equal((await shrink(one, "a.jpg")).blob, one);
  Object.assign(browser, { side: 800, packed: "few" });
  const small = photo("b.jpg");
  assert.deepEqual(await shrink(small, "b.jpg"), { blob: small, name: "b.jpg" });
});

test("what the browser cannot read goes as it is, and holds up no other", async () => {
  const { createImageBitmap } = globalThis;
  globalThis.createImageBitmap = () => Promise.reject(new Error("cannot be decoded"));
  const broken = photo("a.heic", "image/heic");
  const made = shrink(broken, "a.heic");
  assert.equal((await made).blob, broken);
  globalThis.createImageBitmap = createImageBitmap;
  assert.equal((await shrink(photo("b.jpg"), "b.jpg")).name, "b.jpg");
});

test("what the browser is never done with goes as it is after a while, and holds up no other for longer", async () => {
  const { createImageBitmap } = globalThis;
  globalThis.createImageBitmap = () => new Promise(() => {});
  const clock = new TestClock();
  const stuck = photo("a.jpg");
  const gone = [];
  shrink(stuck, "a.jpg", clock).then((made) => gone.push(made));
  await settle();
  globalThis.createImageBitmap = createImageBitmap;
  const next = shrink(photo("b.jpeg"), "b.jpeg", clock);
  await clock.pass(19_000);
  assert.deepEqual(gone, []);
  await clock.pass(1000);
  assert.deepEqual(gone, [{ blob: stuck, name: "a.jpg" }]);
  assert.equal((await next).name, "b.jpg");
});

test("what is sent is the smaller photo if it is made already, else one that is yet to be", async () => {
  const one = photo("beach.jpeg");
  assert.deepEqual(asSent(one, true), { blob: one, name: "beach.jpeg", large: true });
  assert.deepEqual(asSent(one, false), { blob: one, name: "beach.jpeg" });
  const made = await shrink(one, one.name);
  assert.deepEqual(asSent(one, true), made);
  assert.equal(asSent(one, false).blob, one);
  const note = new File(["words"], "a.txt", { type: "text/plain" });
  assert.deepEqual([asSent(note, true).large, canShrink(note)], [undefined, false]);
});
