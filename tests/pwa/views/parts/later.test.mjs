// Code that comes after the first screen's.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { disconnect } from "../../../../pwa/state/connection.js";
import { insist } from "../../../../pwa/views/parts/later.js";
import { online } from "../../online.mjs";
import { settled } from "../../state/call-house.mjs";

afterEach(disconnect);

test("what did not come without a network is asked for again when the connection changes, and once", async () => {
  const { server } = await online();
  let asked = 0;
  const load = async () => {
    asked += 1;
    if (asked === 1) throw new TypeError("Failed to fetch");
    return "module";
  };
  const coming = insist(load);
  await settled();
  assert.equal(asked, 1);
  server.drop();
  assert.equal(await coming, "module");
  server.drop();
  await settled();
  assert.equal(asked, 2);
});

test("what is there at once is asked for once", async () => {
  assert.equal(await insist(async () => 7), 7);
});
