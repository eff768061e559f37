// Threads: what is said under one message, beside the conversation. A thread's window is kept under its address, and only
// while it is open; what its first message shows of it comes with the page and moves with every answer.

import { splitAddress, threadIn } from "../protocol/address.js";
import { appended, messageEntry, targeted } from "./entries.js";

/** @typedef {import("./world.js").World} World */
/** @typedef {import("./world.js").Conversation} Conversation */
/** @typedef {import("./entries.js").MessageEntry} MessageEntry */
/** @typedef {import("../protocol/types.js").MessageSent} MessageSent */
/** @typedef {import("../protocol/types.js").MessageDeleted} MessageDeleted */
/** @typedef {import("../protocol/types.js").ThreadCard} ThreadCard */
/** @typedef {import("../protocol/types.js").ThreadNews} ThreadNews */

const MAX_NAMED = 5; // people shown under the first message, as the server counts them

/** A thread in which nobody has said anything. @type {ThreadCard} */
const NOTHING_SAID = {
  count: 0,
  last: 0,
  last_at: 0,
  last_author: "",
  people: [],
  upto: 0,
  follows: false,
  chosen: null,
  read: 0,
};

/** Its first message shows one answer more. @param {Conversation} conversation @param {MessageSent} body @param {string} me @returns {Conversation} */
export function answered(conversation, body, me) {
  return withCard(conversation, "message.sent", body, (card, entry) => ({
    count: (card?.count ?? 0) + 1,
    last: body.seq,
    last_at: body.at,
    last_author: body.author,
    people: [...new Set([...(card?.people ?? []), body.author])].slice(0, MAX_NAMED),
    upto: body.seq,
    follows: (card?.follows ?? false) || hasPart(conversation, entry.author, body, me),
    chosen: card?.chosen ?? null,
    read: card?.read ?? 0,
  }));
}

/**
 * Whether one follows a thread unasked, by who began it and by this answer; as chat/answers.py counts it.
 * @param {Conversation} conversation @param {string} asker @param {MessageSent} body @param {string} me
 */
function hasPart({ kind }, asker, { author, mentions = [] }, me) {
  return kind === "direct" || asker === me || author === me || mentions.includes(me);
}

/** Whether one hears of what is said there: as one chose, else because one has a part in it. @param {ThreadCard|null} card @param {boolean} [began] */
export function follows(card, began = false) {
  return card?.chosen ?? (card?.follows || began);
}

/** Its first message shows one answer fewer. @param {Conversation} conversation @param {MessageDeleted} body @returns {Conversation} */
export function answerTakenBack(conversation, body) {
  const about = { ...body, target: body.thread };
  return withCard(conversation, "message.deleted", about, (card) =>
    card ? { ...card, count: Math.max(0, card.count - 1), upto: body.seq } : null,
  );
}

/**
 * What is said in a thread, and about what was said there, in the window of it that is open: its entries alone, since what
 * happens in the conversation is no line, pin or call of the thread.
 * @param {World} before
 * @param {any} body
 * @param {(thread: Conversation, body: any, me: string) => Conversation} step
 * @returns {World}
 */
export function inThreads(before, body, step) {
  const open = Object.keys(before.threads).filter(
    (address) => splitAddress(address).conversation === body.conversation,
  );
  if (open.length === 0) return before;
  const threads = { ...before.threads };
  for (const address of open) {
    const thread = threads[address];
    threads[address] = { ...thread, entries: step(thread, body, before.me).entries };
  }
  return { ...before, threads };
}

/** An answer in the window of its thread. @param {World} before @param {MessageSent} body @returns {World} */
export function saidThere(before, body) {
  const address = threadIn(body.conversation, body.target ?? 0);
  const thread = before.threads[address];
  if (!body.target || !thread) return before;
  const entries = appended(thread, messageEntry(body));
  const head = Math.max(thread.head, body.seq);
  const follows = thread.card?.follows || hasPart(thread, "", body, before.me);
  const card = { ...NOTHING_SAID, ...thread.card, follows };
  const now = { ...thread, entries, head, card };
  return { ...before, threads: { ...before.threads, [address]: now } };
}

/** Something is new in a thread one follows, or that names one. @param {World} before @param {import("../protocol/types.js").ThreadMoved} body @returns {World} */
export function threadMoved(before, { conversation, thread, last, follows = true, named = false }) {
  return withNews(before, conversation, (news) => {
    const known = news.find((one) => one.thread === thread)?.mentions ?? [];
    const mentions = named ? [...known, last] : known;
    const others = news.filter((one) => one.thread !== thread);
    return [...others, { thread, last, follows, mentions }].sort((a, b) => a.thread - b.thread);
  });
}

