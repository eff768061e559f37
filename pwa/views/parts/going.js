/** Going to a message wherever it was said: to its conversation, or to the thread it lies in. */

import { conversationOf, threadIn } from "../../protocol/address.js";
import { jump } from "../../state/history.js";
import { conversationHref, go, main, threadHref } from "./route.js";
import { wider } from "./wide.js";

/** @typedef {{seq: number, thread?: number}} Spot `thread`: the message in whose thread it lies, 0 for none */

/** @param {string} id the conversation's, or a thread's in it @param {Spot} spot */
export function goToMessage(id, { seq, thread = 0 }) {
  const conversation = conversationOf(id);
  if (thread) return goToAnswer(conversation, thread, seq);
  const { name, id: shown } = main.peek();
  const isBeside = name === "thread" && shown === conversation && wider.peek();
  if (!isBeside) go(conversationHref(conversation));
  jump(conversation, { seq });
}

/** @param {string} conversation @param {number} thread @param {number} seq */
function goToAnswer(conversation, thread, seq) {
  const { name, id, seq: open } = main.peek();
  if (name === "thread" && id === conversation && open === thread)
    jump(threadIn(conversation, thread), { seq });
  else go(threadHref(conversation, thread, seq));
}
