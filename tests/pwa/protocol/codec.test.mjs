// The codec reads what msgpack's own suite prescribes, several values to a frame, and nothing that is no value of ours.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import { encode } from "@msgpack/msgpack";
import { pack, unpack } from "../../../pwa/protocol/codec.js";
import { BadFrame } from "../../../pwa/protocol/errors.js";

const suite = createRequire(import.meta.url)("msgpack-test-suite");

const bytes = (hex) => Uint8Array.from(hex.split("-"), (pair) => Number.parseInt(pair, 16));
const joined = (...parts) => Uint8Array.from(parts.flatMap((part) => [...part]));
/** A frame `[7, "x", {"v": …}]` around one packed value. */
const around = (packed) => joined([0x93, 7, 0xa1, 0x78, 0x81, 0xa1, 0x76], packed);

function expected(vector) {
  if ("binary" in vector) return vector.binary === "" ? new Uint8Array() : bytes(vector.binary);
  const kind = Object.keys(vector).find((name) => name !== "msgpack");
  return kind === "bignum" ? Number(vector.bignum) : vector[kind];
}

for (const [file, vectors] of Object.entries(suite)) {
  if (file.includes("timestamp") || file.includes("ext")) continue; // no frame of ours holds one
  test(`every packing of msgpack's suite is read: ${file}`, () => {
    for (const vector of vectors) {
      for (const hex of vector.msgpack) {
        const [[ref, name, body]] = unpack(around(bytes(hex)));
        assert.deepEqual([ref, name], [7, "x"]);
        assert.deepEqual(body.v, expected(vector), hex);
      }
    }
  });
}

test("what is packed is read again", () => {
  const body = { text: "grüß dich 👋", files: [], at: 2 ** 53 - 1, frame: new Uint8Array([1, 2]) };
  assert.deepEqual(unpack(pack(3, "message.send", body)), [[3, "message.send", body]]);
});

test("a frame holds several values, in order", () => {
  const frame = joined(pack(0, "a", {}), pack(0, "b", {}), pack(9, "ok", {}));
  assert.deepEqual(
    unpack(frame).map(([ref, name]) => [ref, name]),
    [
      [0, "a"],
      [0, "b"],
      [9, "ok"],
    ],
  );
});

test("a field that is not given is not sent", () => {
  assert.deepEqual(unpack(pack(1, "profile.change", { about: "x", avatar: undefined })), [
    [1, "profile.change", { about: "x" }],
  ]);
});

test("half an emoji is packed as what any reader can read, wherever in the body it stands", () => {
  const strict = new TextDecoder("utf-8", { fatal: true });
  const half = "👋".slice(0, 1);
  const body = {
    text: `a${half}`,
    files: [],
    poll: { options: [`${half}b`, "👋"] },
    levels: new Uint8Array([1]),
  };
  const [[, , read]] = unpack(pack(1, "message.send", body));
  const options = ["\ufffdb", "👋"];
  assert.deepEqual(read, {
    text: "a\ufffd",
    files: [],
    poll: { options },
    levels: new Uint8Array([1]),
  });
  const packed = pack(1, "a", { text: half });
  assert.equal(strict.decode(packed.subarray(-3)), "\ufffd");
});

const wrong = {
  "half a value": pack(1, "a", {}).subarray(0, 3),
  "bytes after the last value": joined(pack(1, "a", {}), [0xc1]),
  "a number alone": encode(5),
  "two of three parts": encode([1, "a"]),
  "a list for a body": encode([1, "a", []]),
  "nothing for a body": encode([1, "a", null]),
  "a negative ref": encode([-1, "a", {}]),
  "a name that is no text": encode([1, 2, {}]),
  "a __proto__ key": around(joined([0x81, 0xa9], new TextEncoder().encode("__proto__"), [0x80])),
};
for (const [what, frame] of Object.entries(wrong)) {
  test(`not a frame of ours: ${what}`, () => assert.throws(() => unpack(frame), BadFrame));
}

test("an empty frame holds nothing: it is the twin's sign of life", () => {
  assert.deepEqual(unpack(new Uint8Array()), []);
});
