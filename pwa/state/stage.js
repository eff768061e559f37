// How one looks at the call of a room on this device: all alike or who speaks large, who is pinned, how loud each is.

import { computed, signal } from "@preact/signals-core";
import { gathering } from "./gathering.js";
import { kept } from "./kept.js";

/** @typedef {import("./gathering.js").Seat} Seat */
/** @typedef {import("./gathering.js").Gathering} Gathering */
/** @typedef {{key: string, seat: Seat, source: "camera"|"screen"}} Picture `key` is "device source", as the unit counts them */

/** "grid" or "speaker", kept for the next call. */
export const arrangement = kept("call-arrangement", /** @type {"grid"|"speaker"} */ ("grid"));

/** By person, from 0 to 1; who is not in it is as loud as they come. */
export const volumes = kept("call-volumes", /** @type {Record<string, number>} */ ({}));

/** The key of the picture that stays large, "" for none. */
export const pinned = signal("");

/** Small beside the chat. */
export const minimised = signal(false);

/** @param {string} person */
export const volumeOf = (person) => volumes.value[person] ?? 1;

/** @param {string} person @param {number} volume */
export function setVolume(person, volume) {
  const { [person]: _before, ...others } = volumes.peek();
  volumes.value = volume === 1 ? others : { ...others, [person]: volume };
}

/** @param {string} key */
export function pin(key) {
  pinned.value = pinned.peek() === key ? "" : key;
}

/** Everything there is to see: others' screens first, then everybody in the order they came. @param {Seat[]} seats @returns {Picture[]} */
export function picturesOf(seats) {
  const screens = seats.filter((seat) => seat.floor.sharing && !seat.mine); // one's own would be a hall of mirrors
  return [
    ...screens.map((seat) => picture(seat, "screen")),
    ...seats.map((seat) => picture(seat, "camera")),
  ];
}

/**
 * What is large: who was pinned, else a screen, else in the speaker's view who spoke last, else the first of the others.
 * @param {Picture[]} pictures @param {{pinned: string, arrangement: "grid"|"speaker", spoke: string}} wish `spoke`: a device
 * @returns {Picture|null} null: all alike
 */
export function largeOf(pictures, wish) {
  const held = pictures.find(({ key }) => key === wish.pinned);
  if (held) return held;
  const screen = pictures.find(({ source }) => source === "screen");
  if (screen) return screen;
  if (wish.arrangement === "grid" || pictures.length < 2) return null;
  const faces = pictures.filter(({ seat }) => !seat.mine);
  return faces.find(({ seat }) => seat.device === wish.spoke) ?? faces[0] ?? null;
}

/** Raised hands, the longest up first, then the others as they came. @param {Seat[]} seats @returns {Seat[]} */
export function inHandOrder(seats) {
  const up = seats.filter((seat) => seat.floor.hand > 0);
  const down = seats.filter((seat) => seat.floor.hand === 0);
  return [...up.toSorted((a, b) => a.floor.hand - b.floor.hand), ...down];
}

/** What changed about who is there. @param {Seat[]} before @param {Seat[]} now @returns {{what: "came"|"went"|"raised", person: string}[]} */
export function newsOf(before, now) {
  const people = (/** @type {Seat[]} */ seats) => new Set(seats.map(({ person }) => person));
  const [were, are] = [people(before), people(now)];
  const raised = now.filter(
    (seat) =>
      !seat.mine &&
      seat.floor.hand > 0 &&
      before.some((one) => one.device === seat.device && one.floor.hand === 0),
  );
  return [
    ...[...are].filter((one) => !were.has(one)).map((person) => say("came", person)),
    ...[...were].filter((one) => !are.has(one)).map((person) => say("went", person)),
    ...raised.map(({ person }) => say("raised", person)),
  ];
}

/** Whether this page is in that call, at whichever phase but its end. @param {string} call */
export function isHere(call) {
  const now = gathering.value;
  return now?.call === call && now.phase !== "ended";
}

/** Whether this page is in some call of a room. */
export const isBusy = computed(() => gathering.value !== null && gathering.value.phase !== "ended");

/** @param {Seat} seat @param {"camera"|"screen"} source @returns {Picture} */
function picture(seat, source) {
  return { key: `${seat.device} ${source}`, seat, source };
}

/** @template {string} T @param {T} what @param {string} person */
function say(what, person) {
  return { what, person };
}
