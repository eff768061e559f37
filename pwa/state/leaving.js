// Signing out: nothing of a person stays on a device that is signed out, or that is another's now. What is kept on the
// device is emptied here; what the modules of the page hold goes with the page itself, which is then loaded afresh.

import { signal } from "@preact/signals-core";
import { forgetPerson } from "./kept.js";
import { forgetShared } from "./sharing.js";

/** @typedef {import("./session.js").Session} Session */

const WORD = "parley.left"; // in sessionStorage: for the next page of this tab
const CALLS = ["parley.call", "parley.gathering"]; // as call/begin.js names them

/** `begun`: nothing of it may be shown any more; `done`: the page is to be loaded afresh. */
export const leaving = signal(/** @type {""|"begun"|"done"} */ (""));

/** Somebody leaves: the next page is to show nothing that is kept, and knows why. @param {Session} session */
export function beginLeaving({ state, open, reason }) {
  leaving.value = "begun";
  globalThis.sessionStorage?.setItem(WORD, JSON.stringify({ state, open, reason }));
}

/** What the page before this one left with; null if nobody left. @returns {Pick<Session, "state"|"open"|"reason">|null} */
export function takeWord() {
  const word = globalThis.sessionStorage?.getItem(WORD);
  if (!word) return null;
  sessionStorage.removeItem(WORD);
  return JSON.parse(word);
}

/** Forgets what the browser keeps beside the database: words, choices, what was shared, and notifications. */
export async function forgetOnDevice() {
  forgetPerson();
  for (const name of CALLS) globalThis.sessionStorage?.removeItem(name);
  await forgetShared();
  await putAwayNotices().catch(() => {}); // not every browser shows what it shows
}

async function putAwayNotices() {
  const worker = await globalThis.navigator?.serviceWorker?.getRegistration();
  for (const shown of (await worker?.getNotifications()) ?? []) shown.close();
}
