// Who this device is: joining, "That's me", and being signed out.

import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { wallClock } from "../../../pwa/protocol/clock.js";
import { Lost, Refused } from "../../../pwa/protocol/errors.js";
import {
  cancelClaim,
  checkSession,
  claim,
  claimByCode,
  claimName,
  join,
  me,
  session,
  signedOut,
  signOut,
} from "../../../pwa/state/session.js";
import { world } from "../../../pwa/state/world.js";
import { settle, TestClock } from "../clock.mjs";
import { ANNA } from "../events.mjs";

const ANNAS = { id: ANNA, name: "Anna", about: "", avatar: "", host: true, removed: false };
const WELCOME = { person: ANNAS, device: "d1" };
const CLAIM = { claim: "q1", code: "4821", secret: "s", expires_at: 9 };

let clock;
let requests;
let answers;
const { fetch } = globalThis;

beforeEach(() => {
  clock = new TestClock();
  Object.assign(wallClock, { now: clock.now, later: clock.later });
  requests = [];
  answers = [];
  globalThis.fetch = async (path, { method, body, headers }) => {
    requests.push([method, path, body ? JSON.parse(body) : null, headers["X-Parley"]]);
    const [status, said] = answers.shift() ?? assert.fail(`no answer to ${method} ${path}`);
    if (status === 0) throw new TypeError("network");
    return new Response(status === 204 ? null : JSON.stringify(said), { status });
  };
  signedOut("");
});

afterEach(() => {
  cancelClaim();
  globalThis.fetch = fetch;
});

test("joining makes one a person of the house", async () => {
  answers = [[201, WELCOME]];
  await join({ username: "Anna", invite: "abc" });
  assert.deepEqual(requests, [["POST", "/api/session", { username: "Anna", invite: "abc" }, "1"]]);
  assert.deepEqual(
    [session.value.state, session.value.host, me.value.name],
    ["signed-in", true, "Anna"],
  );
  assert.equal(world.value.me, ANNA);
});

test("a refusal to join says why, and changes nothing", async () => {
  answers = [[409, { code: "name-taken", message: "Taken.", field: "username" }]];
  await assert.rejects(join({ username: "Anna" }), (error) => {
    assert(error instanceof Refused);
    assert.deepEqual([error.code, error.field], ["name-taken", "username"]);
    return true;
  });
  assert.equal(session.value.state, "signed-out");
});

test("a browser that is nobody yet learns whether it needs an invitation", async () => {
  answers = [[200, { open: true }]];
  await checkSession();
  assert.deepEqual(
    [session.value.state, session.value.open, session.value.reason],
    ["signed-out", true, ""],
  );
});

test("a device that was signed out from elsewhere says so", async () => {
  answers = [
    [201, WELCOME],
    [200, { open: false }],
  ];
  await join({ username: "Anna" });
  await checkSession();
  assert.deepEqual([session.value.state, session.value.reason], ["signed-out", "signed-out"]);
  assert.deepEqual(world.value.people, {});
});

test("without an answer one stays who one was", async () => {
  answers = [
    [201, WELCOME],
    [0, null],
  ];
  await join({ username: "Anna" });
  await assert.rejects(checkSession(), Lost);
  assert.equal(session.value.state, "signed-in");
});

test("signing out is asked of the server first", async () => {
  answers = [
    [201, WELCOME],
    [0, null],
    [204, null],
  ];
  await join({ username: "Anna" });
  await assert.rejects(signOut(), Lost);
  assert.equal(session.value.state, "signed-in");
  await signOut();
  assert.equal(session.value.state, "signed-out");
});

test('"That\'s me" shows its code and waits until another device says yes', async () => {
  answers = [
    [202, CLAIM],
    [202, {}],
    [0, null],
    [201, WELCOME],
  ];
  await claimName("Anna");
  assert.deepEqual([claim.value.state, claim.value.code], ["waiting", "4821"]);
  await clock.pass(4000);
  assert.equal(session.value.state, "signed-out");
  await clock.pass(2000);
  assert.deepEqual([session.value.state, claim.value], ["signed-in", null]);
  assert.deepEqual(requests[1][2], { claim: "q1", secret: "s" });
});

for (const [code, state] of [
  ["not-allowed", "refused"],
  ["expired", "expired"],
]) {
  test(`a claim that is answered "${code}" is ${state}, and asked about no more`, async () => {
    answers = [
      [202, CLAIM],
      [code === "expired" ? 410 : 403, { code, message: "No." }],
    ];
    await claimName("Anna");
    await clock.pass(60_000);
    assert.deepEqual([claim.value.state, requests.length], [state, 2]);
  });
}

test("a claim one gives up is asked about no more", async () => {
  answers = [[202, CLAIM]];
  await claimName("Anna");
  cancelClaim();
  await clock.pass(60_000);
  await settle();
  assert.deepEqual([claim.value, requests.length], [null, 1]);
});

test("a code of another device leads to waiting as whom it belongs to, and then in", async () => {
  answers.push([202, { ...CLAIM, username: "Anna" }], [202, { waiting: true }], [201, WELCOME]);
  await claimByCode({ typed: "ABCD EFGH" });
  assert.deepEqual(requests[0][2], { typed: "ABCD EFGH" });
  assert.deepEqual(
    [claim.value.by, claim.value.username, claim.value.code],
    ["code", "Anna", "4821"],
  );
  await clock.pass(4000);
  assert.equal(session.value.state, "signed-in");
});

test("a wrong code says so, and nobody waits", async () => {
  answers.push([404, { code: "not-found", message: "That code is not right." }]);
  await assert.rejects(claimByCode({ typed: "ABCDEFGH" }), Refused);
  assert.equal(claim.value, null);
});
