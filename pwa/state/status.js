// One's own status, and whether anybody has a hand on this device. The server tells others of both with presence.

import { computed } from "@preact/signals-core";
import { wallClock } from "../protocol/clock.js";
import { ask, hear } from "./connection.js";
import { presenceChanged, saidOf } from "./people.js";
import { serverNow } from "./server-time.js";
import { change, world } from "./world.js";

/** @typedef {{status: "available"|"away"|"busy", text: string, until: number}} Said `until` is ms, 0 for no end */

export const MAX_STATUS = 80; // characters, protocol/shapes.py
export const IDLE_AFTER_MS = 10 * 60_000;
const NOTE_EVERY_MS = 5_000; // a hand that types is noted no more often

/** What one said of oneself, as the server told it last. */
export const ownStatus = computed(() => saidOf(world.value.presence[world.value.me]));

/** Says how one is, to everybody who looks. @param {Said} said */
export async function setStatus({ status, text, until }) {
  await ask("status.set", { status, text, until });
  const { me, presence } = world.peek();
  const before = presence[me] ?? { person: me, online: true, last_seen: 0, idle: false };
  change((now) => presenceChanged(now, { people: [{ ...before, status, text, until }] }));
}

/** Whoever is busy wants no sound and no notification: ask this before either. */
export function isQuiet() {
  const { status, until } = ownStatus.value;
  return status === "busy" && (!until || until > serverNow());
}

// -- away by itself ---------------------------------------------------------------------------------------------------

let idle = false;
let touchedAt = 0;
let stopTimer = () => {};

/** Begins to notice when nobody touches this device any more. @returns {() => void} stops it */
export function followIdle() {
  idle = false;
  touchedAt = wallClock.now();
  stopTimer = wallClock.later(IDLE_AFTER_MS, look);
  const stopHearing = hear("hello", () => {
    if (idle) say(); // a new line begins as one with a hand on it
  });
  return () => {
    stopTimer();
    stopHearing();
  };
}

/** Somebody is there: told by the views at every tap and key, and while a call lasts. */
export function touched() {
  const now = wallClock.now();
  if (!idle && now - touchedAt < NOTE_EVERY_MS) return;
  touchedAt = now;
  if (!idle) return;
  idle = false;
  say();
  stopTimer = wallClock.later(IDLE_AFTER_MS, look);
}

function look() {
  const left = touchedAt + IDLE_AFTER_MS - wallClock.now();
  if (left > 0) {
    stopTimer = wallClock.later(left, look);
    return;
  }
  idle = true;
  say();
}

function say() {
  ask("presence.idle", { idle }).catch(() => {}); // the next hello says it again
}
