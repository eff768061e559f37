// Web Push as the server knows it.

import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { disconnect } from "../../../pwa/state/connection.js";
import { askPush, push, subscribe, tryPush, unsubscribe } from "../../../pwa/state/push.js";
import { online } from "../online.mjs";

let server;
let subscribed;
const standing = () => ({ key: "BA", subscribed, reached: "unknown" });

beforeEach(async () => {
  push.value = null;
  subscribed = false;
  ({ server } = await online());
  Object.assign(server.answers, {
    "push.state": standing,
    "push.subscribe": () => {
      subscribed = true;
      return standing();
    },
    "push.unsubscribe": () => {
      subscribed = false;
      return standing();
    },
    "push.test": () => ({ outcome: "sent" }),
  });
});
afterEach(disconnect);

test("nothing is known before the server was asked", async () => {
  assert.equal(push.value, null);
  await askPush();
  assert.deepEqual(push.value, standing());
});

test("a device subscribes with what its browser made, and no longer", async () => {
  const made = { endpoint: "https://push.example.org/x", expirationTime: null };
  await subscribe({ ...made, keys: { p256dh: "BAkey", auth: "secret" } });
  const [asked] = server.bodies("push.subscribe");
  assert.deepEqual(asked, { endpoint: made.endpoint, p256dh: "BAkey", auth: "secret" });
  assert.equal(push.value.subscribed, true);
  await unsubscribe();
  assert.equal(push.value.subscribed, false);
});

test("a test says what became of it, and that the subscription is gone if it is", async () => {
  subscribed = true;
  server.answers["push.test"] = () => {
    subscribed = false;
    return { outcome: "gone" };
  };
  assert.equal(await tryPush(), "gone");
  assert.equal(push.value.subscribed, false);
});
