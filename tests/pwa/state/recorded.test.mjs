// A recording as a message carries it, from the pieces it was kept in or whole.

import assert from "node:assert/strict";
import { test } from "node:test";
import { fileOf, noteOf, voiceOf } from "../../../pwa/state/recorded.js";

const BEGUN = Date.UTC(2026, 10, 26, 9, 5);
const KINDS = {
  "audio/mp4;codecs=mp4a.40.2": "m4a",
  "audio/webm;codecs=opus": "webm",
  "audio/ogg": "ogg",
  "audio/x-other": "audio",
};

for (const [type, ending] of Object.entries(KINDS)) {
  test(`what is ${type} is a file that ends with .${ending}`, () => {
    const file = fileOf(new Blob(["x"], { type }), BEGUN);
    assert.deepEqual([file.name, file.type], [`voice-202611260905.${ending}`, type.split(";")[0]]);
  });
}

test("its length is whole milliseconds, and how loud it is fits into bytes", () => {
  assert.deepEqual(voiceOf(1234.5, [0, 0.5, 1]), {
    milliseconds: 1235,
    levels: Uint8Array.of(0, 128, 255),
  });
});

const row = (at, text, ms, levels) => {
  const blob = new Blob([text], { type: "audio/webm" });
  return { id: "r", at, conversation: "a", begun: BEGUN, blob, ms, levels };
};

test("pieces are one sound, as long as the last says and as loud as each", async () => {
  const { id, begun, file, voice } = await noteOf([row(0, "a", 1000, [1]), row(1, "b", 1900, [0])]);
  assert.deepEqual(
    [id, begun, await file.text(), voice.milliseconds, [...voice.levels]],
    ["r", BEGUN, "ab", 1900, [255, 0]],
  );
});

test("whole, it is as it was kept", async () => {
  const voice = { milliseconds: 5000, levels: Uint8Array.of(7) };
  const note = await noteOf([{ ...row(0, "all", 5000, []), voice }]);
  assert.deepEqual([await note.file.text(), note.voice], ["all", voice]);
});
