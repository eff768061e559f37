import assert from "node:assert/strict";
import { test } from "node:test";
import { fileSize } from "../../../../pwa/views/parts/size.js";

test("sizes are said as people read them", () => {
  assert.equal(fileSize(0), "0 B");
  assert.equal(fileSize(999), "999 B");
  assert.equal(fileSize(1000), "1 kB");
  assert.equal(fileSize(3_400_000), "3.4 MB");
  assert.equal(fileSize(84_000_000), "84 MB");
  assert.equal(fileSize(1_000_000_000), "1 GB");
});

test("no file is too large to be said", () => {
  assert.equal(fileSize(5e15), "5,000 TB");
});
