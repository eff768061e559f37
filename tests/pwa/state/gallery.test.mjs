// The gallery: pages newest first, once each; opened again it is as the server has it now; a failure can be tried again.

import assert from "node:assert/strict";
import { test } from "node:test";
import { disconnect } from "../../../pwa/state/connection.js";
import { gallery, moreOfGallery, openGallery } from "../../../pwa/state/gallery.js";
import { settle } from "../clock.mjs";
import { DIRECT } from "../events.mjs";
import { online } from "../online.mjs";

const picture = {
  name: "a.jpg",
  type: "image/jpeg",
  size: 1,
  width: 4,
  height: 3,
  thumbnail: true,
};
const hung = (seq) => ({ seq, author: "anna", at: seq, file: { ...picture, id: `f${seq}` } });
const seqs = (kind = "media") => gallery(DIRECT, kind).value.files.map(({ seq }) => seq);

/** A conversation with so many pictures, two on a page. */
async function house(count) {
  const { server } = await online();
  server.count = count;
  server.answers["files.list"] = ({ before }) => {
    const last = Math.min(before ? before - 1 : server.count, server.count);
    const files = [last, last - 1].filter((seq) => seq > 0).map(hung);
    return { conversation: DIRECT, files, before: last > 2 ? last - 1 : 0 };
  };
  return server;
}

test("pages follow each other until there are no more", async () => {
  const server = await house(5);
  await openGallery(DIRECT, "media");
  assert.deepEqual([seqs(), gallery(DIRECT, "media").value.loaded], [[5, 4], true]);
  await moreOfGallery(DIRECT, "media");
  await moreOfGallery(DIRECT, "media");
  await moreOfGallery(DIRECT, "media");
  assert.deepEqual(seqs(), [5, 4, 3, 2, 1]);
  assert.equal(server.bodies("files.list").length, 3);
});

test("a page is not asked for twice at once", async () => {
  const server = await house(5);
  await openGallery(DIRECT, "media");
  await Promise.all([moreOfGallery(DIRECT, "media"), moreOfGallery(DIRECT, "media")]);
  assert.deepEqual([seqs(), server.bodies("files.list").length], [[5, 4, 3, 2], 2]);
});

test("opened again, what came since is in it and what was deleted is not", async () => {
  const server = await house(2);
  await openGallery(DIRECT, "media");
  server.count = 3;
  await openGallery(DIRECT, "media");
  assert.deepEqual(seqs(), [3, 2]);
});

test("pictures and other files are kept apart", async () => {
  const server = await house(2);
  await openGallery(DIRECT, "media");
  server.count = 4;
  await openGallery(DIRECT, "files");
  assert.deepEqual(
    [seqs("files"), seqs("media")],
    [
      [4, 3],
      [2, 1],
    ],
  );
  assert.deepEqual(
    server.bodies("files.list").map(({ kind }) => kind),
    ["media", "files"],
  );
});

test("without a connection it says so, and can be tried again", async () => {
  await house(2);
  disconnect();
  await openGallery(DIRECT, "media");
  const { failed, loading } = gallery(DIRECT, "media").value;
  assert.equal(loading, false);
  assert.notEqual(failed, "");
  await house(2);
  await openGallery(DIRECT, "media");
  await settle();
  assert.deepEqual([gallery(DIRECT, "media").value.failed, seqs()], ["", [2, 1]]);
});
