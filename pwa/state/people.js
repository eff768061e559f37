// People: their cards, who is here, and one's own card. The directory's log is pulled, not pushed (loading.js).

import { computed, signal } from "@preact/signals-core";
import { wallClock } from "../protocol/clock.js";
import { newNonce } from "../protocol/ids.js";
import { MAX_WATCH } from "../protocol/limits.js";
import { ask, connection } from "./connection.js";
import { serverNow } from "./server-time.js";
import { upload } from "./uploads.js";
import { byId, change, ownId, world } from "./world.js";

/** @typedef {import("./world.js").Person} Person */
/** @typedef {import("./world.js").World} World */
/** @typedef {import("./world.js").Presence} Presence */

const GATHER_MS = 150; // screens change in one go
const NOTHING_SAID = { status: /** @type {const} */ ("available"), text: "", until: 0 };

// -- what events leave ------------------------------------------------------------------------------------------------

/** @param {World} before @param {import("../protocol/types.js").PersonChanged} body @returns {World} */
export function personChanged(before, { person, display_name, about, avatar, host, removed }) {
  return withCards(before, [{ id: person, name: display_name, about, avatar, host, removed }]);
}

/** @param {World} before @param {Person[]} cards @returns {World} */
export function withCards(before, cards) {
  const people = { ...before.people };
  for (const card of cards) people[card.id] = card;
  return { ...before, people };
}

/** @param {World} before @param {{people: Presence[]}} body @returns {World} */
export function presenceChanged(before, { people }) {
  const presence = { ...before.presence };
  for (const one of people) presence[one.person] = one;
  return { ...before, presence };
}

// -- who they are -----------------------------------------------------------------------------------------------------

const cards = computed(() => world.value.people);

/** A person's card; of one nobody told us about, an empty one. */
export const person = byId((id) => cards.value[id] ?? unknown(id));

/** Everybody but oneself and those who were removed, by name. */
export const everyone = computed(() => {
  const others = Object.values(cards.value).filter(({ id }) => id !== ownId.value);
  const here = others.filter(({ removed }) => !removed);
  return here.sort((a, b) => a.name.localeCompare(b.name));
});

let nameless = () => "";

/** From now on people of whom nothing is known are called so: by who knows the language of the page. @param {() => string} say read again wherever a name is */
export function callStrangers(say) {
  nameless = say;
}

/** @param {string} id @returns {Person} */
function unknown(id) {
  return { id, name: nameless(), about: "", avatar: "", host: false, removed: false };
}

/** The address of a person's picture, "" without one. @param {Person} person */
export function avatarUrl({ avatar }) {
  return avatar && `/api/files/${avatar}/thumbnail`;
}

/** A person's colour as a hue, 0 to 359, the same everywhere. @param {string} id */
export function hue(id) {
  let hash = 0;
  for (const letter of id) hash = (hash * 31 + letter.charCodeAt(0)) % 3600;
  return Math.floor(hash / 10);
}

const LETTER = /[\p{L}\p{N}\p{So}]/u; // what a name is known by: a letter, a digit, a picture

/** One or two letters for a name without a picture; brackets and the like only where there is nothing else. @param {string} name */
export function initials(name) {
  const all = name.trim().split(/\s+/u);
  const lettered = all.filter((word) => LETTER.test(word));
  const words = lettered.length ? lettered : all;
  const ends = words.length > 1 ? [words[0], words[words.length - 1]] : words;
  return ends
    .map((word) => [...word].find((one) => LETTER.test(one)) ?? [...word][0] ?? "")
    .join("")
    .toLocaleUpperCase();
}

// -- who is here ------------------------------------------------------------------------------------------------------

/** @type {Set<{ids: string[], directory: boolean}>} */
const screens = new Set();
const watched = signal(/** @type {ReadonlySet<string>} */ (new Set()));
let told = "";
let cancelGather = () => {};

/** How a person is; `known` only while watched and connected. */
export const presence = byId((id) => {
  const found = world.value.presence[id];
  const known = found !== undefined && watched.value.has(id) && connection.value.state === "online";
  const online = known && found.online;
  const said = saidOf(known ? found : undefined);
  return { online, last_seen: found?.last_seen ?? 0, known, ...said, idle: online && found.idle };
});

/** What somebody said of themselves, unless its time is over. @param {Presence} [found] */
export function saidOf(found) {
  const over = !found || (found.until > 0 && found.until <= serverNow());
  const { status, text, until } = over ? NOTHING_SAID : found;
  return { status, text, until };
}

/**
 * These people are on the screen.
 * @param {string[]} ids
 * @param {{directory?: boolean}} [options] `directory`: hear of newcomers too
 * @returns {() => void} call it when they no longer are
 */
export function watchPeople(ids, { directory = false } = {}) {
  const screen = { ids, directory };
  screens.add(screen);
  gather();
  return () => {
    screens.delete(screen);
    gather();
  };
}

function gather() {
  cancelGather();
  cancelGather = wallClock.later(GATHER_MS, async () => heardHead(await tellWatched()));
}

let heardHead = (/** @type {number} */ _head) => {};

/** Who joined while nobody looked is learned of when somebody looks again. @param {(head: number) => void} hear the directory's head; 0 when it was not told */
export function hearHead(hear) {
  heardHead = hear;
}

/**
 * Tells the server who is watched, if that changed, or `anew`. Resolves to the directory's head, 0 if not told.
 * @param {boolean} [anew] on a new connection
 */
export async function tellWatched(anew = false) {
  const people = [...new Set([...screens].flatMap(({ ids }) => ids))].slice(0, MAX_WATCH);
  const directory = [...screens].some((screen) => screen.directory);
  const telling = JSON.stringify([people, directory]);
  if (!anew && telling === told) return 0;
  try {
    /** @type {import("../protocol/types.js").Watched} */
    const answer = await ask("presence.watch", { people, directory });
    told = telling;
    change((before) => presenceChanged(before, answer));
    watched.value = new Set(people);
    return answer.head;
  } catch {
    told = ""; // the next connection tells it anew
    return 0;
  }
}

// -- changing them ----------------------------------------------------------------------------------------------------

/** @param {{display_name?: string, about?: string, avatar?: string}} changes of one's own card */
export async function changeProfile(changes) {
  await ask("profile.change", { nonce: newNonce(), ...changes });
  const { me, people } = world.peek();
  const { display_name: name = people[me].name, ...rest } = changes;
  change((before) => withCards(before, [{ ...people[me], ...rest, name }]));
}

/** @param {Blob} picture @param {(fraction: number) => void} [progress] */
export async function changeAvatar(picture, progress) {
  const name = picture instanceof File ? picture.name : "avatar";
  await changeProfile({ avatar: await upload(picture, name, { progress }) });
}

export function removeAvatar() {
  return changeProfile({ avatar: "" });
}

/** For the host. @param {string} id */
export async function removePerson(id) {
  await ask("person.remove", { nonce: newNonce(), person: id });
  change((before) => withCards(before, [{ ...person(id).peek(), removed: true }]));
}
