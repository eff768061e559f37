// Polls: what votes leave of a question.

import { MAX_OPTIONS } from "../protocol/limits.js";
import { about } from "./entries.js";
import { joined, left, NOBODY } from "./tallies.js";

/** @typedef {import("./world.js").Conversation} Conversation */
/** @typedef {import("./entries.js").MessageEntry} MessageEntry */
/** @typedef {import("../protocol/types.js").VoteChanged} VoteChanged */
/** @typedef {import("../protocol/types.js").PollClosed} PollClosed */

/** @param {Conversation} conversation @param {VoteChanged} body @param {string} me @returns {Conversation} */
export function voted(conversation, body, me) {
  return about(conversation, "vote.changed", body, (entry) => withVote(entry, body, me));
}

/** @param {Conversation} conversation @param {PollClosed} body @returns {Conversation} */
export function closed(conversation, body) {
  return about(conversation, "poll.closed", body, (entry) => ({ ...entry, closed: true }));
}

/** @param {MessageEntry} entry @param {Pick<VoteChanged, "author"|"choices"|"before">} body @param {string} me @returns {MessageEntry} */
export function withVote(entry, { author, choices, before }, me) {
  const tallies = entry.votes.length ? entry.votes : Array(MAX_OPTIONS).fill(NOBODY);
  const votes = tallies.map((tally, option) => {
    const [was, is] = [before.includes(option), choices.includes(option)];
    if (was === is) return tally;
    return is ? joined(tally, author) : left(tally, author);
  });
  return { ...entry, votes, chosen: author === me ? choices : entry.chosen };
}
