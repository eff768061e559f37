// "That's me", seen from the devices that may say yes.

import { computed } from "@preact/signals-core";
import { ask } from "./connection.js";
import { world } from "./world.js";

/** @typedef {import("./world.js").World} World */

/** @param {World} before @param {import("./world.js").ClaimAsked} body @returns {World} */
export function claimAsked(before, body) {
  const others = before.claims.filter(({ claim }) => claim !== body.claim);
  return { ...before, claims: [...others, body] };
}

/** @param {World} before @param {{claim: string}} body @returns {World} */
export function claimSettled(before, body) {
  return { ...before, claims: before.claims.filter(({ claim }) => claim !== body.claim) };
}

/** Devices that wait to be let in as oneself. */
export const claims = computed(() => world.value.claims);

/** @param {string} claim @param {boolean} allow */
export function answerClaim(claim, allow) {
  return ask("claim.allow", { claim, allow });
}
