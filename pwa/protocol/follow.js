// The gap rule: "I have N and got N+2, give me N+1". Every conversation's events are applied in order, once, none missing.
// Live events above a gap wait; what is missing is pulled, what is on the screen first; far behind or unknown loads afresh.

import { Refused } from "./errors.js";
import { MAX_BEHIND } from "./limits.js";

/** @typedef {import("./clock.js").Clock} Clock */
/** @typedef {{name: string, body: {conversation: string, seq: number, [field: string]: any}}} LoggedEvent */
/** @typedef {{head: number, last: number, more: boolean, events: LoggedEvent[]}} Pulled */
/**
 * Where we stand in one conversation: applied up to `have`, and the server has come to `head`, as far as we know.
 * @typedef {{have: number, head: number, waiting: Map<number, LoggedEvent>, busy: boolean}} Place
 */
/**
 * @typedef {object} Parts
 * @property {(conversation: string, after: number) => Promise<Pulled>} pull
 * @property {(conversation: string) => Promise<void>} open loads afresh and ends in `stand`
 * @property {(events: LoggedEvent[], live: boolean) => void} apply in order, of one conversation
 * @property {() => string} onScreen the conversation to serve first
 * @property {Clock} clock
 */

const MAX_WAITING = 500; // live events kept above a gap; the rest is pulled
const AT_ONCE = 3; // conversations pulled at the same time
const STUCK_MS = 1000;
const NOT_OURS = new Set(["not-found", "not-allowed"]);

export class Follower {
  /** @type {Map<string, Place>} */
  #places = new Map();
  #busy = 0;

  /** @param {Parts} parts */
  constructor(parts) {
    this.parts = parts;
  }

  /** What is applied of a conversation; undefined if it is unknown. @param {string} conversation */
  have(conversation) {
    return this.#places.get(conversation)?.have;
  }

  /** We hold all of this conversation up to `have`: from the cache, an opening, or a row of the list. @param {string} conversation @param {number} have */
  stand(conversation, have) {
    const before = this.#places.get(conversation);
    const waiting = before?.waiting ?? new Map();
    const place = {
      have,
      head: Math.max(have, before?.head ?? 0),
      waiting,
      busy: before?.busy ?? false,
    };
    this.#places.set(conversation, place);
    this.#drain(place);
    this.pump();
  }

  /** The server has come so far. @param {string} conversation @param {number} head */
  moved(conversation, head) {
    const place = this.#place(conversation);
    place.head = Math.max(place.head, head);
    this.pump();
  }

  /** A live event. @param {LoggedEvent} event */
  hear(event) {
    const { conversation, seq } = event.body;
    const place = this.#place(conversation);
    place.head = Math.max(place.head, seq);
    if (place.waiting.size < MAX_WAITING) place.waiting.set(seq, event);
    this.#drain(place);
    this.pump();
  }

  /** One is no longer in this conversation. @param {string} conversation */
  forget(conversation) {
    this.#places.delete(conversation);
  }

  /** Nothing is known any more: the server's store is another one. */
  clear() {
    this.#places.clear();
  }

  /** Fetches what is missing. Call it when a connection stands. */
  pump() {
    const behind = [...this.#places].filter(([, place]) => !place.busy && place.have < place.head);
    const shown = this.parts.onScreen();
    behind.sort(([a], [b]) => Number(b === shown) - Number(a === shown));
    for (const [conversation, place] of behind) {
      if (this.#busy >= AT_ONCE) return;
      this.#fetch(conversation, place);
    }
  }

  /** @param {string} conversation @returns {Place} */
  #place(conversation) {
    const known = this.#places.get(conversation);
    if (known) return known;
    const place = { have: 0, head: 0, waiting: new Map(), busy: false };
    this.#places.set(conversation, place);
    return place;
  }

  /** Applies what follows without a gap. @param {Place} place */
  #drain(place) {
    const ready = [];
    for (const seq of place.waiting.keys()) if (seq <= place.have) place.waiting.delete(seq);
    for (let event = place.waiting.get(place.have + 1); event; ) {
      place.waiting.delete(++place.have);
      ready.push(event);
      event = place.waiting.get(place.have + 1);
    }
    if (ready.length > 0) this.parts.apply(ready, true);
  }

  /** @param {string} conversation @param {Place} place */
  async #fetch(conversation, place) {
    const before = place.have;
    place.busy = true;
    this.#busy += 1;
    const error = await this.#load(conversation, place).then(
      () => null,
      (reason) => reason,
    );
    this.#busy -= 1;
    const now = this.#places.get(conversation);
    if (now) now.busy = false;
    if (error instanceof Refused && NOT_OURS.has(error.code)) this.#places.delete(conversation);
    else if (error instanceof Refused) this.#pumpLater();
    else if (error)
      return; // lost: the next resume pumps
    else if (now?.have === before) this.#pumpLater();
    else this.pump();
  }

  #pumpLater() {
    this.parts.clock.later(STUCK_MS, () => this.pump());
  }

  /** @param {string} conversation @param {Place} place */
  async #load(conversation, place) {
    const isNew = place.have === 0 && !place.waiting.has(1);
    if (isNew || place.head - place.have > MAX_BEHIND) return this.parts.open(conversation);
    const { events, head, last } = await this.parts.pull(conversation, place.have);
    if (this.#places.get(conversation) !== place) return; // opened afresh meanwhile
    const fresh = events.filter(({ body }) => body.seq > place.have);
    place.have = Math.max(place.have, last);
    place.head = Math.max(place.head, head);
    if (fresh.length > 0) this.parts.apply(fresh, false);
    this.#drain(place);
  }
}
