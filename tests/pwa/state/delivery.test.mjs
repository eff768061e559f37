// What a failure means: try again later, or say why not and let the next one pass.

import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { Lost, NOT_NOW, Refused } from "../../../pwa/protocol/errors.js";
import { Cancelled, refusalOf } from "../../../pwa/state/delivery.js";
import { pending } from "../../../pwa/state/outbox.js";
import { upload } from "../../../pwa/state/uploads.js";
import { outboxWith } from "../outboxes.mjs";

let told;

beforeEach(() => {
  pending.value = [];
  told = mock.method(console, "error", () => {});
});
afterEach(() => mock.restoreAll());

test("a lost line, an upload that was given up and a server that is busy are no refusals", () => {
  const busy = [...NOT_NOW, "too-many", "in-use"].map((code) => new Refused({ code }));
  for (const error of [new Lost(), new Cancelled(), ...busy])
    assert.equal(refusalOf(error), null, error.message);
});

test("a refusal is itself", () => {
  const refused = new Refused({ code: "not-allowed", message: "No." });
  assert.equal(refusalOf(refused), refused);
});

test("what nobody has foreseen is a refusal, and is told to whoever looks for it", () => {
  for (const error of [new TypeError("x"), new DOMException("x", "AbortError"), undefined])
    assert.equal(refusalOf(error)?.code, "internal");
  assert.equal(told.mock.callCount(), 3);
});

const file = (name) => new File(["bytes"], name);
const states = () => pending.value.map(({ state }) => state);

function made(parts) {
  const server = { texts: [] };
  const deliver = async ({ conversation, text }) => {
    server.texts.push(text);
    return { conversation, seq: server.texts.length, at: 0 };
  };
  return { server, ...outboxWith({ deliver, ...parts }) };
}

for (const [what, fail] of [
  ["an error of the browser", () => new TypeError("x")],
  ["an abort that nobody here asked for", () => new DOMException("x", "AbortError")],
]) {
  test(`${what} is a failure, and no reason to try for ever`, async () => {
    let tries = 0;
    const upload = async () => {
      tries += 1;
      if (tries > 1) return new Promise(() => {}); // else this test would never end
      throw fail();
    };
    const { server, clock, outbox } = made({ upload });
    outbox.open();
    await outbox.add("a", "look", [file("x.png")]);
    await outbox.add("a", "next", []);
    await clock.pass(60_000);
    assert.deepEqual([states(), tries], [["failed"], 1]);
    assert.notEqual(pending.value[0].error, "");
    assert.deepEqual(server.texts, ["next"]);
  });
}

test("a file that can no longer be read fails with its words, and lets the next one pass", async () => {
  const gone = file("report.odt");
  gone.slice = () => ({
    arrayBuffer: () => Promise.reject(new DOMException("", "NotReadableError")),
  });
  const { server, clock, outbox } = made({ upload });
  outbox.open();
  await outbox.add("a", "look", [gone]);
  await outbox.add("a", "next", []);
  await clock.pass(60_000);
  assert.deepEqual([states(), server.texts], [["failed"], ["next"]]);
  assert.deepEqual([pending.value[0].error, pending.value[0].text], ["unreadable", "look"]);
});
