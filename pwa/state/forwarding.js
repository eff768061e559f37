// Carrying a message on to others: to whom it may go, and its copies on their way. Drafts there stay as they are.

import { conversationOf } from "../protocol/address.js";
import { isBlocked } from "./blocks.js";
import { conversationList } from "./conversations.js";
import { outbox } from "./outbox.js";
import { mayWrite } from "./rooms.js";
import { tellTabs } from "./tabs.js";

/** @typedef {import("./conversations.js").Row} Row */

export const MOST = 10; // conversations at once

/** Conversations one may write in, newest first, then everybody one has not written to. @returns {Row[]} */
export function reachable() {
  return conversationList.value.filter(
    ({ id, peer }) => mayWrite(id).value && !peer?.removed && !(peer && isBlocked(peer.id).value),
  );
}

/** @param {string[]} conversations @param {string} from @param {number} seq */
export async function forward(conversations, from, seq) {
  const place = { conversation: conversationOf(from), seq };
  for (const id of conversations.slice(0, MOST)) {
    await outbox.add(id, "", [], { forward: place });
  }
  tellTabs("outbox");
}
