// How far a message has come and who holds what of it: known from marks in small conversations, else asked of the server.

import { conversationOf, isThread } from "../protocol/address.js";
import { ask } from "./connection.js";
import { withCards } from "./people.js";
import { reachedBy } from "./reading.js";
import { change, conversationIn, world } from "./world.js";

/** @typedef {import("../protocol/types.js").Tally} Tally */

/** Whether everybody's marks are known here: of a large room, which may name nobody either, only one's own is. @param {string} id */
function marksAreKnown(id) {
  const { marks = {}, room = null } = conversationIn(conversationOf(id)).peek() ?? {};
  return !room || Object.keys(marks).some((one) => one !== world.peek().me);
}

/** Who has read one's own message, and who has only got it. @param {string} id @param {number} seq @returns {Promise<{read: Tally, delivered: Tally}>} */
export async function receiptsOf(id, seq) {
  if (marksAreKnown(id) && !isThread(id)) {
    const { read, delivered } = reachedBy(id, seq).peek();
    return { read: tally(read), delivered: tally(delivered) };
  }
  /** @type {import("../protocol/types.js").Receipts} */
  const { read, delivered, people } = await ask("message.receipts", {
    conversation: conversationOf(id),
    target: seq,
  });
  change((before) => withCards(before, people));
  return { read, delivered };
}

/** @param {{id: string}[]} people @returns {Tally} */
function tally(people) {
  return { count: people.length, people: people.map((one) => one.id) };
}

/**
 * People who put an emoji under a message, in order of id; `after` goes on, "" when that was all.
 * @param {string} id @param {number} seq @param {string} after where the last page ended
 */
export async function reactorsOf(id, seq, after) {
  const page = await stancesOf(id, seq, after);
  return { people: page.stances.filter(({ emoji }) => emoji.length > 0), after: page.after };
}

/**
 * People who chose something in a poll, in order of id; `after` goes on, "" when that was all.
 * @param {string} id @param {number} seq @param {string} after where the last page ended
 */
export async function votersOf(id, seq, after) {
  const page = await stancesOf(id, seq, after);
  return { people: page.stances.filter(({ choices }) => choices.length > 0), after: page.after };
}

/** @param {string} id @param {number} seq @param {string} after */
async function stancesOf(id, seq, after) {
  /** @type {import("../protocol/types.js").Stances} */
  const page = await ask("message.stances", {
    conversation: conversationOf(id),
    target: seq,
    after,
  });
  change((before) => withCards(before, page.people));
  return page;
}
