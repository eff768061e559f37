// A file as it is shown: what a page shows itself, what only by a picture of it, and what not at all.

import assert from "node:assert/strict";
import { test } from "node:test";
import { isViewable, mayTellPlace, shownFile, waitingFile } from "../../../pwa/state/files.js";

const info = (type, more = {}) => ({
  ...{ id: "f1", name: "a", type, size: 9, width: 4, height: 3, thumbnail: true },
  ...more,
});

test("a picture that browsers show is shown itself", () => {
  const { picture, film, large, preview } = shownFile(info("image/jpeg"));
  assert.deepEqual([picture, film], [true, false]);
  assert.deepEqual([large, preview], ["/api/files/f1", "/api/files/f1/thumbnail"]);
});

test("one that they cannot is shown by the picture of it", () => {
  const { picture, large, url } = shownFile(info("image/heic", { preview: true }));
  assert.deepEqual([picture, large, url], [true, "/api/files/f1/preview", "/api/files/f1"]);
});

test("a film is played, and how long it lasts is known", () => {
  const { picture, film, seconds } = shownFile(info("video/quicktime", { seconds: 12 }));
  assert.deepEqual([picture, film, seconds], [false, true, 12]);
});

test("a document has a small picture and is no picture", () => {
  const { picture, film, preview } = shownFile(info("application/pdf", { preview: true }));
  assert.deepEqual([picture, film, preview], [false, false, "/api/files/f1/thumbnail"]);
});

test("what could not be read is a file, whatever it is called", () => {
  const unread = { width: 0, height: 0, thumbnail: false };
  for (const type of ["image/jpeg", "image/heic", "video/mp4"]) {
    const { picture, film, preview } = shownFile(info(type, unread));
    assert.deepEqual([picture, film, preview], [false, false, ""]);
  }
});

test("the viewer shows what was sent and can be seen, and nothing else", () => {
  assert.equal(isViewable(shownFile(info("image/png"))), true);
  assert.equal(isViewable(shownFile(info("video/mp4"))), true);
  assert.equal(isViewable(shownFile(info("application/pdf"))), false);
  const blob = new Blob(["x"], { type: "image/png" });
  const waiting = waitingFile({ name: "a.png", blob, id: "" }, 0.5);
  assert.deepEqual([waiting.picture, waiting.progress, isViewable(waiting)], [true, 0.5, false]);
});

test("what waits says whether it was paused, until it is there", () => {
  const blob = new Blob(["x"]);
  assert.equal(waitingFile({ name: "a", blob, id: "", paused: 0 }, 0).paused, true);
  assert.equal(waitingFile({ name: "a", blob, id: "f1", paused: 0 }, 1).paused, false);
  assert.equal(waitingFile({ name: "a", blob, id: "" }, 0).paused, false);
});

test("the same info is the same object, so that nothing is drawn again for nothing", () => {
  const one = info("image/png");
  assert.equal(shownFile(one), shownFile(one));
});

test("of what the server cannot erase one is warned, and of nothing else", () => {
  const names = [
    "a.CR3",
    "film.mkv",
    "b.jpg",
    "c.dng",
    "d.gif",
    "e.webm",
    "f.tif",
    "raf",
    "notes.mkv.txt",
    "g.3g2",
  ];
  assert.deepEqual(
    names.filter((name) => mayTellPlace({ name })),
    ["a.CR3", "film.mkv"],
  );
});
