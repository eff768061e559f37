// How much is unread, as numbers and as the words for it. Drawing them is the views'. What one does not want to be called
// for counts apart: in the list it stands in grey, and here it is left out.

import { computed } from "@preact/signals-core";
import { threadIn } from "../protocol/address.js";
import { isFolded } from "./blocks.js";
import { MAX_UNREAD } from "./entries.js";
import { unreadMentions } from "./named.js";
import { level, muted, quiet } from "./preferences.js";
import { byId, conversationIn, world } from "./world.js";

/** How many threads of a conversation with something new call: all, or where nothing is wanted of it, those that name one. @type {(id: string) => import("./world.js").Sig<number>} */
export const threadsCalling = byId((id) => {
  const isHeard = !muted(id).value && level(id).value !== "none";
  const threads = conversationIn(id).value?.threads ?? [];
  return threads.filter(({ mentions }) => isHeard || mentions?.length).length;
});

/**
 * How much of a conversation calls: all its messages but those of people one has blocked, as far as they are loaded; or where
 * it is to be quiet, those that name one; and each thread once.
 * @param {import("./world.js").Conversation} conversation
 */
function callsIn(conversation) {
  const { id, unread: count } = conversation;
  const heard = Math.max(0, count - foldedIn(conversation));
  const said = quiet(id).value ? Math.min(heard, unreadMentions(id).value.length) : heard;
  return said + threadsCalling(id).value;
}

/** How many of the unread messages are folded for who reads: of what counts as unread, no deleted one. @param {import("./world.js").Conversation} conversation */
function foldedIn({ id, unread: count, entries, marks, head }) {
  const { blocked, me } = world.value;
  if (count === 0 || blocked.length === 0) return 0;
  const read = marks[me]?.read ?? 0;
  return entries.filter(
    (one) =>
      one.kind === "message" &&
      one.seq > read &&
      one.seq <= head &&
      !one.deleted &&
      isFolded(one.author, id),
  ).length;
}

const unread = computed(() =>
  Object.values(world.value.conversations)
    .map(callsIn)
    .filter((count) => count > 0),
);

/** Messages and threads that call. */
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

/** The conversations and threads in which something is unread, calling or not. */
export const unreadIds = computed(() =>
  Object.values(world.value.conversations).flatMap(({ id, unread: count, threads }) => [
    ...(count > 0 ? [id] : []),
    ...threads.map(({ thread }) => threadIn(id, thread)),
  ]),
);
