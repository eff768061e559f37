// Everything the server has told, as one immutable value in one signal. Only apply.js and its like make the next one.

import { computed, signal } from "@preact/signals-core";

/** @typedef {import("../protocol/types.js").PersonCard} Person */
/** @typedef {import("../protocol/types.js").Presence} Presence */
/** @typedef {import("../protocol/types.js").StandingCall} StandingCall */
/** @typedef {import("../protocol/types.js").DeviceCard} DeviceCard */
/** @typedef {import("../protocol/types.js").ClaimAsked} ClaimAsked */
/** @typedef {import("./entries.js").Entry} Entry */
/** @typedef {import("./entries.js").Line} Line */
/** @typedef {{read: number, delivered: number}} Reached */
/** @template T @typedef {import("@preact/signals-core").ReadonlySignal<T>} Sig */

/**
 * A conversation has two layers. The summary (`members`, `marks`, `unread`, `last`, `call`) is as of `head`; a row of the
 * list brings it without a single message. The window (`entries`) holds what is loaded, without a gap from `first` on.
 * @typedef {object} Conversation
 * @property {string} id
 * @property {string} kind
 * @property {string[]} members
 * @property {number} head
 * @property {number} unread others' messages above one's own mark, up to 100
 * @property {Record<string, Reached>} marks by person; of large conversations only one's own
 * @property {Line|null} last the newest thing worth a line in the list
 * @property {StandingCall|null} call
 * @property {Entry[]} entries in order of seq
 * @property {number} first the window begins here
 * @property {boolean} older there is more before `first`
 * @property {boolean} loaded false while it is only a row of the list
 * @property {Targeted[]} late what was said about entries before the window; applied when they are loaded
 */
/** @typedef {{name: string, body: {target: number, [field: string]: any}}} Targeted */
/**
 * @typedef {object} World
 * @property {string} me
 * @property {Record<string, Person>} people
 * @property {Record<string, Presence>} presence of the people who are watched
 * @property {Record<string, Conversation>} conversations
 * @property {Record<string, string[]>} typing the people writing now, by conversation
 * @property {ClaimAsked[]} claims
 * @property {DeviceCard[]} devices one's own, once asked for
 */

/** @param {string} [me] @returns {World} */
export function emptyWorld(me = "") {
  return { me, people: {}, presence: {}, conversations: {}, typing: {}, claims: [], devices: [] };
}

/** @param {string} id @returns {Conversation} */
export function blank(id) {
  const kind = id.split(".")[0];
  const members = kind === "direct" ? id.split(".").slice(1) : [];
  const summary = { id, kind, members, head: 0, unread: 0, marks: {}, last: null, call: null };
  return { ...summary, entries: [], first: 1, older: false, loaded: false, late: [] };
}

export const world = signal(emptyWorld());

/** @param {(before: World) => World} step */
export function change(step) {
  world.value = step(world.peek());
}

/**
 * The world with one conversation replaced.
 * @param {World} before
 * @param {string} id
 * @param {(conversation: Conversation) => Conversation} step
 * @returns {World}
 */
export function withConversation(before, id, step) {
  const conversation = step(before.conversations[id] ?? blank(id));
  return { ...before, conversations: { ...before.conversations, [id]: conversation } };
}

/** A conversation as it is, null if nothing was heard of it. @param {string} id */
export const conversationIn = byId((id) => world.value.conversations[id] ?? null);

/**
 * One computed signal for each id, made once: the same id gives the same signal.
 * @template T
 * @param {(id: string) => T} compute
 * @returns {(id: string) => Sig<T>}
 */
export function byId(compute) {
  /** @type {Map<string, Sig<T>>} */
  const made = new Map();
  return (id) => {
    const known = made.get(id);
    if (known) return known;
    const fresh = computed(() => compute(id));
    made.set(id, fresh);
    return fresh;
  };
}
