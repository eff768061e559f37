// HTTPS: what every request carries, what answers and refusals become, and the twin's POST.

import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { Lost, Refused } from "../../../pwa/protocol/errors.js";
import { postFrames, request } from "../../../pwa/protocol/rest.js";

const { fetch } = globalThis;
let asked;
let answer;

beforeEach(() => {
  asked = [];
  globalThis.fetch = async (path, options) => {
    asked.push({ path, ...options });
    return answer();
  };
});

afterEach(() => {
  globalThis.fetch = fetch;
});

test("a change carries our header, JSON and the cookie", async () => {
  answer = () => Response.json({ code: "abc" }, { status: 201 });
  const said = await request("POST", "/api/invitations", { kind: "one" });
  assert.deepEqual(said, { status: 201, body: { code: "abc" } });
  const [{ headers, body, credentials }] = asked;
  assert.deepEqual(headers, { "X-Parley": "1", "Content-Type": "application/json" });
  assert.deepEqual([body, credentials], ['{"kind":"one"}', "same-origin"]);
});

test("an answer with nothing in it is no error", async () => {
  answer = () => new Response(null, { status: 204 });
  assert.deepEqual(await request("DELETE", "/api/session"), { status: 204, body: {} });
});

test("a refusal becomes a Refused, even one that is not ours", async () => {
  answer = () => Response.json({ code: "slow-down", message: "Wait." }, { status: 429 });
  await assert.rejects(
    request("GET", "/x"),
    (error) => error instanceof Refused && error.message === "Wait.",
  );
  answer = () => new Response("<h1>Bad Gateway</h1>", { status: 502 });
  await assert.rejects(
    request("GET", "/x"),
    (error) => error instanceof Refused && error.code === "internal",
  );
});

test("no network is Lost", async () => {
  answer = () => Promise.reject(new TypeError("network"));
  await assert.rejects(request("GET", "/x"), Lost);
});

const round = (more) => ({
  connection: "",
  answer: 0,
  body: new Uint8Array(),
  signal: new AbortController().signal,
  ...more,
});

test("the twin's first POST names nothing, the next its connection and the last answer", async () => {
  const headers = { "X-Parley-Connection": "c/1", "X-Parley-Answer": "3" };
  answer = () => new Response(new Uint8Array([7]), { headers });
  const first = await postFrames(round());
  assert.deepEqual(first, { status: 200, connection: "c/1", answer: 3, body: new Uint8Array([7]) });
  await postFrames(round({ connection: "c/1", answer: 3, body: new Uint8Array([1]) }));
  assert.deepEqual(
    asked.map(({ path }) => path),
    ["/api/frames", "/api/frames?connection=c%2F1&answer=3"],
  );
  assert.equal(asked[1].headers["Content-Type"], "application/msgpack");
});
