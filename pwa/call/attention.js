// What a call does to the device besides the screen: it rings, shakes, flashes the title, and keeps the screen awake.

import { computed, effect } from "@preact/signals-core";
import { call } from "../state/calls.js";
import { person } from "../state/people.js";
import { sound } from "../state/settings.js";
import { strings } from "../strings.js";
import { ended, ring, unlockRingtone, wait } from "./ringtone.js";

const SHAKE = [400, 200, 400, 1400]; // ms on, off, on, off
const FLASH = 1000; // ms

const kind = computed(() => {
  const now = call.value;
  if (now?.phase === "incoming") return "incoming";
  if (now?.phase === "outgoing") return now.ring === "asking" ? "" : "outgoing";
  return now?.phase === "ended" ? "ended" : "";
});
const awake = computed(() => call.value !== null && call.value.phase !== "ended");

/** @param {AbortSignal} until */
export function followAttention(until) {
  unlockRingtone(until);
  const stops = [
    effect(() => (kind.value === "incoming" ? shake() : undefined)),
    effect(() =>
      kind.value === "incoming" ? flash(person(call.peek()?.person ?? "").peek().name) : undefined,
    ),
    effect(() => (sound.value ? sounds() : undefined)),
    effect(() => (awake.value ? stayAwake() : undefined)),
  ];
  until.addEventListener("abort", () => {
    for (const stop of stops) stop();
  });
}

function sounds() {
  if (kind.value === "incoming") return ring();
  if (kind.value === "outgoing") return wait();
  if (kind.value === "ended") ended();
  return undefined;
}

function shake() {
  if (!navigator.vibrate) return undefined;
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

/** @param {string} name */
function flash(name) {
  const before = document.title;
  const words = strings.call.calling(name);
  const turn = () => {
    document.title = document.title === words ? before : words;
  };
  turn();
  const timer = setInterval(turn, FLASH);
  return () => {
    clearInterval(timer);
    document.title = before;
  };
}

/** The lock is lost whenever the page is hidden, so it is taken again. */
function stayAwake() {
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
