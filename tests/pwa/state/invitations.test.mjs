// Inviting: the standing invitation is read, a new one is made.

import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { Refused } from "../../../pwa/protocol/errors.js";
import { makeInvitation, standingInvitation } from "../../../pwa/state/invitations.js";

const { fetch } = globalThis;
const invitation = {
  code: "abc",
  links: ["https://parley.local/#invite=abc"],
  qr: "<svg/>",
  expires_at: 9,
};
let requests;
let answer;

beforeEach(() => {
  requests = [];
  answer = () => Response.json(invitation);
  globalThis.fetch = async (path, { method, body }) => {
    requests.push(`${method} ${path} ${body ?? ""}`.trim());
    return answer();
  };
});

afterEach(() => {
  globalThis.fetch = fetch;
});

test("reading the standing one changes nothing; a new one is asked for by kind", async () => {
  assert.deepEqual(await standingInvitation(), invitation);
  assert.deepEqual(await makeInvitation("one"), invitation);
  assert.deepEqual(requests, ["GET /api/invitations", 'POST /api/invitations {"kind":"one"}']);
});

test("who is not the host is told so", async () => {
  answer = () => Response.json({ code: "not-allowed", message: "Only the host." }, { status: 403 });
  await assert.rejects(
    standingInvitation(),
    (error) => error instanceof Refused && error.code === "not-allowed",
  );
});
