// A poll as it is put together: its lines, what becomes of them, and asking it.

import { MAX_OPTIONS } from "../protocol/limits.js";
import { takeReply } from "./composing.js";
import { toNewest } from "./history.js";
import { send } from "./outbox.js";

/** @typedef {import("../protocol/types.js").Poll} Poll */

/** @type {readonly string[]} what one begins with */
export const BLANK = ["", ""];

/** The lines with one in other words; a new empty one appears while the last is filled. @param {readonly string[]} lines @param {number} at @param {string} text @returns {string[]} */
export function withLine(lines, at, text) {
  const next = lines.with(at, text);
  return next.at(-1)?.trim() && next.length < MAX_OPTIONS ? [...next, ""] : next;
}

/** The lines with one fewer, and never fewer than one begins with. @param {readonly string[]} lines @param {number} at @returns {string[]} */
export function withoutLine(lines, at) {
  const next = lines.filter((_, index) => index !== at);
  if (next.length < BLANK.length || next.at(-1)?.trim()) next.push("");
  return next;
}

/** What is asked, or null while it is no poll yet: a question and two options that differ. @param {string} question @param {readonly string[]} lines @param {boolean} multiple @returns {{text: string, poll: Poll}|null} */
export function pollOf(question, lines, multiple) {
  const text = question.trim();
  const options = lines.map((line) => line.trim().split(/\s+/).join(" ")).filter(Boolean);
  const differ = new Set(options).size === options.length;
  return text && differ && options.length >= 2 ? { text, poll: { options, multiple } } : null;
}

/** Asks it; what was to be answered is answered by it. @param {string} id @param {{text: string, poll: Poll}} asked */
export function askPoll(id, { text, poll }) {
  toNewest(id);
  return send(id, text, [], { poll, reply: takeReply(id) });
}
