// A call of a room that rings here: from when this page heard that it began, or that one was called into it, until one is in
// it on any device, said no, or 45 s are over. It is joined like any other; nobody waits for an answer.

import { computed, effect, signal } from "@preact/signals-core";
import { RING } from "./gatherings.js";

/** @typedef {import("./gathering.js").Standing} Standing */
/** @typedef {{conversation: string, call: string, by: string, named: boolean, video: boolean}} Ringing `named`: not everybody is called, but one by name */
/** @typedef {{call: string, by: string, at: number, named: boolean}} Ring */

/** What of a call may ring for somebody. @param {import("../protocol/types.js").GroupCall} on @param {string} me @returns {Ring[]} */
function ringsOf({ call, began, at, ring, called }, me) {
  const own = called.filter(({ person }) => person === me);
  return [
    ...(ring ? [{ call, by: began, at, named: false }] : []),
    ...own.map((one) => ({ call, by: one.by, at: one.at, named: true })),
  ];
}

export class RoomRing {
  #house;
  /** What rings, as far as time and one's own no tell. @type {import("@preact/signals-core").Signal<Ring|null>} */
  #now = signal(/** @type {Ring|null} */ (null));
  /** @type {Set<string>} */ #known = new Set(); // each ring once
  #stop = () => {};

  /**
   * @param {Pick<import("./gathering.js").House, "ask"|"hear"|"standing"|"self"|"later"|"now">
   *   & {busy: import("@preact/signals-core").ReadonlySignal<boolean>, isBlocked: (person: string) => boolean}} house
   *   `busy`: in a call, or called
   */
  constructor(house) {
    this.#house = house;
  }

  /** The call that asks for one, whatever one is doing. @type {import("@preact/signals-core").ReadonlySignal<Ringing|null>} */
  #asks = computed(() => {
    const { standing, self } = this.#house;
    const { me } = self();
    const now = this.#now.value;
    const found = standing.value.find(({ on }) => on.call === now?.call);
    if (!now || !found || found.on.attendees.some(({ person }) => person === me)) return null;
    const { call, by, named } = now;
    return { conversation: found.conversation, call, by, named, video: found.on.video };
  });

  /** The one that rings. */
  ringing = computed(() => (this.#house.busy.value ? null : this.#asks.value));

  /** The one that would ring if one were not in a call. */
  waiting = computed(() => (this.#house.busy.value ? this.#asks.value : null));

  /** Begin to follow. @param {AbortSignal} until */
  begin(until) {
    const { hear, standing } = this.#house;
    const stops = [
      hear("call.declined", ({ call }) => this.#silence(call)),
      effect(() => {
        for (const one of standing.value) this.#look(one);
      }),
    ];
    until.addEventListener("abort", () => {
      for (const stop of stops) stop();
      this.#stop();
    });
  }

  /** No, on all of one's devices. @param {Pick<Ringing, "conversation"|"call">} which */
  decline({ conversation, call }) {
    this.#silence(call);
    this.#house.ask("call.decline", { conversation, call }).catch(() => {}); // it is over already
  }

  /** One that just began rings; one that a page finds when it is opened late does no more. @param {Standing} standing */
  #look({ on }) {
    const { me } = this.#house.self();
    const isIn = on.attendees.some(({ person }) => person === me);
    if (isIn) this.#silence(on.call); // so that it does not begin again once one has left
    for (const ring of ringsOf(on, me)) {
      const key = `${ring.call} ${ring.at}`;
      if (this.#known.has(key)) continue;
      this.#known.add(key);
      if (!isIn) this.#begin(ring, me);
    }
  }

  /** @param {Ring} ring @param {string} me */
  #begin(ring, me) {
    const age = this.#house.now() - ring.at;
    if (ring.by === me || this.#house.isBlocked(ring.by) || Math.abs(age) > RING) return;
    this.#stop();
    this.#now.value = ring;
    this.#stop = this.#house.later(() => this.#silence(ring.call), RING);
  }

  /** @param {string} call */
  #silence(call) {
    if (this.#now.peek()?.call === call) this.#now.value = null;
  }
}
