// Saying a message otherwise, taking it back, and what it said before. Each needs a connection: what is refused is thrown.

import { conversationOf } from "../protocol/address.js";
import { Refused } from "../protocol/errors.js";
import { newNonce } from "../protocol/ids.js";
import { aim, drop } from "./composing.js";
import { ask } from "./connection.js";
import { membersOf, mentionsAfter } from "./mentions.js";
import { eventsIn } from "./pages.js";
import { conversationIn } from "./world.js";

/** @typedef {{text: string, at: number}} Version */

/** Saves what is edited in a conversation or thread; refused, it stays in the box. @param {string} id @param {string} text @param {{mentions: string[], everyone: string}} named */
export async function saveEdit(id, text, named) {
  const { seq: target } = aim(id).peek();
  const conversation = conversationOf(id);
  const about = {
    conversation,
    target,
    text,
    ...named,
    mentions: stillNamed(id, target, text, named),
  };
  try {
    await ask("message.edit", { nonce: newNonce(), ...about });
  } catch (error) {
    const isAsWanted = error instanceof Refused && error.code === "stands-already";
    if (!isAsWanted) throw error;
  }
  const now = aim(id).peek();
  if (now.kind === "edit" && now.seq === target) drop(id);
}

/**
 * A name that fits nobody any more, or nobody who is listed here, is still somebody's.
 * @param {string} id @param {number} target @param {string} text @param {{mentions: string[]}} named as the people of the conversation are called now
 */
function stillNamed(id, target, text, { mentions }) {
  const said = conversationIn(id)
    .peek()
    ?.entries.find(({ seq }) => seq === target);
  if (said?.kind !== "message" || !said.mentions?.length) return mentions;
  return mentionsAfter(text, said, membersOf(id).peek());
}

/** @param {string} id @param {number} target */
export async function takeBack(id, target) {
  const conversation = conversationOf(id);
  await ask("message.delete", { nonce: newNonce(), conversation, target });
}

/** All a message said, in order: the last is what it says now. @param {string} id @param {number} target @returns {Promise<Version[]>} */
export async function versionsOf(id, target) {
  const conversation = conversationOf(id);
  /** @type {import("../protocol/types.js").History} */
  const { frames } = await ask("message.history", { conversation, target });
  return eventsIn(frames).map(({ body }) => ({ text: body.text, at: body.at }));
}
