// The page's one link: how it is, asking over it, and hearing what passes.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { Lost } from "../../../pwa/protocol/errors.js";
import { ask, connection, disconnect, hear, tellHearers } from "../../../pwa/state/connection.js";
import { online } from "../online.mjs";

afterEach(disconnect);

test("before anything is connected, asking says that there is no connection", async () => {
  assert.equal(connection.value.state, "offline");
  await assert.rejects(ask("sync.ping", {}), Lost);
});

test("how the link is shows as it changes, and when it tries again", async () => {
  const { server, clock } = await online();
  assert.deepEqual([connection.value.state, connection.value.via], ["online", "socket"]);
  server.drop();
  assert.deepEqual(
    [connection.value.state, connection.value.retry_at],
    ["offline", clock.now() + 500],
  );
});

test("what is asked is answered", async () => {
  await online();
  assert.deepEqual(await ask("mark.set", { marks: [] }), { marks: [] });
});

test("who no longer listens hears nothing more", () => {
  const heard = [];
  const stop = hear("call.alerted", ({ call }) => heard.push(call));
  tellHearers("call.alerted", { call: "c1" });
  stop();
  tellHearers("call.alerted", { call: "c2" });
  assert.deepEqual(heard, ["c1"]);
});
