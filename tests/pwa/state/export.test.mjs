// Where one's conversations are fetched from.

import assert from "node:assert/strict";
import { test } from "node:test";
import { exportUrl } from "../../../pwa/state/export.js";

const asked = (given) => Object.fromEntries(new URL(exportUrl(given), "https://x").searchParams);

test("all of them without files, unless told otherwise, in this place's time and the page's language", () => {
  const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  assert.deepEqual(asked({ language: "de" }), { zone, language: "de" });
  assert.deepEqual(asked({ language: "en", files: true }), { zone, language: "en", files: "1" });
});

test("one of them by its id", () => {
  assert.equal(asked({ language: "en", conversation: "direct.a.b" }).conversation, "direct.a.b");
});
