// Who is being called into the call of a room: those of the room whose devices ring, until they are in it or the ring is
// over. Nobody says so; it follows from the log and the clock, as whether this device rings does (gathering-ring.js).
// And who has missed it, once it is over. Pure.

import { RING } from "./gatherings.js";

/** @typedef {import("../protocol/types.js").GroupCall} GroupCall */
/** @typedef {{people: string[], until: number}} Called `until`: ms, when the next of them rings no longer; 0 when nobody does */

/** @type {Called} */
export const NOBODY_CALLED = { people: [], until: 0 };

/** @param {GroupCall} on @param {string[]} members of the room @param {Set<string>} been who was in the call and left @param {number} now ms @returns {Called} */
export function calledIn(on, members, been, now) {
  const rings = (/** @type {number} */ at) => Math.abs(now - at) < RING;
  const inside = new Set(on.attendees.map((one) => one.person));
  const gone = new Set([...been, ...on.barred, on.began]);
  const all = on.ring && rings(on.at) ? members.filter((one) => !gone.has(one)) : [];
  const named = on.called.filter((one) => rings(one.at));
  const everybody = new Set([...all, ...named.map(({ person }) => person)]);
  const people = [...everybody].filter((one) => !inside.has(one));
  if (!people.length) return NOBODY_CALLED;
  const begun = [...(all.length ? [on.at] : []), ...named.map(({ at }) => at)];
  return { people, until: Math.min(...begun) + RING };
}

/** Whether it rang for somebody who did not come, and was not put out. @param {import("./gatherings.js").CallNote} note @param {string} person @param {number} [since] seq of their coming into the room */
export function hasMissed({ rang, people, called, barred = [], opened = 0 }, person, since = 0) {
  const rung = rang && (!opened || since < opened);
  return (rung || called.includes(person)) && !people.includes(person) && !barred.includes(person);
}
