/** When a status ends, from what was chosen and to what is shown. */

import { strings } from "../../strings.js";
import { dayAhead, timeOfDay } from "./time.js";

const MINUTE = 60_000; // ms
const NEAR = 12 * 60 * MINUTE; // the clock alone says when

/**
 * The end in ms, 0 for none, NaN for a time that is over or none at all.
 * @param {string} ends "never", "half", "hour", "today" or "at" @param {string} at as a date field has it @param {number} now ms
 */
export function endOf(ends, at, now) {
  if (ends === "half") return now + 30 * MINUTE;
  if (ends === "hour") return now + 60 * MINUTE;
  if (ends === "today") return new Date(now).setHours(24, 0, 0, 0);
  if (ends !== "at") return 0;
  const chosen = new Date(at).getTime();
  return chosen > now ? chosen : Number.NaN;
}

/** As a date field wants it: this place's time, to the minute. @param {number} at ms */
export function localMinute(at) {
  const offset = new Date(at).getTimezoneOffset() * MINUTE;
  return new Date(at - offset).toISOString().slice(0, 16);
}

/** "until 15:00", "until Monday 15:00" where that is far off, "" without an end. @param {number} until ms, 0 for none */
export function untilWords(until, now = Date.now()) {
  if (!until) return "";
  const isToday = new Date(until).toDateString() === new Date(now).toDateString();
  const isMidnight = until === new Date(now).setHours(24, 0, 0, 0);
  const isNear = until - now < NEAR;
  const day = isToday || isMidnight || isNear ? "" : `${dayAhead(until, now)} `;
  return strings.status.until(`${day}${timeOfDay(until)}`);
}
