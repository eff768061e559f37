// How much is unread, as numbers and as the words for it. Drawing them is the views'.

import { computed } from "@preact/signals-core";
import { MAX_UNREAD } from "./entries.js";
import { world } from "./world.js";

const unread = computed(() =>
  Object.values(world.value.conversations)
    .map((conversation) => conversation.unread)
    .filter((count) => count > 0),
);

/** Messages. */
export const unreadTotal = computed(() => unread.value.reduce((sum, count) => sum + count, 0));

export const unreadConversations = computed(() => unread.value.length);

/** "" for none, "99+" from 100 on. @param {number} count */
export function badgeText(count) {
  if (count <= 0) return "";
  return count < MAX_UNREAD ? `${count}` : "99+";
}

/** What the window is called. */
export const pageTitle = computed(() => {
  const badge = badgeText(unreadTotal.value);
  return badge ? `(${badge}) Parley` : "Parley";
});
