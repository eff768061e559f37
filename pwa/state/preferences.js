// How much one wants to hear of each conversation. Everything is delivered and counted whatever is preferred here; this
// decides only what may sound, show and stand in the badge. chat/preferences.py decides the same for pushes.

import { effect, signal } from "@preact/signals-core";
import { wallClock } from "../protocol/clock.js";
import { newNonce } from "../protocol/ids.js";
import { ask } from "./connection.js";
import { serverNow } from "./server-time.js";
import { blank, byId, conversationIn, world } from "./world.js";

/** @typedef {import("../protocol/types.js").Preference} Preference */
/** @typedef {import("./world.js").World} World */
/** @typedef {"all"|"mentions"|"none"} Level */

const MANY = 50; // members; above, a room tells of mentions only (chat/preferences.py)
const LONGEST_TIMER_MS = 24 * 3600 * 1000; // timers of more than 24.8 days fire at once

/** As `muted_until`: until one turns it on again. */
export const FOR_GOOD = Number.MAX_SAFE_INTEGER;

/** @type {Preference} */
const UNSAID = { notify: "", muted_until: 0, previews: true, seq: 0 };

// -- what events and rows leave ---------------------------------------------------------------------------------------

/** @param {World} before @param {import("../protocol/types.js").PreferenceChanged} body @returns {World} */
export function preferenceChanged(before, { subject, notify, muted_until, previews, seq }) {
  return withPreference(before, subject, { notify, muted_until, previews, seq });
}

/**
 * Of an event and a row that cross on the way the newer counts, whichever comes last.
 * @param {World} before @param {string} id @param {Preference} [preference] @returns {World}
 */
export function withPreference(before, id, preference = UNSAID) {
  const known = before.preferences[id];
  if (preference.seq === 0 || (known && known.seq >= preference.seq)) return before;
  return { ...before, preferences: { ...before.preferences, [id]: preference } };
}

// -- what it means ----------------------------------------------------------------------------------------------------

/** What is wanted of a conversation nobody said anything about. @param {{kind: string, room?: {size: number}|null}} conversation @returns {Level} */
export function usual({ kind, room }) {
  return kind === "room" && (room?.size ?? 0) > MANY ? "mentions" : "all";
}

/** @type {(id: string) => import("./world.js").Sig<Preference>} */
export const preference = byId((id) => world.value.preferences[id] ?? UNSAID);

/** What may call one's attention while it is not muted. @type {(id: string) => import("./world.js").Sig<Level>} */
export const level = byId(
  (id) => preference(id).value.notify || usual(conversationIn(id).value ?? blank(id)),
);

const looked = signal(0); // counts the looks at the clock, which is no signal itself

function clock() {
  void looked.value;
  return serverNow();
}

/** @type {(id: string) => import("./world.js").Sig<boolean>} */
export const muted = byId((id) => {
  const until = preference(id).value.muted_until;
  return until > clock();
});

/** Whether its unread messages count apart: in grey, and not in the title or on the app's icon. */
export const quiet = byId((id) => muted(id).value || level(id).value !== "all");

/** Whether a message may sound and show. @param {string} id @param {boolean} mentioned */
export function callsAttention(id, mentioned) {
  if (muted(id).peek()) return false;
  const wanted = level(id).peek();
  return wanted === "all" || (wanted === "mentions" && mentioned);
}

/** Whether pushes to one's devices show who wrote and what. */
export const previews = byId((me) => preference(`own.${me}`).value.previews);

let cancelWaking = () => {};

/** Looks again when the next mute ends. */
effect(() => {
  const now = clock();
  const ends = Object.values(world.value.preferences).map(({ muted_until: end }) => end);
  const next = Math.min(...ends.filter((end) => end > now && end < FOR_GOOD));
  cancelWaking();
  if (next === Infinity) return;
  cancelWaking = wallClock.later(Math.min(next - now, LONGEST_TIMER_MS), () => {
    looked.value += 1;
  });
});

// -- saying it --------------------------------------------------------------------------------------------------------

/** @param {string} id @param {Level} notify */
export const setLevel = (id, notify) => prefer(id, { notify });

/** @param {string} id @param {number} until ms since the epoch; 0 ends it, FOR_GOOD never does */
export const mute = (id, until) => prefer(id, { muted_until: until });

/** For so long from now. @param {string} id @param {number} ms */
export const muteFor = (id, ms) => mute(id, serverNow() + ms);

/** @param {boolean} on */
export const setPreviews = (on) => prefer(`own.${world.peek().me}`, { previews: on });

/** What is said replaces all that was said before. @param {string} id @param {Partial<Preference>} changes */
async function prefer(id, changes) {
  const { seq: _seq, ...before } = preference(id).peek();
  await ask("preference.set", { nonce: newNonce(), conversation: id, ...before, ...changes });
}
