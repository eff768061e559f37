// Small things this browser remembers by itself, read without waiting: settings and drafts.

import { signal } from "@preact/signals-core";

const PREFIX = "parley.";

/** What belongs to the device, whoever uses it; anything else is somebody's. */
const OF_DEVICE = [
  "theme",
  "language",
  "sound",
  "ringing",
  "photos",
  "notifications",
  "gear",
  "voice.speed",
  "call-arrangement",
];

/**
 * A signal whose value is kept in localStorage, and follows what other tabs keep there; without one (or with storage
 * refused) it lasts as long as the page.
 * @template T
 * @param {string} name
 * @param {T} initial what it is when nothing was kept; that value itself is not stored
 * @returns {import("@preact/signals-core").Signal<T>}
 */
export function kept(name, initial) {
  const value = signal(read(name, initial));
  let told = value.peek();
  value.subscribe((now) => {
    if (now === told) return; // as it was read
    told = now;
    write(name, now === initial ? null : JSON.stringify(now));
  });
  globalThis.addEventListener?.("storage", ({ key }) => {
    if (key === PREFIX + name) value.value = read(name, initial);
  });
  return value;
}

/** Forgets everything whose name begins so. @param {string} prefix */
export function forgetKept(prefix) {
  const names = Object.keys(globalThis.localStorage ?? {});
  for (const name of names) if (name.startsWith(PREFIX + prefix)) localStorage.removeItem(name);
}

/** Forgets everything but what belongs to the device: on signing out. */
export function forgetPerson() {
  const stays = new Set(OF_DEVICE.map((name) => PREFIX + name));
  const names = Object.keys(globalThis.localStorage ?? {});
  for (const name of names)
    if (name.startsWith(PREFIX) && !stays.has(name)) localStorage.removeItem(name);
}

/** @template T @param {string} name @param {T} initial @returns {T} */
function read(name, initial) {
  try {
    const text = globalThis.localStorage?.getItem(PREFIX + name);
    return text ? JSON.parse(text) : initial;
  } catch {
    return initial;
  }
}

/** @param {string} name @param {string|null} text */
function write(name, text) {
  try {
    if (text === null) globalThis.localStorage?.removeItem(PREFIX + name);
    else globalThis.localStorage?.setItem(PREFIX + name, text);
  } catch {
    // full or refused: it lasts as long as the page
  }
}
