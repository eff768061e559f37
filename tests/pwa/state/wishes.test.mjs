// What one asked for and is not answered yet: sent in the end, never more than is wanted, and also after a reload.

import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { threadIn } from "../../../pwa/protocol/address.js";
import { pack, unpack } from "../../../pwa/protocol/codec.js";
import { openCache } from "../../../pwa/state/cache.js";
import { disconnect } from "../../../pwa/state/connection.js";
import {
  forgetWishes,
  keepWishesOn,
  loadWishes,
  refusal,
  say,
  wish,
  wishes,
  wishesIn,
} from "../../../pwa/state/wishes.js";
import { settle } from "../clock.mjs";
import { DIRECT } from "../events.mjs";
import { online } from "../online.mjs";
import { Server } from "../server.mjs";

let caches = 0;
let cache;

beforeEach(async () => {
  wishes.value = [];
  refusal.value = "";
  caches += 1;
  cache = await openCache(`wishes-${caches}`);
  keepWishesOn(cache.wishes);
});
afterEach(disconnect);

const reaction = (emoji, on = true, target = 2) => ({
  name: "reaction.set",
  conversation: DIRECT,
  target,
  body: { emoji, on },
});
const vote = (...choices) => ({
  name: "poll.vote",
  conversation: DIRECT,
  target: 3,
  body: { choices },
});

/** As after a reload: a page with an empty memory, and the same disk. */
async function reloaded() {
  wishes.value = []; // the page before is gone, and sends nothing
  const page = await import(`../../../pwa/state/wishes.js?page=${caches}`);
  page.keepWishesOn(cache.wishes);
  await page.loadWishes();
  return page;
}

async function until(condition) {
  for (let turn = 0; turn < 200 && !(await condition()); turn++) await settle();
  assert(await condition());
}
const onDisk = async () => (await cache.wishes.all()).length;

/** A server that refuses everything, for as long as `said` is. */
function refusing(said) {
  const server = new Server();
  const take = server.take.bind(server);
  server.said = said;
  server.take = (frame) => {
    if (!server.said) return take(frame);
    for (const [ref] of unpack(frame)) server.ear?.heard(pack(ref, "error", server.said));
  };
  return server;
}

test("it is in sight at once, and nowhere when the server has it", async () => {
  const { server } = await online();
  const sent = wish(reaction("👍"));
  assert.equal(wishesIn(DIRECT).value.length, 1);
  await sent;
  assert.deepEqual(wishesIn(DIRECT).value, []);
  const [{ nonce, key, name, ...asked }] = server.bodies("reaction.set");
  assert.deepEqual(asked, { conversation: DIRECT, target: 2, emoji: "👍", on: true });
  assert.match(nonce, /^[\w-]{22}$/);
  assert.deepEqual([key, name], [undefined, undefined], "only what the command has");
  await until(async () => (await onDisk()) === 0);
});

test("what is asked in a thread is asked of its conversation", async () => {
  const { server } = await online();
  await wish({ ...vote(1), conversation: threadIn(DIRECT, 7) });
  assert.equal(server.bodies("poll.vote")[0].conversation, DIRECT);
});

test("who changes their mind meanwhile gets what they want last", async () => {
  const { server } = await online();
  const sent = wish(vote(0));
  wish(vote(1));
  wish(vote(2));
  await sent;
  assert.deepEqual(
    server.bodies("poll.vote").map(({ choices }) => choices),
    [[0], [2]],
  );
  assert.deepEqual(wishes.value, []);
});

test("after a reload it is in sight again, and is sent with its own nonce when there is a connection", async () => {
  wish(reaction("👍"));
  wish(vote(1));
  const [{ nonce }] = wishes.value;
  await until(async () => (await onDisk()) === 2);
  const after = await reloaded();
  assert.deepEqual(
    after.wishesIn(DIRECT).value.map(({ name }) => name),
    ["poll.vote", "reaction.set"],
  );
  const { server } = await online();
  await until(() => after.wishes.value.length === 0);
  assert.equal(server.bodies("reaction.set").at(-1).nonce, nonce);
  assert.equal(server.bodies("poll.vote").length, 1);
  await until(async () => (await onDisk()) === 0);
});

test("only the latest is kept of what can be wanted one way at a time", async () => {
  wish(reaction("👍"));
  wish(reaction("👍", false));
  wish(reaction("👍", true, 9));
  await until(async () => (await onDisk()) === 2);
  const kept = (await cache.wishes.all()).map(({ target, body }) => [target, body.on]);
  assert.deepEqual(kept, [
    [2, false],
    [9, true],
  ]);
});

test("a refusal takes it back and says why, for a moment; that it stands already is none", async () => {
  const said = { code: "too-many", message: "50 messages are pinned here." };
  const server = refusing(said);
  const { clock } = await online(server);
  await wish(vote(0));
  assert.deepEqual([wishes.value, refusal.value], [[], said.message]);
  await clock.pass(10_000);
  assert.equal(refusal.value, "");
  server.said = { code: "stands-already", message: "It is so." };
  await wish(vote(0));
  assert.deepEqual([wishes.value, refusal.value], [[], ""]);
});

for (const code of ["not-saved", "slow-down"]) {
  test(`"${code}" is not a no: it is asked again in a while`, async () => {
    const server = refusing({ code, message: "Later." });
    const { clock } = await online(server);
    const sent = wish(vote(0));
    await clock.pass(4000);
    assert.deepEqual([wishes.value.length, refusal.value], [1, ""]);
    server.said = null;
    await clock.pass(2000);
    await sent;
    assert.deepEqual([wishes.value, server.bodies("poll.vote").length], [[], 1]);
  });
}

test("where there is no storage it is sent all the same", async () => {
  keepWishesOn(null);
  const { server } = await online();
  await loadWishes();
  await wish(reaction("👍"));
  assert.equal(server.bodies("reaction.set").length, 1);
});

test("a look at the disk does not bring back what is answered, nor double what is here", async () => {
  await online();
  await wish(reaction("👍"));
  await loadWishes();
  disconnect();
  wish(reaction("🎉"));
  await loadWishes();
  assert.deepEqual(
    wishes.value.map(({ body }) => body.emoji),
    ["🎉"],
  );
});

test("with nobody here nothing is wanted", async () => {
  wish(reaction("👍"));
  forgetWishes();
  await until(async () => (await onDisk()) === 0);
  const { server } = await online();
  await settle();
  assert.deepEqual([wishes.value, server.bodies("reaction.set")], [[], []]);
});

test("a later sentence stays as long as it needs, whatever came before", async () => {
  const { clock } = await online();
  say("one");
  await clock.pass(4000);
  say("two");
  await clock.pass(4000);
  assert.equal(refusal.value, "two");
});
