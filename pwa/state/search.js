// Looking for messages: what was asked, what was found so far, and going on from there. One finder stands beside the list,
// another in a conversation that is searched.

import { batch, computed, signal } from "@preact/signals-core";
import { wallClock } from "../protocol/clock.js";
import { isBlocked } from "./blocks.js";
import { ask, connection } from "./connection.js";
import { everyone, person, withCards } from "./people.js";
import { byId, change, heldIn, world } from "./world.js";

/** @typedef {import("../protocol/types.js").MessageHit} Hit */
/** @typedef {import("../protocol/types.js").FoundMessages} Answer */
/** @typedef {{text: string, author: string, after: number, before: number, has_file: boolean}} Filters `after` and `before` in ms, 0 for no end */
/** @typedef {Filters & {conversation: string|null}} Question */
/**
 * @typedef {object} Found
 * @property {"idle"|"looking"|"going-on"|"done"|"offline"|"failed"} state
 * @property {Hit[]} hits newest first
 * @property {import("../protocol/types.js").HitPlace|null} more where to go on
 * @property {boolean} partial only the newest were looked through, so far
 * @property {boolean} ready false while the server still makes its index
 * @property {string} failed why, in words
 */

const PAUSE = 250; // ms without a key before the server is asked
const LIMIT = 20; // hits at a time

/** @type {Filters} */
export const NO_FILTERS = { text: "", author: "", after: 0, before: 0, has_file: false };

/** @type {Found} */
const NOTHING = { state: "idle", hits: [], more: null, partial: false, ready: true, failed: "" };

/** Whether that asks for anything. @param {Filters} filters */
export function asksForSomething({ text, author, after, before, has_file }) {
  return Boolean(text.trim() || author || after || before || has_file);
}

/** The day that begins then, and the one after: from a date field's "2026-11-25", 0 when it is empty. @param {string} day */
export function dayStart(day, later = 0) {
  const [year, month, date] = day.split("-").map(Number);
  return year && month && date ? new Date(year, month - 1, date + later).getTime() : 0;
}

/**
 * Who may have said something there, oneself first; "" for anywhere. A large room does not say who is in it, so it is
 * anybody of the house.
 */
export const speakersIn = byId((id) => {
  const { me } = world.value;
  const { room = null, members = id.split(".").slice(1) } = heldIn(world.value, id) ?? {};
  const isAnybody = id === "" || (room !== null && members.length === 0);
  const others = isAnybody ? everyone.value : members.map((one) => person(one).value);
  return [person(me).value, ...others.filter((one) => one.id !== me)];
});

export class Finder {
  #found = signal(NOTHING);
  /** @type {Question|null} */
  #question = null;
  #cancel = () => {};

  /** What was found, without the messages of people one has blocked. */
  found = computed(() => {
    const { hits, ...rest } = this.#found.value;
    return { ...rest, hits: hits.filter(({ author }) => !isBlocked(author).value) };
  });

  /** Asks once nobody has typed for a moment; what was found before stays until then. @param {Question} question */
  ask(question) {
    this.#cancel();
    if (!asksForSomething(question)) return this.clear();
    if (same(question, this.#question) && this.#found.peek().state !== "offline") return undefined;
    this.#question = question;
    this.#now({ state: "looking" });
    this.#cancel = wallClock.later(PAUSE, () => this.#look(question, null));
    return undefined;
  }

  /** The next page, of messages before those. */
  goOn() {
    const { more, state } = this.#found.peek();
    if (!more || !this.#question || state !== "done") return;
    this.#now({ state: "going-on" });
    this.#look(this.#question, more);
  }

  /** Asks once more what could not be answered. */
  again() {
    if (!this.#question || !["offline", "failed"].includes(this.#found.peek().state)) return;
    this.#now({ state: "looking" });
    this.#look(this.#question, null);
  }

  /** Forgets it all. */
  clear() {
    this.#cancel();
    this.#question = null;
    this.#found.value = NOTHING;
  }

  /** @param {Question} question @param {import("../protocol/types.js").HitPlace|null} place */
  async #look(question, place) {
    const asked = { ...question, text: question.text.trim(), older_than: place, limit: LIMIT };
    try {
      if (connection.peek().state !== "online") return this.#now({ ...NOTHING, state: "offline" });
      /** @type {Answer} */
      const answer = await ask("search.find", asked);
      if (question === this.#question) this.#take(answer, place ? this.#found.peek().hits : []);
    } catch (error) {
      if (question !== this.#question) return;
      const lost = connection.peek().state !== "online";
      const failed = /** @type {Error} */ (error).message;
      this.#now(lost ? { ...NOTHING, state: "offline" } : { state: "failed", failed });
    }
  }

  /** @param {Answer} answer @param {Hit[]} before */
  #take({ hits, people, more, partial, ready }, before) {
    const known = new Set(before.map(keyOf));
    const added = hits.filter((hit) => !known.has(keyOf(hit)));
    batch(() => {
      change((now) => withCards(now, people));
      this.#found.value = {
        ...NOTHING,
        state: "done",
        hits: [...before, ...added],
        more,
        partial,
        ready,
      };
    });
  }

  /** @param {Partial<Found>} changes */
  #now(changes) {
    this.#found.value = { ...this.#found.peek(), failed: "", ...changes };
  }
}

/** One of its own among all hits. @param {Hit} hit */
export function keyOf({ conversation, seq }) {
  return `${conversation} ${seq}`;
}

/** @param {Question} one @param {Question|null} other */
function same(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}
