// One's own choice in a poll on its way, and the end of a poll.

import { conversationOf } from "../protocol/address.js";
import { newNonce } from "../protocol/ids.js";
import { ask } from "./connection.js";
import { withVote } from "./polls.js";
import { say, wish } from "./wishes.js";

/** @typedef {import("./entries.js").MessageEntry} MessageEntry */
/** @typedef {import("./wishes.js").Wish} Wish */

/** The choices after a press on an option: one of several is turned, the only one takes the other's place. @param {readonly number[]} chosen @param {number} option @param {boolean} multiple @returns {number[]} */
export function pressed(chosen, option, multiple) {
  if (!multiple) return [option];
  const next = chosen.includes(option)
    ? chosen.filter((one) => one !== option)
    : [...chosen, option];
  return next.sort((a, b) => a - b);
}

/** One's whole choice. @param {string} conversation @param {number} target @param {number[]} choices */
export function vote(conversation, target, choices) {
  return wish({ name: "poll.vote", conversation, target, body: { choices } });
}

/** Nobody votes any more. @param {string} conversation @param {number} target */
export async function closePoll(conversation, target) {
  const about = { conversation: conversationOf(conversation), target };
  try {
    await ask("poll.close", { nonce: newNonce(), ...about });
  } catch (error) {
    say(/** @type {Error} */ (error).message);
  }
}

/** A message as one's latest choice will leave it. @param {MessageEntry} entry @param {readonly Wish[]} wished of its conversation @param {string} me @returns {MessageEntry} */
export function withBallot(entry, wished, me) {
  if (entry.closed) return entry;
  for (const { name, target, body } of wished) {
    if (name === "poll.vote" && target === entry.seq)
      return withVote(entry, { author: me, choices: body.choices, before: entry.chosen }, me);
  }
  return entry;
}
