// Who called while one was in a call. They heard at once that one is busy; here it is said for a while, and one may call back.

import { effect, signal } from "@preact/signals-core";

/** @typedef {{caller: string, conversation: string}} Caller */

const SHOWN = 30_000; // ms: to end what one is saying, and to get there with the keyboard

/** The last one, null after a while. @type {import("@preact/signals-core").Signal<Caller | null>} */
export const calledMeanwhile = signal(/** @type {Caller | null} */ (null));

let stop = () => {};

/** It was seen, or is answered by a call. */
export function forgetCaller() {
  stop();
  calledMeanwhile.value = null;
}

/**
 * @param {Pick<import("./call-desk.js").House, "hear"|"self"|"later"> & {busy: import("@preact/signals-core").ReadonlySignal<boolean>}} house `busy`: is this page in a call?
 * @param {AbortSignal} until
 */
export function followMeanwhile({ hear, self, later, busy }, until) {
  const deaf = hear("call.ended", ({ reason, caller, conversation }) => {
    if (reason !== "busy" || caller === self().me || !busy.peek()) return;
    stop();
    calledMeanwhile.value = { caller, conversation };
    stop = later(forgetCaller, SHOWN);
  });
  const over = effect(() => {
    if (!busy.value) forgetCaller();
  });
  until.addEventListener("abort", () => {
    deaf();
    over();
    forgetCaller();
  });
}
