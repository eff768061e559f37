// Single messages: from the window where they are loaded, else asked for, many at once.

import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { effect } from "@preact/signals-core";
import { pack } from "../../../pwa/protocol/codec.js";
import { disconnect, tellHearers } from "../../../pwa/state/connection.js";
import { messageAt } from "../../../pwa/state/fetched.js";
import { emptyWorld, world } from "../../../pwa/state/world.js";
import { About } from "../about.mjs";
import { settle } from "../clock.mjs";
import { ANNA, DIRECT, Log } from "../events.mjs";
import { online } from "../online.mjs";
import { Server } from "../server.mjs";

beforeEach(() => {
  world.value = emptyWorld(ANNA);
});
afterEach(disconnect);

/** A server that has the messages of these seqs, and what the page asked it. */
async function serving(...seqs) {
  const server = new Server();
  const { body } = new Log().sent(ANNA, "Hello");
  server.answers["message.get"] = (asked) => ({
    frames: asked.seqs
      .filter((seq) => seqs.includes(seq))
      .map((seq) => pack(0, "message.sent", { ...body, seq })),
    about: [],
  });
  await online(server);
  return server;
}
/** The last value of each, as somebody who looks sees it. */
function looking(...seqs) {
  const seen = {};
  const stops = seqs.map((seq) =>
    effect(() => {
      seen[seq] = messageAt(DIRECT, seq).value;
    }),
  );
  return { seen, stop: () => stops.map((stop) => stop()) };
}

test("what is loaded is not asked for", async () => {
  const about = new About();
  world.value = about.world;
  const server = await serving();
  assert.equal(messageAt(DIRECT, about.target).value.text, "Hello");
  await settle();
  assert.deepEqual(server.bodies("message.get"), []);
});

test("the rest is asked for at once, and what is not there is null", async () => {
  const server = await serving(31, 32);
  const { seen, stop } = looking(31, 32, 33);
  assert.equal(seen[31], undefined);
  await settle();
  assert.deepEqual([seen[31].seq, seen[32].text, seen[33]], [31, "Hello", null]);
  assert.deepEqual(
    server.bodies("message.get").map(({ seqs }) => seqs),
    [[31, 32, 33]],
  );
  stop();
});

test("what is said otherwise is asked for again", async () => {
  const server = await serving(41);
  const { seen, stop } = looking(41);
  await settle();
  tellHearers("message.edited", { conversation: DIRECT, target: 41 });
  await settle();
  assert.equal(server.bodies("message.get").length, 2);
  assert.equal(seen[41].text, "Hello");
  stop();
});

test("without a connection it is asked for with the next one", async () => {
  const { seen, stop } = looking(51);
  await settle();
  assert.equal(seen[51], undefined);
  await serving(51);
  await settle();
  assert.equal(seen[51].seq, 51);
  stop();
});
