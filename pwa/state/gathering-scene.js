// What is heard and seen of the others in a call of a room: how they take part, what comes from them, who knocks and cheers.

import { signal } from "@preact/signals-core";
import { allowedIn } from "./gathering-asking.js";

/** @typedef {import("./gathering.js").Seat} Seat */
/** @typedef {import("./gathering.js").Cheer} Cheer */
/** @typedef {import("../protocol/types.js").Floor} Floor */
/** @typedef {import("../call/unit-peer.js").Remote} Remote */
/** @typedef {Partial<Record<string, MediaStream>>} Streams by source */
/** @template T @typedef {import("@preact/signals-core").Signal<T>} Sig */

const FORGET = 25_000; // ms after which somebody who knocks no more is gone
const CHEER = 4000; // ms that an emoji floats
const CHEERS = 20; // at a time

/** @type {Floor} */
const NO_FLOOR = { muted: false, camera: false, sharing: false, hand: 0, asks: [], line: "" };

/** What is said to be seen of the others. @param {Record<string, number>} heights device px by "device source" */
export function shownOf(heights) {
  return Object.entries(heights).map(([key, height]) => {
    const [device, source] = key.split(" ");
    return { device, source, height: Math.min(10_000, Math.max(0, Math.round(height))) };
  });
}

export class Scene {
  /** @type {Sig<Record<string, Floor>>} by device */ #floors = signal({});
  /** @type {Sig<Record<string, Streams>>} by device */ #streams = signal({});
  /** @type {Sig<Record<string, string[]>>} which videos come, by device; not named: not known */ #videos =
    signal({});
  #speaker = signal("");
  /** @type {Sig<string[]>} */ #knocking = signal([]);
  /** @type {Sig<Cheer[]>} */ #cheers = signal([]);
  #later;
  #cheered = 0;

  /** @param {(key: string, ms: number, callback: () => void) => void} later under a key, set anew each time */
  constructor(later) {
    this.#later = later;
  }

  /** People who wait in the lobby. */
  get knocking() {
    return this.#knocking.value;
  }

  get cheers() {
    return this.#cheers.value;
  }

  /** How oneself takes part, noted. A hand that is up was raised when it was first. @param {string} device @param {import("./gathering.js").Own} own @param {number} now ms @returns {Floor} */
  own(device, { muted, camera, sharing, hand, asks, quality }, now) {
    const raised = this.#floors.peek()[device]?.hand || now;
    /** @type {Floor["line"]} */
    const line = quality === "fair" || quality === "poor" ? quality : "";
    const floor = { muted, camera, sharing, hand: hand ? raised : 0, asks, line };
    this.shown({ [device]: floor });
    return floor;
  }

  /** Devices whose own line is weak. */
  weak() {
    const floors = Object.entries(this.#floors.peek());
    return floors.filter(([, { line }]) => line).map(([device]) => device);
  }

  /** @param {Record<string, Floor>} floors by device */
  shown(floors) {
    this.#floors.value = { ...this.#floors.peek(), ...floors };
  }

  /** @param {string} device "" for nobody */
  spoke(device) {
    this.#speaker.value = device;
  }

  /** @param {string} device @param {string[]} sources */
  sends(device, sources) {
    this.#videos.value = { ...this.#videos.peek(), [device]: sources };
  }

  /** @param {string} person */
  knocked(person) {
    this.answered(person);
    this.#knocking.value = [...this.#knocking.peek(), person];
    this.#later(`knock ${person}`, FORGET, () => this.answered(person));
  }

  /** They wait no longer. @param {string} person */
  answered(person) {
    this.#knocking.value = this.#knocking.peek().filter((one) => one !== person);
  }

  /** @param {{person: string, emoji: string}} cheer */
  cheered({ person, emoji }) {
    this.#cheered += 1;
    const key = this.#cheered;
    this.#cheers.value = [...this.#cheers.peek(), { person, emoji, key }].slice(-CHEERS);
    this.#later(`cheer ${key}`, CHEER, () => {
      this.#cheers.value = this.#cheers.peek().filter((one) => one.key !== key);
    });
  }

  /** All that comes now. A stream stays the same one as long as its track does. @param {Remote[]} list */
  receive(list) {
    const before = this.#streams.peek();
    /** @type {Record<string, Streams>} */
    const streams = {};
    for (const { device, source, track } of list) {
      const known = before[device]?.[source];
      const stream = known?.getTracks()[0] === track ? known : new MediaStream([track]);
      streams[device] = { ...streams[device], [source]: stream };
    }
    this.#streams.value = streams;
  }

  /** One in the call. @param {{person: string, device: string}} attendee @param {boolean} mine @param {MediaStream|null} local @returns {Seat} */
  seat({ person, device }, mine, local) {
    const floor = { ...NO_FLOOR, ...this.#floors.value[device] };
    const streams = this.#streams.value[device] ?? {};
    const sent = this.#videos.value[device];
    const comes = (/** @type {string} */ source) => !sent || sent.includes(source);
    const speaking = this.#speaker.value === device && !floor.muted;
    const own = { camera: local, screen: null, sound: null, screenSound: null };
    const theirs = {
      camera: (comes("camera") && streams.camera) || null,
      screen: (comes("screen") && streams.screen) || null,
      sound: streams.microphone ?? null,
      screenSound: streams["screen-sound"] ?? null,
    };
    return { person, device, mine, floor, speaking, ...(mine ? own : theirs) };
  }

  /** The call as it is shown; whoever is about to come in has a seat already. @param {import("./gathering.js").Own|null} own @param {Pick<import("./gathering.js").House, "standing"|"self">} house @returns {import("./gathering.js").Gathering|null} */
  view(own, house) {
    if (!own) return null;
    const standing = house.standing.value.find((one) => one.on.call === own.call);
    const { me, device } = house.self();
    const leads = standing?.leads ?? false;
    const there = standing?.on.attendees ?? [];
    const comes = own.phase === "joining" && there.every((one) => one.device !== device);
    const seats = [...there, ...(comes ? [{ person: me, device }] : [])].map((one) =>
      this.seat(one, one.device === device, own.local),
    );
    const may = allowedIn(standing, me);
    const { knocking, cheers } = this;
    return { ...own, leads, may, seats, knocking: leads ? knocking : [], cheers };
  }

  clear() {
    this.#floors.value = {};
    this.#streams.value = {};
    this.#videos.value = {};
    this.#speaker.value = "";
    this.#knocking.value = [];
    this.#cheers.value = [];
  }
}
