// What is on the screen: which conversation, whether anybody looks, and where its unread line stands.

import { signal } from "@preact/signals-core";
import { world } from "./world.js";

/** The conversation that is shown, "" for none. */
export const current = signal("");

/** The room that was shown when one was put out of it, or it was turned off; "" for none. */
export const outOf = signal({ conversation: "", title: "" });

/** Whether the page can be seen; told by the views. */
export const visible = signal(true);

/** The line "3 unread" of the conversation that is shown: fixed when it was opened. */
export const unreadLine = signal({ conversation: "", after: 0, count: 0 });

/** @param {string} id puts the unread line where the person had come to */
export function placeUnreadLine(id) {
  const conversation = world.peek().conversations[id];
  const after = conversation?.marks[world.peek().me]?.read ?? 0;
  unreadLine.value = { conversation: id, after, count: conversation?.unread ?? 0 };
}

/** Who writes has read what is above. */
export function dropUnreadLine() {
  unreadLine.value = { conversation: "", after: 0, count: 0 };
}
