// Pins: the messages that stand at the top of a conversation.

import { isNews } from "./entries.js";

/** @typedef {import("./world.js").Conversation} Conversation */
/** @typedef {import("../protocol/types.js").PinChanged} PinChanged */

/** The latest pin last. @param {Conversation} conversation @param {PinChanged} body @returns {Conversation} */
export function pinned(conversation, body) {
  if (!isNews(conversation, body)) return conversation; // the row said it already
  const others = conversation.pins.filter((seq) => seq !== body.target);
  return { ...conversation, pins: body.on ? [...others, body.target] : others };
}
