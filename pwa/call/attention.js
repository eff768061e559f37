// What a call does to the device besides the screen: it rings, shakes, flashes the title, and keeps the screen awake.

import { computed, effect } from "@preact/signals-core";
import { pageTitle } from "../state/badges.js";
import { call } from "../state/calls.js";
import { gathering, ringingRoom } from "../state/gathering.js";
import { person } from "../state/people.js";
import { ringing } from "../state/settings.js";
import { newsOf } from "../state/stage.js";
import { isQuiet, touched } from "../state/status.js";
import { speaker } from "../state/tabs.js";
import { strings } from "../strings.js";
import { came, ended, knock, left, ring, unlockRingtone, wait } from "./ringtone.js";

const SHAKE = [400, 200, 400, 1400]; // ms on, off, on, off
const FLASH = 1000; // ms
const TOUCH = 60_000; // ms; who talks is not away
const FEW = 8; // people; in a call of more somebody always comes or goes, and it would never stop
const BY_OTHERS = ["closed", "out", "turnedAway"]; // how a room's call ends for who did not leave it

const kind = computed(() => {
  const now = call.value;
  if (now?.phase === "incoming" || ringingRoom.value) return "incoming";
  if (now?.phase === "outgoing") return now.ring === "asking" ? "" : "outgoing";
  return now?.phase === "ended" ? "ended" : "";
});
/** Who waits at the door of the room's call that one leads. */
const waiting = computed(() => gathering.value?.knocking ?? []);
const goes = (/** @type {{phase: string}|null} */ one) => one !== null && one.phase !== "ended";
const awake = computed(() => goes(call.value) || goes(gathering.value));

/** @param {AbortSignal} until */
export function followAttention(until) {
  unlockRingtone(until);
  const stops = [
    effect(() => (kind.value === "incoming" && !isQuiet() ? shake() : undefined)),
    effect(() => (kind.value === "incoming" ? flash(person(caller()).peek().name) : undefined)),
    effect(() => (ringing.value ? sounds() : undefined)),
    followDoor(),
    followCompany(),
    effect(() => (awake.value ? stayAwake() : undefined)),
    effect(() => (awake.value ? stayHere() : undefined)),
  ];
  until.addEventListener("abort", () => {
    for (const stop of stops) stop();
  });
}

const caller = () => ringingRoom.peek()?.by ?? call.peek()?.person ?? "";

function sounds() {
  if (kind.value === "incoming") return isQuiet() || !speaker.value ? undefined : ring();
  if (kind.value === "outgoing") return wait();
  if (kind.value === "ended") ended();
  return undefined;
}

/** Whoever leads may look elsewhere meanwhile. */
function followDoor() {
  /** @type {string[]} */
  let before = [];
  return effect(() => {
    const now = waiting.value;
    if (now.some((one) => !before.includes(one)) && ringing.peek()) knock();
    before = now;
  });
}

/** Who comes into the room's call and leaves it, and its end: one need not look at it. */
function followCompany() {
  /** @type {import("../state/gathering.js").Gathering | null} */
  let before = null;
  return effect(() => {
    const was = before;
    const now = gathering.value;
    before = now;
    if (!was || !now || was.phase === "ended" || was.call !== now.call || !ringing.peek()) return;
    if (BY_OTHERS.includes(now.reason)) ended();
    else if (was.phase === "live" && now.phase === "live") greet(was.seats, now.seats);
  });
}

/** One tone, however many come or go at once. @param {import("../state/gathering.js").Seat[]} before @param {import("../state/gathering.js").Seat[]} now */
function greet(before, now) {
  if (Math.max(before.length, now.length) > FEW) return;
  const news = newsOf(before, now);
  if (news.some(({ what }) => what === "came")) came();
  else if (news.some(({ what }) => what === "went")) left();
}

function shake() {
  if (!navigator.vibrate || navigator.userActivation?.hasBeenActive === false) return undefined; // it may not yet
  const again = () => navigator.vibrate(SHAKE);
  again();
  const timer = setInterval(
    again,
    SHAKE.reduce((all, part) => all + part),
  );
  return () => {
    clearInterval(timer);
    navigator.vibrate(0);
  };
}

function stayHere() {
  touched();
  const timer = setInterval(touched, TOUCH);
  return () => clearInterval(timer);
}

/** What came meanwhile counts in the title afterwards. @param {string} name */
function flash(name) {
  const words = strings.call.calling(name);
  const turn = () => {
    document.title = document.title === words ? pageTitle.peek() : words;
  };
  turn();
  const timer = setInterval(turn, FLASH);
  return () => {
    clearInterval(timer);
    document.title = pageTitle.peek();
  };
}

/** The lock is lost whenever the page is hidden, so it is taken again. */
export function stayAwake() {
  if (!navigator.wakeLock) return undefined;
  const until = new AbortController();
  /** @type {WakeLockSentinel | null} */
  let lock = null;
  const take = async () => {
    if (document.visibilityState !== "visible") return;
    lock = await navigator.wakeLock.request("screen").catch(() => null); // refused when the battery is low
    if (until.signal.aborted) lock?.release();
  };
  document.addEventListener("visibilitychange", take, { signal: until.signal });
  take();
  return () => {
    until.abort();
    lock?.release();
  };
}
