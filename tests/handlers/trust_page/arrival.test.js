import assert from "node:assert/strict";
import test from "node:test";
import { carried, isNamed, waitForTrust } from "../../../handlers/trust_page/arrival.js";

const NAME = "https://parley.local:8443";
const ADDRESS = "https://192.168.1.20:8443";

/**
 * A network on which certain origins answer in certain rounds; the pause between them takes no time.
 * @param {string[][]} rounds who answers in each round; the last one stays
 */
function network(rounds) {
  let round = 0;
  const asked = [];
  return {
    asked,
    ask: async (/** @type {string} */ origin) => {
      asked.push(origin);
      return (rounds[Math.min(round, rounds.length - 1)] ?? []).includes(origin);
    },
    pause: async () => {
      round += 1;
    },
    rounds: () => round,
  };
}

test("a name that answers is where it goes, also when an address answers too", async () => {
  const { ask, pause } = network([[ADDRESS, NAME]]);
  assert.deepEqual(await waitForTrust([NAME, ADDRESS], ask, pause), {
    origin: NAME,
    named: true,
    atOnce: true,
  });
});

test("it asks until the trust arrives, and then says that it was waited for", async () => {
  const { ask, pause, rounds } = network([[], [], [], [NAME]]);
  assert.deepEqual(await waitForTrust([NAME, ADDRESS], ask, pause), {
    origin: NAME,
    named: true,
    atOnce: false,
  });
  assert.equal(rounds(), 3);
});

test("a name gets a second chance before an address has to do", async () => {
  const slow = network([[ADDRESS], [ADDRESS, NAME]]);
  assert.equal((await waitForTrust([NAME, ADDRESS], slow.ask, slow.pause)).origin, NAME);
  const never = network([[ADDRESS]]);
  assert.deepEqual(await waitForTrust([NAME, ADDRESS], never.ask, never.pause), {
    origin: ADDRESS,
    named: false,
    atOnce: true,
  });
  assert.equal(never.rounds(), 1);
});

test("where there are only addresses the first is as good as a name", async () => {
  const { ask, pause } = network([[ADDRESS]]);
  assert.deepEqual(await waitForTrust([ADDRESS], ask, pause), {
    origin: ADDRESS,
    named: true,
    atOnce: true,
  });
});

test("every way in is asked in every round", async () => {
  const { ask, pause, asked } = network([[], [NAME]]);
  await waitForTrust([NAME, ADDRESS], ask, pause);
  assert.deepEqual(asked, [NAME, ADDRESS, NAME, ADDRESS]);
});

test("an address is not a name", () => {
  assert.equal(isNamed(NAME), true);
  assert.equal(isNamed("https://localhost:8443"), true);
  assert.equal(isNamed(ADDRESS), false);
  assert.equal(isNamed("https://[fd00::1]:8443"), false);
});

test("an invitation in the fragment is carried on as it is", () => {
  assert.equal(carried("#invite=4fz7-k2mq"), "#invite=4fz7-k2mq");
  assert.equal(carried("#invite=a&name=b%20c"), "#invite=a&name=b%20c");
});

test("what is no invitation is not carried on", () => {
  for (const hash of [
    "",
    "#",
    "#without",
    "#invite=",
    "#invite=<script>",
    "#invite=a b",
    `#invite=${"a".repeat(600)}`,
  ]) {
    assert.equal(carried(hash), "", hash);
  }
});
