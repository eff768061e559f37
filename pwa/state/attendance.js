// Who was in a call of a room and for how long: asked of the server by who leads the room, and written as a table that
// spreadsheets open.

import { signal } from "@preact/signals-core";
import { ask } from "./connection.js";
import { withCards } from "./people.js";
import { change } from "./world.js";

/** @typedef {{conversation: string, call: string, seq: number}} Which `seq` of the line that says the call is over, 0 while it is on */
/** @typedef {{person: string, first: number, last: number, seconds: number, present: boolean}} Stay times in ms */
/** @typedef {{at: number, seconds: number, stays: Stay[]}} Attendance */

const FORMULA = /^[=+\-@\t\r]/; // what a spreadsheet would compute (OWASP, "CSV Injection")
const UNFIT = /[\\/:*?"<>|\p{C}]/gu; // in the names of files, on one system or another

/** Whose attendance is looked at, or null. @type {import("@preact/signals-core").Signal<Which|null>} */
export const attendanceOf = signal(null);

/** @param {Which} which @returns {Promise<Attendance>} */
export async function readAttendance(which) {
  /** @type {import("../protocol/types.js").Attendance} */
  const { at, seconds, attended, present, people } = await ask("call.attendance", which);
  change((before) => withCards(before, people));
  const stays = attended.map((one) => ({ ...one, present: present.includes(one.person) }));
  return { at, seconds, stays };
}

/** Whole ones; who was there at all was there for one. @param {number} seconds */
export const minutesOf = (seconds) => Math.max(1, Math.round(seconds / 60));

/** As every spreadsheet reads it, in the time of this device. @param {number} at ms */
export function stampOf(at) {
  const pad = (/** @type {number} */ part) => String(part).padStart(2, "0");
  const when = new Date(at);
  const day = [when.getFullYear(), when.getMonth() + 1, when.getDate()].map(pad).join("-");
  return `${day} ${[when.getHours(), when.getMinutes(), when.getSeconds()].map(pad).join(":")}`;
}

/** What stands between two columns: spreadsheets expect a semicolon where the comma is in the numbers. @param {string} locale */
export function separatorIn(locale) {
  const parts = new Intl.NumberFormat(locale).formatToParts(1.5);
  return parts.find(({ type }) => type === "decimal")?.value === "," ? ";" : ",";
}

/**
 * RFC 4180, with a mark in front that says UTF-8. A name that begins like a formula is made a text.
 * @param {(string|number)[][]} rows the first one is the head @param {string} separator
 */
export function csvOf(rows, separator) {
  const cell = (/** @type {string|number} */ value) => {
    const text = typeof value === "string" && FORMULA.test(value) ? `'${value}` : String(value);
    return /["\r\n;,]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return `\uFEFF${rows.map((row) => `${row.map(cell).join(separator)}\r\n`).join("")}`;
}

/** @param {string} title */
export const fileNameOf = (title) => `${title.replace(UNFIT, "_").trim().slice(0, 120)}.csv`;
