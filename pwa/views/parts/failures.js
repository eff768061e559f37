/** What went wrong, in the language of the page. */

import { errors } from "../../languages/live.js";
import { strings } from "../../strings-first.js";

/** The server's language: what it says itself is more exact than a sentence for the code. */
const SERVER = "en";
const NUMBER = /\d+/g;

/** Whether it is the page that says so, and no server. @param {string} code @returns {code is "lost"|"unkept"|"unreadable"} */
const isOwn = (code) => code === "lost" || code === "unkept" || code === "unreadable";

/** @param {import("../../protocol/errors.js").Said} said */
export function sentence({ code, field, message }) {
  if (strings.language === SERVER && message) return message;
  const known = errors();
  if (isOwn(code)) return strings.failures[code];
  const translated = exact(message, known) ?? known[`${code} ${field}`] ?? known[code];
  return translated ?? (message || strings.failures.internal);
}

/**
 * The server's own sentence in the language of the page, where the catalogue has it, with its numbers.
 * @param {string} message @param {Record<string, string>} known
 */
function exact(message, known) {
  const numbers = message.match(NUMBER) ?? [];
  const key = message.replace(NUMBER, "#");
  if (!Object.hasOwn(known, key)) return undefined;
  return known[key].replace(/#/g, () => numbers.shift() ?? "#");
}
