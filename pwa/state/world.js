// Everything the server has told, as one immutable value in one signal. Only apply.js and its like make the next one.

import { computed, signal } from "@preact/signals-core";
import { conversationOf, isThread } from "../protocol/address.js";

/** @typedef {import("../protocol/types.js").PersonCard} Person */
/** @typedef {import("../protocol/types.js").Presence} Presence */
/** @typedef {import("../protocol/types.js").StandingCall} StandingCall */
/** @typedef {import("../protocol/types.js").RoomCard} RoomCard */
/** @typedef {import("../protocol/types.js").DeviceCard} DeviceCard */
/** @typedef {import("../protocol/types.js").ClaimAsked} ClaimAsked */
/** @typedef {import("../protocol/types.js").Preference} Preference */
/** @typedef {import("./entries.js").Entry} Entry */
/** @typedef {import("./entries.js").Line} Line */
/** @typedef {{read: number, delivered: number, since?: number}} Reached `since`: up to there all was said before they came */
/** @template T @typedef {import("@preact/signals-core").ReadonlySignal<T>} Sig */

/**
 * A conversation has two layers. The summary (`members`, `marks`, `unread`, `last`, `call`) is as of `head`; a row of the
 * list brings it without a single message. The window (`entries`) holds what is loaded, without a gap from `first` on, to the newest unless `newer`.
 * @typedef {object} Conversation
 * @property {string} id
 * @property {string} kind
 * @property {string[]} members
 * @property {number} head
 * @property {number} unread others' messages above one's own mark, up to 100
 * @property {Record<string, Reached>} marks by person; of large conversations only one's own
 * @property {Line|null} last the newest thing worth a line in the list
 * @property {StandingCall|null} call
 * @property {import("../protocol/types.js").GroupCall|null} gathering the call that goes on in a room
 * @property {number[]} pins the pinned messages, the latest pin last
 * @property {RoomCard|null} room what a room is called and how it is run; null for any other conversation
 * @property {boolean} out one left this room, was removed from it, or it was turned off
 * @property {import("../protocol/types.js").ThreadNews[]} threads with something new to oneself
 * @property {import("../protocol/types.js").ThreadCard|null} card of a thread: what part one has in it; null of all else
 * @property {Entry[]} entries in order of seq
 * @property {number} first the window begins here
 * @property {boolean} older there is more before `first`
 * @property {boolean} newer the window ends before the newest: what comes live is not put behind it
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
 * @property {Record<string, Conversation>} threads the open ones by address, each a window like a conversation's
 * @property {Record<string, string[]>} typing the people writing now, by conversation
 * @property {Record<string, number[]>} mentions the messages of a conversation that name one, read or not, by its id
 * @property {Record<string, Preference>} preferences what was said of a conversation, by its id; see preferences.js
 * @property {ClaimAsked[]} claims
 * @property {DeviceCard[]} devices one's own, once asked for
 * @property {string[]} blocked the people one has blocked, in order of id
 */

/** @param {string} [me] @returns {World} */
export function emptyWorld(me = "") {
  const known = {
    people: {},
    presence: {},
    conversations: {},
    threads: {},
    preferences: {},
    mentions: {},
  };
  return { me, ...known, typing: {}, claims: [], devices: [], blocked: [] };
}

/** @param {string} id @returns {Conversation} */
export function blank(id) {
  const kind = id.split(".")[0];
  const members = kind === "direct" ? id.split(".").slice(1) : [];
  const summary = {
    id,
    kind,
    members,
    head: 0,
    unread: 0,
    marks: {},
    last: null,
    call: null,
    gathering: null,
    pins: [],
    room: null,
    out: false,
    threads: [],
    card: null,
  };
  return { ...summary, entries: [], first: 1, older: false, newer: false, loaded: false, late: [] };
}

export const world = signal(emptyWorld());

/** Oneself. Who asks the world for that is drawn again with all that is told, whoever it is about. */
export const ownId = computed(() => world.value.me);

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
  const place = isThread(id) ? "threads" : "conversations";
  return { ...before, [place]: { ...before[place], [id]: step(before[place][id] ?? blank(id)) } };
}

/** The world without these conversations and their threads. @param {World} before @param {string[]} ids @returns {World} */
export function withoutConversations(before, ids) {
  /** @template T @param {Record<string, T>} held */
  const left = (held) =>
    Object.fromEntries(
      Object.entries(held).filter(([address]) => !ids.includes(conversationOf(address))),
    );
  return { ...before, conversations: left(before.conversations), threads: left(before.threads) };
}

/** A conversation or a thread in the world, null if nothing was heard of it. @param {World} now @param {string} id @returns {Conversation|null} */
export function heldIn(now, id) {
  return (isThread(id) ? now.threads[id] : now.conversations[id]) ?? null;
}

/** The same, followed. */
export const conversationIn = byId((id) => heldIn(world.value, id));

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
