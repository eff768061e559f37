// Uploads by tus: whole in pieces, resumable at the byte the server has, cancelled when asked.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Lost, Refused } from "../../../pwa/protocol/errors.js";
import { upload } from "../../../pwa/state/uploads.js";

/** A tus server in memory. `cuts` says how many bytes of a piece arrive before the network fails. */
class Tus {
  bytes = Buffer.alloc(0);
  length = 0;
  requests = [];
  cuts = [];

  fetch = async (url, { method, headers, body, signal }) => {
    signal.throwIfAborted();
    this.requests.push(`${method} ${url}`);
    assert.equal(headers["Tus-Resumable"], "1.0.0");
    assert.equal(headers["X-Parley"], "1");
    if (method === "POST") return this.create(headers);
    if (method === "HEAD") return this.answer(200, { "Upload-Offset": `${this.bytes.length}` });
    assert.equal(headers["Upload-Offset"], `${this.bytes.length}`);
    const piece = Buffer.from(body);
    const cut = this.cuts.shift();
    this.bytes = Buffer.concat([this.bytes, piece.subarray(0, cut)]);
    if (cut !== undefined) throw new TypeError("network");
    return this.answer(204, { "Upload-Offset": `${this.bytes.length}` });
  };

  create(headers) {
    this.length = Number(headers["Upload-Length"]);
    this.metadata = headers["Upload-Metadata"];
    this.name = Buffer.from(headers["Upload-Metadata"].split(" ")[1], "base64").toString();
    return this.answer(201, { Location: "/api/files/f1" });
  }

  answer(status, headers) {
    return new Response(null, { status, headers });
  }
}

const film = (size) => new Blob([Uint8Array.from({ length: size }, (_, at) => at % 251)]);
const MIB = 1024 * 1024;

test("a file arrives whole, with its name, in pieces that grow on a quick line", async () => {
  const tus = new Tus();
  const fractions = [];
  const id = await upload(film(4 * MIB), "Grüße 🎬.mp4", {
    fetch: tus.fetch,
    now: () => 0,
    progress: (fraction) => fractions.push(fraction),
  });
  assert.deepEqual([id, tus.name, tus.bytes.length], ["f1", "Grüße 🎬.mp4", 4 * MIB]);
  assert.deepEqual(new Uint8Array(tus.bytes), new Uint8Array(await film(4 * MIB).arrayBuffer()));
  assert.deepEqual(fractions, [0, 0.25, 0.75, 1]);
});

test("on a slow line the pieces shrink", async () => {
  const tus = new Tus();
  let ms = 0;
  await upload(film(2 * MIB), "x", {
    fetch: tus.fetch,
    now: () => {
      ms += 5000;
      return ms;
    },
  });
  assert.equal(tus.requests.filter((one) => one.startsWith("PATCH")).length, 4);
});

test("an empty file needs no piece", async () => {
  const tus = new Tus();
  assert.equal(await upload(film(0), "empty", { fetch: tus.fetch }), "f1");
  assert.deepEqual(tus.requests, ["POST /api/files"]);
});

test("a cut upload goes on at the byte the server has", async () => {
  const tus = new Tus();
  tus.cuts = [1000];
  let location = "";
  const options = { fetch: tus.fetch, created: (there) => (location = there) };
  await assert.rejects(upload(film(5000), "x", options), Lost);
  await upload(film(5000), "x", { ...options, location });
  assert.deepEqual(new Uint8Array(tus.bytes), new Uint8Array(await film(5000).arrayBuffer()));
  assert.deepEqual(tus.requests, [
    "POST /api/files",
    "PATCH /api/files/f1",
    "HEAD /api/files/f1",
    "PATCH /api/files/f1",
  ]);
});

test("an upload the server has forgotten begins anew", async () => {
  const tus = new Tus();
  const fetch = (url, request) =>
    request.method === "HEAD"
      ? Promise.resolve(new Response(null, { status: 404 }))
      : tus.fetch(url, request);
  assert.equal(await upload(film(10), "x", { fetch, location: "/api/files/f0" }), "f1");
});

test("an upload is not begun anew because the server was busy for a moment", async () => {
  const tus = new Tus();
  const fetch = (url, request) =>
    request.method === "HEAD"
      ? Promise.resolve(new Response(null, { status: 503 }))
      : tus.fetch(url, request);
  await assert.rejects(upload(film(10), "x", { fetch, location: "/api/files/f0" }), Refused);
  assert.deepEqual(tus.requests, []);
});

test("a refusal comes with its sentence", async () => {
  const full = JSON.stringify({ code: "too-big", message: "The disk is full." });
  const fetch = async () => new Response(full, { status: 413 });
  await assert.rejects(upload(film(10), "x", { fetch }), (error) => {
    assert(error instanceof Refused);
    assert.deepEqual([error.code, error.message], ["too-big", "The disk is full."]);
    return true;
  });
});

/** A file from a disk; what is read of it from `broken` on says that it has changed, moved or gone. */
function onDisk(size, broken) {
  const blob = film(size);
  const { slice } = blob;
  blob.slice = (from = 0, to = size) => {
    const piece = slice.call(blob, from, to);
    if (to > broken) {
      piece.arrayBuffer = () => Promise.reject(new DOMException("", "NotReadableError"));
    }
    return piece;
  };
  return blob;
}

test("a file that cannot be read any more is refused in plain words, before the server is asked", async () => {
  const tus = new Tus();
  await assert.rejects(upload(onDisk(5000, 0), "x", { fetch: tus.fetch }), (error) => {
    assert.ok(error instanceof Refused);
    assert.equal(error.code, "unreadable");
    return true;
  });
  assert.deepEqual(tus.requests, []);
});

test("a file that goes half way is refused as well: the network is not to blame", async () => {
  const tus = new Tus();
  const blob = onDisk(3 * MIB, 2 * MIB);
  await assert.rejects(upload(blob, "x", { fetch: tus.fetch, now: () => 0 }), {
    code: "unreadable",
  });
  assert.equal(tus.bytes.length, MIB);
});

test("cancelled is neither lost nor refused", async () => {
  const tus = new Tus();
  const over = new AbortController();
  over.abort();
  await assert.rejects(upload(film(10), "x", { fetch: tus.fetch, signal: over.signal }), {
    name: "AbortError",
  });
});

test("a voice recording says that it is one, and nothing else does", async () => {
  const [spoken, other] = [new Tus(), new Tus()];
  await upload(film(10), "x", { fetch: spoken.fetch, voice: true });
  await upload(film(10), "x", { fetch: other.fetch, voice: false });
  assert.match(spoken.metadata, /^filename \S+,voice$/);
  assert.match(other.metadata, /^filename \S+$/);
});
