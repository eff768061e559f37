// "That's me": each claim is shown once, until it is settled.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { apply } from "../../../pwa/state/apply.js";
import { answerClaim, claims } from "../../../pwa/state/claims.js";
import { disconnect } from "../../../pwa/state/connection.js";
import { emptyWorld, world } from "../../../pwa/state/world.js";
import { ANNA } from "../events.mjs";
import { online } from "../online.mjs";

const asked = { claim: "q1", device_name: "Phone", code: "1234", expires_at: 9 };

afterEach(disconnect);

test("a claim asked twice is shown once, and goes when it is settled", () => {
  world.value = apply(apply(emptyWorld(ANNA), "claim.asked", asked), "claim.asked", asked);
  assert.deepEqual(claims.value, [asked]);
  world.value = apply(world.value, "claim.settled", { claim: "q1" });
  assert.deepEqual(claims.value, []);
});

test("yes and no are said to the server", async () => {
  const { server } = await online();
  await answerClaim("q1", true);
  await answerClaim("q2", false);
  const [yes, no] = server.bodies("claim.allow");
  assert.deepEqual([yes.claim, yes.allow, no.claim, no.allow], ["q1", true, "q2", false]);
});
