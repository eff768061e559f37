// What somebody may do in the call of a room: come in, and what there. The server says the same. Pure.

import { EVERYTHING } from "./gatherings.js";

/** @typedef {import("../protocol/types.js").GroupCall} GroupCall */

/** Whether it lets somebody in or knock, as the server will say (chat/group_calls.py). @param {GroupCall} on @param {string} person @param {import("./rooms.js").Role} role in the room */
export function letsIn(on, person, role) {
  if (role === "owner" || on.attendees.some((one) => one.person === person)) return true;
  if (on.barred.includes(person)) return false;
  return role === "moderator" || !on.locked || on.admitted.includes(person);
}

/** What somebody may do in it, as the server will say (chat/roles.py). @param {GroupCall} on @param {string} person @param {boolean} leads */
export function rightsIn(on, person, leads) {
  const has = new Set([...on.rights, ...(on.granted[person] ?? [])]);
  const may = EVERYTHING.map((right) => [right, leads || has.has(right)]);
  return /** @type {Record<GroupCall["rights"][number], boolean>} */ (Object.fromEntries(may));
}