/** What was taken back is new to nobody by its naming them. @param {World} before @param {MessageDeleted} body @returns {World} */
export function unnamedThere(before, { conversation, target, thread }) {
  if (!thread) return before;
  return withNewsOf(before, conversation, thread, (news) => {
    return standing({ ...news, mentions: namesOf(news).filter((seq) => seq !== target) });
  });
}

/** One chose to hear of a thread, or not to. @param {World} before @param {import("../protocol/types.js").ThreadFollowed} body @returns {World} */
export function threadFollowed(before, { subject, thread, on }) {
  const after = withNewsOf(before, subject, thread, (news) => standing({ ...news, follows: on }));
  const address = threadIn(subject, thread);
  const open = after.threads[address];
  /** @param {ThreadCard|null} card */
  const chosen = (card) => ({ ...NOTHING_SAID, ...card, chosen: on });
  const threads = open
    ? { ...after.threads, [address]: { ...open, card: chosen(open.card) } }
    : after.threads;
  return withRoot({ ...after, threads }, subject, thread, chosen);
}

/** The answers that name one; a cached one may be older than these. @param {ThreadNews} news @returns {number[]} */
const namesOf = ({ mentions = [] }) => mentions;

/** Who does not follow a thread has only what names them in it. @param {ThreadNews} news @returns {ThreadNews[]} */
function standing(news) {
  if (news.follows) return [news];
  const last = namesOf(news).at(-1);
  return last ? [{ ...news, last }] : [];
}

/** One has read a thread this far, here or on another device. @param {World} before @param {{conversation: string, thread: number, read: number}} body @returns {World} */
export function threadRead(before, { conversation, thread, read }) {
  const after = withNewsOf(before, conversation, thread, (news) =>
    news.last > read ? [{ ...news, mentions: namesOf(news).filter((seq) => seq > read) }] : [],
  );
  return withRoot(after, conversation, thread, (card) =>
    card ? { ...card, read: Math.max(card.read, read) } : card,
  );
}

/** Nothing of its threads is held any more. @param {World} before @param {string} conversation @returns {World} */
export function withoutThreads(before, conversation) {
  const kept = Object.entries(before.threads).filter(
    ([address]) => splitAddress(address).conversation !== conversation,
  );
  return { ...before, threads: Object.fromEntries(kept) };
}

/** Nothing of this thread is held any more. @param {World} before @param {string} address @returns {World} */
export function withoutThread(before, address) {
  const { [address]: _gone, ...threads } = before.threads;
  return { ...before, threads };
}

/**
 * @param {Conversation} conversation
 * @param {string} name
 * @param {any} body
 * @param {(card: ThreadCard|null, entry: MessageEntry) => ThreadCard|null} step
 */
function withCard(conversation, name, body, step) {
  return targeted(conversation, name, body, (entry) => {
    if (entry.kind !== "message" || body.seq <= (entry.thread?.upto ?? 0)) return entry;
    return { ...entry, thread: step(entry.thread, entry) };
  });
}

/**
 * The card under a message of the window, if that is there.
 * @param {World} before
 * @param {string} id
 * @param {number} root
 * @param {(card: ThreadCard|null) => ThreadCard|null} step
 * @returns {World}
 */
function withRoot(before, id, root, step) {
  const known = before.conversations[id];
  const at = known?.entries.findIndex(({ kind, seq }) => kind === "message" && seq === root) ?? -1;
  if (at < 0) return before;
  const entry = /** @type {MessageEntry} */ (known.entries[at]);
  const entries = known.entries.with(at, { ...entry, thread: step(entry.thread ?? null) });
  return { ...before, conversations: { ...before.conversations, [id]: { ...known, entries } } };
}

/**
 * What is new in one thread, if anything is.
 * @param {World} before
 * @param {string} id
 * @param {number} thread
 * @param {(news: ThreadNews) => ThreadNews[]} step
 */
function withNewsOf(before, id, thread, step) {
  return withNews(before, id, (all) =>
    all.flatMap((news) => (news.thread === thread ? step(news) : [news])),
  );
}

/**
 * @param {World} before
 * @param {string} id
 * @param {(news: Conversation["threads"]) => Conversation["threads"]} step
 * @returns {World}
 */
function withNews(before, id, step) {
  const known = before.conversations[id];
  if (!known) return before;
  const threads = step(known.threads);
  return { ...before, conversations: { ...before.conversations, [id]: { ...known, threads } } };
}
