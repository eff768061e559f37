// Asked until there is an answer, and no longer than it is wanted.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Lost, Refused } from "../../../pwa/protocol/errors.js";
import { Errands } from "../../../pwa/state/call-errand.js";
import { settled, Time } from "./call-house.mjs";

/** A server that loses the first so many answers. @param {number} losses */
function server(losses) {
  const time = new Time();
  const asked = [];
  const errands = new Errands({
    later: time.later,
    ask: async (name, body) => {
      asked.push([name, body.nonce]);
      if (asked.length <= losses) throw new Lost();
      const code = body.refused?.shift();
      if (code) throw new Refused({ code });
      return {};
    },
  });
  return { asked, errands, time };
}

const always = () => true;

test("what is answered is asked once", async () => {
  const { asked, errands } = server(0);
  assert.equal(await errands.run("call.ring", { nonce: "n" }, always), true);
  assert.deepEqual(asked, [["call.ring", "n"]]);
});

test("what is lost is asked again with the same nonce, once the line is back", async () => {
  const { asked, errands } = server(1);
  const done = errands.run("call.ring", { nonce: "n" }, always);
  await settled();
  assert.equal(asked.length, 1);
  errands.line(true);
  assert.equal(await done, true);
  assert.deepEqual(asked, [
    ["call.ring", "n"],
    ["call.ring", "n"],
  ]);
});

test("an answer lost while the line stands is asked for again after a moment", async () => {
  const { asked, errands, time } = server(1);
  errands.line(true);
  const done = errands.run("call.ring", { nonce: "n" }, always);
  await settled();
  assert.equal(asked.length, 1);
  time.pass(1000);
  assert.equal(await done, true);
});

test("what is no longer wanted is not asked again", async () => {
  const { asked, errands } = server(1);
  let wanted = true;
  const done = errands.run("call.ring", { nonce: "n" }, () => wanted);
  await settled();
  wanted = false;
  errands.line(true);
  assert.equal(await done, false);
  assert.equal(asked.length, 1);
});

test("a refusal ends it", async () => {
  const { asked, errands } = server(0);
  await assert.rejects(
    errands.run("call.end", { nonce: "n", refused: ["call-over"] }, always),
    Refused,
  );
  assert.equal(asked.length, 1);
});

test("a server that cannot write just now is asked again by who is patient", async () => {
  const { asked, errands, time } = server(0);
  errands.line(true);
  const done = errands.run("call.end", { nonce: "n", refused: ["not-saved"] }, always, true);
  await settled();
  time.pass(1000);
  assert.equal(await done, true);
  assert.equal(asked.length, 2);
});

test("who is not patient is told so at once", async () => {
  const { asked, errands } = server(0);
  await assert.rejects(errands.run("call.ring", { nonce: "n", refused: ["not-saved"] }, always));
  assert.equal(asked.length, 1);
});
