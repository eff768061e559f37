// Whom one would rather not hear, as one's own conversation tells it. Nobody else is told.

import { computed } from "@preact/signals-core";
import { newNonce } from "../protocol/ids.js";
import { ask } from "./connection.js";
import { byId, change, world } from "./world.js";

/** @typedef {import("./world.js").World} World */

/** @param {World} before @param {Pick<import("../protocol/types.js").BlockChanged, "person"|"blocked">} body @returns {World} */
export function blockChanged(before, { person, blocked }) {
  const others = before.blocked.filter((id) => id !== person);
  return { ...before, blocked: blocked ? [...others, person].sort() : others };
}

/** @param {World} before @param {string[]} blocked all of them @returns {World} */
export function withBlocked(before, blocked) {
  return { ...before, blocked };
}

/** Everybody one has blocked, by id. */
export const blockedPeople = computed(() => world.value.blocked);

/** Whether one has blocked this person. */
export const isBlocked = byId((id) => world.value.blocked.includes(id));

/** Of who is blocked nothing is shown until it is asked for. With them alone everything stays readable. @param {string} author @param {string} id the conversation's, or a thread's */
export function isFolded(author, id) {
  return isBlocked(author).value && !id.startsWith("direct.");
}

/**
 * What hangs in a conversation without what those one has blocked hung there, but for the one that was asked for.
 * @template {{key: string, author: string}} H
 * @param {H[]} hung @param {string} id @param {string} [asked] its key
 */
export function unfolded(hung, id, asked = "") {
  return hung.filter(({ key, author }) => key === asked || !isFolded(author, id));
}

/** @param {string} person */
export async function block(person) {
  await ask("person.block", { nonce: newNonce(), person });
  change((before) => blockChanged(before, { person, blocked: true }));
}

/** @param {string} person */
export async function unblock(person) {
  await ask("person.unblock", { nonce: newNonce(), person });
  change((before) => blockChanged(before, { person, blocked: false }));
}
