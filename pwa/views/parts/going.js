/** Going to a message wherever it was said: to its conversation, or to the thread it lies in; and which of them are shown. */

import { conversationOf, threadIn } from "../../protocol/address.js";
import { jump } from "../../state/history.js";
import { current } from "../../state/screen.js";
import { conversationHref, go, main, place, threadHref } from "./route.js";
import { wide, wider } from "./wide.js";

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

/** Whether a conversation or thread stands on the screen. @param {string} address */
export function isShown(address) {
  const { name, id, seq = 0 } = main.value;
  const isThere = wide.value || place.value.pane === "main";
  return (
    address === current.value || (isThere && name === "thread" && address === threadIn(id, seq))
  );
}
