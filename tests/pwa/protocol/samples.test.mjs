// What a released server has stored is read for ever: the same samples that Python reads (tests/protocol/samples).

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { unpack } from "../../../pwa/protocol/codec.js";
import { apply } from "../../../pwa/state/apply.js";
import { emptyWorld } from "../../../pwa/state/world.js";

const folder = new URL("../../protocol/samples/", import.meta.url);
const files = readdirSync(folder).filter((file) => file.endsWith(".msgpack"));

test("there are samples", () => assert(files.length > 15));

for (const file of files) {
  test(`a stored event is read and applied: ${file}`, (context) => {
    const warned = context.mock.method(console, "warn", () => {});
    const values = unpack(new Uint8Array(readFileSync(new URL(file, folder))));
    assert.equal(values.length, 1);
    const [ref, name, body] = values[0];
    assert.deepEqual([ref, `${name}.msgpack`], [0, file]);
    assert(apply(emptyWorld("pannaaaaaaaaaa"), name, body));
    const ofTheHouse = name.startsWith("invitation.");
    assert.equal(warned.mock.callCount(), ofTheHouse ? 1 : 0, "the page knows the event");
  });
}
