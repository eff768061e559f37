// The messages that name one and that one has not read: they call even where a conversation is muted. What names one in a
// thread is new there, and stands with the thread's news.

import { byId, conversationIn, world } from "./world.js";

/** @typedef {import("./world.js").World} World */

const MAX_KEPT = 100; // of a conversation, the newest (chat/mentions.py)

/** Whether a message calls this person, by name or with everybody. @param {import("../protocol/types.js").MessageSent} body @param {string} person */
export function names({ author, mentions = [], everyone = "" }, person) {
  return author !== person && (everyone !== "" || mentions.includes(person));
}

/** Whom one has blocked calls nobody who has. @param {World} before @param {import("../protocol/types.js").MessageSent} body @returns {World} */
export function named(before, body) {
  const { conversation, seq } = body;
  const known = before.mentions[conversation] ?? [];
  const calls = names(body, before.me) && !before.blocked.includes(body.author);
  if (body.target || !calls || known.includes(seq)) return before;
  return withMentions(before, conversation, [...known, seq].slice(-MAX_KEPT));
}

/** What was taken back names nobody. @param {World} before @param {import("../protocol/types.js").MessageDeleted} body @returns {World} */
export function unnamed(before, { conversation, target }) {
  const known = before.mentions[conversation] ?? [];
  if (!known.includes(target)) return before;
  return withMentions(
    before,
    conversation,
    known.filter((seq) => seq !== target),
  );
}

/** As a row tells it, unless newer events were heard. @param {World} before @param {import("../protocol/types.js").Row} row @returns {World} */
export function withMentionsOf(before, { conversation, head, mentions = [] }) {
  if (head < (before.conversations[conversation]?.head ?? 0)) return before;
  return withMentions(before, conversation, mentions);
}

/** @param {World} before @param {string} id @param {number[]} seqs @returns {World} */
function withMentions(before, id, seqs) {
  if (seqs.length === 0 && !(id in before.mentions)) return before;
  return { ...before, mentions: { ...before.mentions, [id]: seqs } };
}

/** Those one has not read, oldest first. @type {(id: string) => import("./world.js").Sig<number[]>} */
export const unreadMentions = byId((id) => {
  const read = conversationIn(id).value?.marks[world.value.me]?.read ?? 0;
  return (world.value.mentions[id] ?? []).filter((seq) => seq > read);
});
