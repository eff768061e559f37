/** When: days, clock times and how long ago, as a person says them in the language of the page. */

import { strings } from "../../strings.js";
import { perLocale } from "./locale.js";

const MINUTE = 60_000; // ms
const DAY = 86_400_000; // ms

/** @param {Intl.DateTimeFormatOptions} options */
const written = (options) => perLocale((locale) => new Intl.DateTimeFormat(locale, options));

const clock = written({ hour: "numeric", minute: "2-digit" });
const weekday = written({ weekday: "long" });
const date = written({ day: "numeric", month: "long" });
const dated = written({ day: "numeric", month: "long", year: "numeric" });
const short = written({ day: "numeric", month: "numeric", year: "2-digit" });
const exact = written({ dateStyle: "medium", timeStyle: "medium" });

/** Whole days between that day and today, by the calendar here. @param {number} at ms @param {number} now ms */
function daysAgo(at, now) {
  return Math.round((new Date(now).setHours(0, 0, 0, 0) - new Date(at).setHours(0, 0, 0, 0)) / DAY);
}

/** The minutes of a day as they were written before: a log shows hundreds, and each costs as much as its message's words. */
const minutes = perLocale(() => /** @type {Map<number, string>} */ (new Map()));

/** "14:03". @param {number} at ms */
export function timeOfDay(at) {
  const day = new Date(at);
  const minute = day.getHours() * 60 + day.getMinutes();
  const known = minutes();
  const words = known.get(minute) ?? clock().format(at);
  known.set(minute, words);
  return words;
}

/** With date and seconds. @param {number} at ms */
export const exactTime = (at) => exact().format(at);

/** "Today", "Yesterday", "Monday", "3 March", with the year when it is another. @param {number} at ms */
export function dayName(at, now = Date.now()) {
  const days = daysAgo(at, now);
  if (days <= 0) return strings.time.today;
  if (days === 1) return strings.time.yesterday;
  if (days < 7) return weekday().format(at);
  return new Date(at).getFullYear() === new Date(now).getFullYear()
    ? date().format(at)
    : dated().format(at);
}

/** For what is still to come: "today", "Monday", "3 March". @param {number} at ms */
export function dayAhead(at, now = Date.now()) {
  const days = -daysAgo(at, now);
  if (days <= 0) return strings.time.today.toLowerCase();
  return days < 7 ? weekday().format(at) : date().format(at);
}

/** For a row of a list: the clock today, then the day, then the date. @param {number} at ms */
export function brief(at, now = Date.now()) {
  const days = daysAgo(at, now);
  if (days <= 0) return timeOfDay(at);
  return days < 7 ? dayName(at, now) : short().format(at);
}

/** Kept coarse: nobody needs the minute. @param {number} at ms, 0 for never */
export function lastSeen(at, now = Date.now()) {
  if (!at) return strings.people.notYetSeen;
  if (now - at < 60 * MINUTE) return strings.people.seenRecently;
  const days = daysAgo(at, now);
  if (days <= 0) return strings.people.seenToday;
  return days === 1 ? strings.people.seenYesterday : strings.people.seenOn(dayName(at, now));
}

/** "4:07", "1:02:03". @param {number} seconds */
export function length(seconds) {
  const pad = (/** @type {number} */ part) => String(part).padStart(2, "0");
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const rest = pad(Math.floor(seconds) % 60);
  return hours ? `${hours}:${pad(minutes)}:${rest}` : `${minutes}:${rest}`;
}
