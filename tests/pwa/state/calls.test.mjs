// The page's one call, before and while somebody is signed in.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  accept,
  call,
  elsewhere,
  followCalls,
  hangUp,
  mute,
  startCall,
} from "../../../pwa/state/calls.js";
import { iceServers } from "../../../pwa/state/connection.js";
import { holdUpdates } from "../../../pwa/state/updates.js";
import { emptyWorld, world } from "../../../pwa/state/world.js";
import { settled } from "./call-house.mjs";

/** What the browser would give. */
function means() {
  const did = [];
  const engine = {
    open: async () => {},
    mute: (muted) => did.push(["mute", muted]),
    close: () => did.push(["close"]),
  };
  const memory = {
    read: () => ({ call: "" }),
    take: async () => true,
    note: () => {},
    drop: () => {},
  };
  const makeEngine = (options) => {
    did.push(["make", options.iceServers()]);
    return engine;
  };
  return { did, given: /** @type {any} */ ({ makeEngine, memory }) };
}

test("while nobody is signed in there is no call, and nothing to answer or end", async () => {
  await accept({ video: false });
  hangUp();
  assert.deepEqual([call.value, elsewhere.value], [null, null]);
});

test("a call that was wanted while the rest was still loading is made when it is there", async () => {
  startCall("direct.pa.pb", { video: false });
  assert.equal(call.value, null);
  world.value = emptyWorld("pa");
  const { given } = means();
  const until = new AbortController();
  followCalls(given, until.signal);
  assert.equal(call.value.phase, "outgoing");
  until.abort();
  assert.equal(call.value, null);
});

test("a call holds updates back and uses the servers that hello named, until it is given up", async () => {
  world.value = emptyWorld("pa");
  iceServers.value = [{ urls: "stun:example.test" }];
  const { did, given } = means();
  const until = new AbortController();
  followCalls(given, until.signal);
  startCall("direct.pa.pb", { video: false });
  assert.deepEqual(
    [call.value.phase, call.value.person, holdUpdates.value],
    ["outgoing", "pb", true],
  );
  mute(true);
  hangUp();
  await settled();
  assert.deepEqual([call.value, holdUpdates.value], [null, false]);
  assert.deepEqual(did, [["make", [{ urls: "stun:example.test" }]], ["mute", true], ["close"]]);
  until.abort();
});

test("whoever signs out leaves the call", async () => {
  const { did, given } = means();
  const until = new AbortController();
  followCalls(given, until.signal);
  startCall("direct.pa.pb", { video: false });
  until.abort();
  assert.equal(call.value, null);
  assert.deepEqual(did.at(-1), ["close"]);
});
