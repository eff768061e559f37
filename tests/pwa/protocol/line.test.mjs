// One line: it is up when greeted, given up when it is silent, and closed only once.

import assert from "node:assert/strict";
import { test } from "node:test";
import { pack } from "../../../pwa/protocol/codec.js";
import { Lost } from "../../../pwa/protocol/errors.js";
import { Line } from "../../../pwa/protocol/line.js";
import { TestClock } from "../clock.mjs";

function opened() {
  const clock = new TestClock();
  const told = [];
  const end = {};
  const line = new Line(
    (ear) => {
      end.ear = ear;
      return { send: () => {}, close: () => told.push("transport closed") };
    },
    clock,
    {
      hello: (_line, { epoch }) => told.push(`hello ${epoch}`),
      event: (name) => told.push(name),
      settled: () => told.push("settled"),
      closed: (_line, code) => told.push(`closed ${code}`),
    },
  );
  const hear = (...frames) => {
    for (const frame of frames) end.ear.heard(frame);
  };
  return { line, clock, told, hear, end };
}

const hello = pack(0, "hello", { epoch: "e1" });

test("a line nobody greets on is given up after eight seconds", async () => {
  const { clock, told } = opened();
  await clock.pass(7999);
  assert.deepEqual(told, []);
  await clock.pass(1);
  assert.deepEqual(told, ["transport closed", "closed 1006"]);
});

test("events before the greeting do not count as one", async () => {
  const { clock, told, hear } = opened();
  hear(pack(0, "typing.changed", {}));
  await clock.pass(8000);
  assert.equal(told.at(-1), "closed 1006");
});

test("it tells when nobody waits for an answer any more", async () => {
  const { line, told, hear } = opened();
  hear(hello);
  const both = [line.ask("a", {}), line.ask("b", {})];
  hear(pack(1, "ok", {}));
  assert.equal(line.isIdle, false);
  hear(pack(2, "ok", {}));
  await Promise.all(both);
  assert.deepEqual([line.isIdle, told.at(-1)], [true, "settled"]);
});

test("an answer nobody waits for is passed over", () => {
  const { told, hear } = opened();
  hear(hello, pack(99, "ok", {}));
  assert.deepEqual(told, ["hello e1", "settled", "settled"]);
});

test("it is closed once, and nothing is heard on it afterwards", async () => {
  const { line, told, hear, end } = opened();
  hear(hello);
  line.close();
  end.ear.closed(1006);
  hear(pack(0, "late", {}));
  assert.deepEqual(told.slice(2), ["transport closed", "closed 1000"]);
  await assert.rejects(line.ask("a", {}), Lost);
});
