// Waiting ends with the time, or with a signal, whichever is first; where browsers cannot join two signals, too.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { within } from "../../../pwa/protocol/within.js";

const LONG_MS = 60_000;
const { any } = AbortSignal;

afterEach(() => {
  AbortSignal.any = any;
});

test("it ends when the other signal does, with its reason, on an old browser too", () => {
  delete AbortSignal.any;
  const other = new AbortController();
  const signal = within(LONG_MS, other.signal);
  assert.equal(signal.aborted, false);
  other.abort("given up");
  assert.deepEqual([signal.aborted, signal.reason], [true, "given up"]);
});

test("it is over from the start where the other one is", () => {
  assert.equal(within(LONG_MS, AbortSignal.abort("before")).reason, "before");
});

for (const other of [undefined, new AbortController().signal]) {
  test(`it ends in time ${other ? "beside another signal" : "alone"}`, async () => {
    const waiting = setTimeout(() => {}, LONG_MS); // a signal alone does not keep node awake
    const signal = within(1, other);
    if (!signal.aborted) await new Promise((done) => signal.addEventListener("abort", done));
    clearTimeout(waiting);
    assert.equal(signal.reason.name, "TimeoutError");
  });
}
