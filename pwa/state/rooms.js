// Rooms: made, changed, found, entered and left; and what one may do in them. What events leave of them is members.js'.

import { newNonce } from "../protocol/ids.js";
import { ask } from "./connection.js";
import { rightsIn } from "./gathering-rights.js";
import { EVERYONE } from "./members.js";
import { everyone } from "./people.js";
import { upload } from "./uploads.js";
import { byId, conversationIn, world } from "./world.js";

/** @typedef {import("./world.js").RoomCard} RoomCard */
/** @typedef {"owner"|"moderator"|"member"} Role */
/** @typedef {import("../protocol/types.js").Written} Written */
/** @typedef {import("../protocol/types.js").FoundRooms} FoundRooms */
/** @typedef {import("../protocol/types.js").LookedAt} LookedAt */
/** @typedef {import("../protocol/types.js").Members} Members */
/** @typedef {Partial<Pick<RoomCard, "title"|"topic"|"picture"|"public"|"announcements"|"history">>} Card */

/** What a room is called and how it is run, null while nothing is known of it. @type {(id: string) => import("./world.js").Sig<RoomCard|null>} */
export const room = byId((id) => conversationIn(id).value?.room ?? null);

/** One's own part in a room. @type {(id: string) => import("./world.js").Sig<Role>} */
export const ownRole = byId((id) => {
  const card = room(id).value;
  return card ? roleOf(card, world.value.me) : "member";
});

/** @param {RoomCard} card @param {string} id of a person @returns {Role} */
export function roleOf({ conversation, owner, moderators }, id) {
  if (conversation === EVERYONE) return world.value.people[id]?.host ? "owner" : "member";
  if (id === owner) return "owner";
  return moderators.includes(id) ? "moderator" : "member";
}

/** How many are in it; "Everyone" is told no number, and counts the house. @type {(id: string) => import("./world.js").Sig<number>} */
export const memberCount = byId((id) =>
  id === EVERYONE ? everyone.value.length + 1 : (room(id).value?.size ?? 0),
);

/** Whether the call that is on in a room keeps one from writing there. @type {(id: string) => import("./world.js").Sig<boolean>} */
export const isHushed = byId((id) => {
  const on = conversationIn(id).value?.gathering;
  return on ? !rightsIn(on, world.value.me, ownRole(id).value !== "member").write : false;
});

/** Whether one may write here. @type {(id: string) => import("./world.js").Sig<boolean>} */
export const mayWrite = byId((id) => {
  if (ownRole(id).value !== "member") return true;
  return !room(id).value?.announcements && !isHushed(id).value;
});

/** @param {Card & {title: string, members: string[]}} card @param {Blob|null} picture @param {(fraction: number) => void} [progress] */
export async function makeRoom(card, picture, progress) {
  const held = picture ? { picture: await upload(picture, nameOf(picture), { progress }) } : {};
  /** @type {Written} */
  const made = await ask("room.create", { nonce: newNonce(), ...card, ...held });
  return made.conversation;
}

/** @param {string} conversation @param {Card & {closed?: boolean}} changes */
export function changeRoom(conversation, changes) {
  return ask("room.change", { nonce: newNonce(), conversation, ...changes });
}

/** @param {string} conversation @param {Blob} picture @param {(fraction: number) => void} [progress] */
export async function changePicture(conversation, picture, progress) {
  const file = await upload(picture, nameOf(picture), { progress });
  await changeRoom(conversation, { picture: file });
}

/** @param {string} conversation @param {string[]} members */
export function addMembers(conversation, members) {
  return ask("member.add", { nonce: newNonce(), conversation, members });
}

/** @param {string} conversation @param {string} id of a person */
export function removeMember(conversation, id) {
  return ask("member.remove", { nonce: newNonce(), conversation, person: id });
}

/** @param {string} conversation @param {string} id of a person @param {Role} role */
export function changeRole(conversation, id, role) {
  return ask("member.change", { nonce: newNonce(), conversation, person: id, role });
}

/** @param {string} conversation */
export function joinRoom(conversation) {
  return ask("room.join", { nonce: newNonce(), conversation });
}

/** @param {string} conversation */
export function leaveRoom(conversation) {
  return ask("room.leave", { nonce: newNonce(), conversation });
}

/** @param {string} query @param {string} [after] @returns {Promise<FoundRooms>} */
export function findRooms(query, after = "") {
  return ask("rooms.find", { query, after });
}

/** One room: public, or one's own. @param {string} conversation @returns {Promise<LookedAt>} */
export function lookAtRoom(conversation) {
  return ask("room.look", { conversation });
}

/** @param {string} conversation @param {string} [after] @returns {Promise<Members>} */
export function listMembers(conversation, after = "") {
  return ask("members.list", { conversation, after });
}

/** @param {Blob} picture */
function nameOf(picture) {
  return picture instanceof File ? picture.name : "room";
}
