// Who called while one was in a call. They heard at once that one is busy; here it is said for a moment.

import { signal } from "@preact/signals-core";

const SHOWN = 10_000; // ms

/** The person, "" after a moment. */
export const calledMeanwhile = signal("");

/** @param {Pick<import("./call-desk.js").House, "hear"|"self"|"later">} house @param {AbortSignal} until */
export function followMeanwhile({ hear, self, later }, until) {
  let stop = () => {};
  const forget = () => {
    stop();
    calledMeanwhile.value = "";
  };
  const deaf = hear("call.ended", ({ reason, caller }) => {
    if (reason !== "busy" || caller === self().me) return;
    forget();
    calledMeanwhile.value = caller;
    stop = later(forget, SHOWN);
  });
  until.addEventListener("abort", () => {
    deaf();
    forget();
  });
}
