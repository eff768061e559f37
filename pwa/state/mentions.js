// Who is named in a text. In the text a mention is `@Name`, as everybody reads it; beside it stand the people's ids, in
// the order in which they are named. So a text is readable by every client, and a name that changes later still leads to
// its person: names that no longer fit are given, in order, to the @ words that nobody else's name fits.
// One word more may stand for everybody in a room, "@everyone" or what it is in some language; it is kept as it was typed.

import { conversationOf } from "../protocol/address.js";
import { MAX_MENTIONS } from "../protocol/limits.js";
import { isWord } from "./links.js";
import { everyone, person } from "./people.js";
import { memberCount, ownRole, room } from "./rooms.js";
import { byId, conversationIn, world } from "./world.js";

/** @typedef {import("./inline.js").Name} Name */
/** @typedef {import("./world.js").Person} Person */

const FEW = 10; // people: in a room of no more anybody may call all of them (chat/mentions.py)
const WORD = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}_-]*/u;

/**
 * The others of a conversation: whom a message there may name. A large room does not say who is in it, so it is anybody
 * of the house; the server leaves out who is not there.
 */
export const membersOf = byId((id) => {
  const known = conversationIn(conversationOf(id)).value;
  if (known?.room && known.members.length === 0) return everyone.value;
  return (known?.members ?? conversationOf(id).split(".").slice(1))
    .filter((member) => member !== world.value.me)
    .map((member) => person(member).value)
    .filter(({ removed }) => !removed);
});

/** The people a text names, each once, in order. @param {string} text @param {Person[]} people @returns {string[]} */
export function mentionsIn(text, people) {
  const ids = placesOf(text).map((at) => fitting(text, at, people)?.id ?? "");
  return [...new Set(ids)].filter(Boolean).slice(0, MAX_MENTIONS);
}

/** Whether one may call everybody there: who leads a room, and where few are in it, anybody. @type {(id: string) => import("./world.js").Sig<boolean>} */
export const mayNameEveryone = byId((id) => {
  const place = conversationOf(id);
  if (!room(place).value) return false;
  return memberCount(place).value <= FEW || ownRole(place).value !== "member";
});

/**
 * The word by which a text names everybody, as it stands there; "" if it does not. Somebody of that name comes before.
 * @param {string} text @param {Person[]} people @param {readonly string[]} words
 */
export function everyoneNamedIn(text, people, words) {
  const found = placesOf(text)
    .filter((at) => !fitting(text, at, people))
    .map((at) => ({ at, word: words.find((word) => fits(text, at, word)) }))
    .find(({ word }) => word);
  return found?.word ? text.slice(found.at, found.at + found.word.length) : "";
}

/**
 * How the people a message mentions are called in its text, and by which word everybody is, who is no person.
 * @param {string} text @param {Person[]} mentioned @param {string} [everyone] @returns {Name[]}
 */
export function namesIn(text, mentioned, everyone = "") {
  const all = everyone ? [{ name: everyone, person: "" }] : [];
  if (!mentioned.length) return all;
  const places = placesOf(text).filter((at) => !everyone || !fits(text, at, everyone));
  const here = mentioned.filter((one) => places.some((at) => fitting(text, at, [one])));
  const lost = mentioned.filter((one) => !here.includes(one));
  const words = places
    .filter((at) => !fitting(text, at, here))
    .map((at) => WORD.exec(text.slice(at, at + 64))?.[0] ?? "")
    .filter((word, index, all) => word && all.indexOf(word) === index);
  const renamed =
    words.length === lost.length ? words.map((name, at) => ({ name, person: lost[at].id })) : [];
  return [...here.map(({ id, name }) => ({ name, person: id })), ...renamed, ...all];
}

/**
 * Whom an edited text names: those the message named whose word still stands, however they are called now, and whom else
 * it fits, in order.
 * @param {string} text @param {{text: string, mentions: string[], everyone: string}} said before @param {Person[]} people @returns {string[]}
 */
export function mentionsAfter(text, said, people) {
  const mentioned = said.mentions.map((id) => person(id).peek());
  const named = namesIn(said.text, mentioned, said.everyone).filter((one) => one.person);
  const asThere = named.map((one) => ({ ...person(one.person).peek(), name: one.name }));
  return mentionsIn(text, [...asThere, ...people]);
}

/** Where names may stand: behind each @ that is not within a word. @param {string} text */
function placesOf(text) {
  const places = [];
  for (let at = text.indexOf("@"); at >= 0; at = text.indexOf("@", at + 1))
    if (!isWord(text[at - 1] ?? " ")) places.push(at + 1);
  return places;
}

/** The person whose name stands here, the longest that fits. @param {string} text @param {number} at @param {Person[]} people */
function fitting(text, at, people) {
  const fit = people.filter(({ name }) => name && fits(text, at, name));
  return fit.sort((a, b) => b.name.length - a.name.length).at(0);
}

/** Whether this name stands here, whole. @param {string} text @param {number} at @param {string} name */
function fits(text, at, name) {
  const end = at + name.length;
  const ends = !isWord(String.fromCodePoint(text.codePointAt(end) ?? 32));
  return ends && text.slice(at, end).toLowerCase() === name.toLowerCase();
}
