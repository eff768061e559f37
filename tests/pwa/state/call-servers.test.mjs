// Logins to the host's servers: here when a call begins, replaced before they end, and never what a call waits for long.

import assert from "node:assert/strict";
import { test } from "node:test";
import { EARLY, PATIENCE, Servers } from "../../../pwa/state/call-servers.js";
import { settled, Time } from "./call-house.mjs";

const STUN = { urls: "stun:a.test" };
const HOUR = 3_600_000;

/** A server that gives logins for six hours; `answers` says otherwise. */
function hosts() {
  const time = new Time();
  const host = {
    time,
    asked: 0,
    replaced: 0,
    answers: /** @type {null | (() => Promise<object>)} */ (null),
  };
  const login = () => ({ urls: ["turn:b.test"], username: `login ${host.asked}`, credential: "x" });
  const servers = new Servers({
    ask: (name) => {
      assert.equal(name, "call.servers");
      host.asked += 1;
      if (host.answers) return host.answers();
      return Promise.resolve({ ice_servers: [login()], until: time.now + 6 * HOUR });
    },
    iceServers: () => [STUN],
    later: time.later,
    now: () => time.now,
  });
  const begin = () => {
    const state = { done: false };
    servers
      .begin(() => {
        host.replaced += 1;
      })
      .then(() => {
        state.done = true;
      });
    return state;
  };
  const names = () => servers.all().map(({ urls, username }) => username ?? urls);
  return { host, servers, begin, names };
}

test("a call begins with the servers that are known and a login", async () => {
  const { host, begin, names } = hosts();
  const call = begin();
  await settled();
  assert.deepEqual([call.done, names(), host.replaced], [true, ["stun:a.test", "login 1"], 0]);
});

test("a login is replaced before it ends, and again", async () => {
  const { host, begin, names } = hosts();
  begin();
  await settled();
  host.time.pass(6 * HOUR - EARLY - 1);
  await settled();
  assert.deepEqual(names(), ["stun:a.test", "login 1"]);
  host.time.pass(1);
  await settled();
  assert.deepEqual([names(), host.replaced], [["stun:a.test", "login 2"], 1]);
  host.time.pass(6 * HOUR);
  await settled();
  assert.deepEqual([names(), host.replaced], [["stun:a.test", "login 3"], 2]);
});

test("after the end nothing is asked, and what comes late is not kept", async () => {
  const { host, servers, begin, names } = hosts();
  begin();
  servers.end();
  await settled();
  assert.deepEqual(names(), ["stun:a.test"]);
  host.time.pass(24 * HOUR);
  assert.equal(host.asked, 1);
});

test("where the host has no such servers it is asked once a call", async () => {
  const { host, begin, names } = hosts();
  host.answers = async () => ({ ice_servers: [], until: 0 });
  begin();
  await settled();
  host.time.pass(24 * HOUR);
  assert.deepEqual([names(), host.asked], [["stun:a.test"], 1]);
});

test("a server that does not answer holds up no call", async () => {
  const { host, begin, names } = hosts();
  host.answers = () => new Promise(() => {});
  const call = begin();
  await settled();
  assert.equal(call.done, false);
  host.time.pass(PATIENCE);
  await settled();
  assert.deepEqual([call.done, names()], [true, ["stun:a.test"]]);
});

test("one that could not is asked again, and what there was is used meanwhile", async () => {
  const { host, begin, names } = hosts();
  begin();
  await settled();
  host.answers = () => Promise.reject(new Error("lost"));
  host.time.pass(6 * HOUR - EARLY);
  await settled();
  assert.deepEqual(names(), ["stun:a.test", "login 1"]);
  host.answers = null;
  host.time.pass(EARLY);
  await settled();
  assert.deepEqual([names(), host.replaced], [["stun:a.test", "login 3"], 1]);
});
