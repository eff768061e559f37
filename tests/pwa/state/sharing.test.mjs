// What was shared is taken once, with its names and kinds; half of it is better than an error.

import assert from "node:assert/strict";
import { test } from "node:test";
import { takeShared } from "../../../pwa/state/sharing.js";

/** A browser's caches, with what the service worker left in them. */
function storage(entries) {
  const caches = new Map(entries ? [["shared", new Map(Object.entries(entries))]] : []);
  return {
    open: async (name) => {
      if (!caches.has(name)) caches.set(name, new Map());
      return { match: async (path) => caches.get(name).get(path) };
    },
    delete: async (name) => caches.delete(name),
  };
}

const words = (text, ...files) => Response.json({ text, files });

test("words and files are taken, and asked for only once", async () => {
  const kept = storage({
    "/share": words(
      "look",
      { name: "a.png", type: "image/png" },
      { name: "b.pdf", type: "application/pdf" },
    ),
    "/share/0": new Response("one"),
    "/share/1": new Response("two"),
  });
  const { text, files } = await takeShared(kept);
  assert.equal(text, "look");
  assert.deepEqual(
    files.map(({ name, type }) => [name, type]),
    [
      ["a.png", "image/png"],
      ["b.pdf", "application/pdf"],
    ],
  );
  assert.equal(await files[1].text(), "two");
  assert.equal(await takeShared(kept), null);
});

test("a file that was cleared meanwhile is left out", async () => {
  const kept = storage({ "/share": words("", { name: "a.png", type: "image/png" }) });
  assert.deepEqual(await takeShared(kept), { text: "", files: [] });
});

test("where nothing was shared, or pages have no storage, there is nothing", async () => {
  assert.equal(await takeShared(storage()), null);
  assert.equal(await takeShared(undefined), null);
});
