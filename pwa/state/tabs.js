// Several tabs of one browser: one of them owns the outbox and the cache, the others leave both alone.
// Where there are no Web Locks (plain pages) every tab is an owner; nonces keep what they send single.

import { signal } from "@preact/signals-core";

const NAME = "parley";

/** Whether this tab owns the outbox and the cache. */
export const owner = signal(false);

/** Asks to be the owner; becomes it now, or when the tab that is closes. */
export function askOwnership() {
  if (!globalThis.navigator?.locks) {
    owner.value = true;
    return;
  }
  navigator.locks.request(NAME, () => {
    owner.value = true;
    return new Promise(() => {}); // held as long as the page lives
  });
}

const channel =
  globalThis.location && globalThis.BroadcastChannel ? new BroadcastChannel(NAME) : null;

/** Tells the other tabs. @param {"outbox"|"signed-out"} what */
export function tellTabs(what) {
  channel?.postMessage(what);
}

/** @param {(what: "outbox"|"signed-out") => void} callback when another tab told */
export function hearTabs(callback) {
  channel?.addEventListener("message", ({ data }) => callback(data));
}
