// A call of a room before anything is known of it: what the page shows of oneself there.

import { NO_MEDIA } from "./call-held.js";

/** @type {Omit<import("./gathering.js").Own, "conversation"|"call"|"video">} */
export const FRESH = Object.freeze({
  phase: "joining",
  startedAt: 0,
  reason: "",
  words: "",
  seconds: 0,
  hand: false,
  asks: [],
  answered: null,
  unheard: false,
  refused: "",
  silenced: "",
  why: "",
  ...NO_MEDIA,
});
