/** Where one is: the hash of the address. Two panes have a place each; on a phone the one last gone to is in front. */

import { computed, signal } from "@preact/signals-core";
import { splitAddress } from "../../protocol/address.js";
import { directWith, peerOf } from "../../state/conversations.js";
import { clear, followLayers } from "./layers.js";

/** @typedef {"chats"|"people"|"settings"|"profile"|"new-room"|"rooms"|"conversation"|"thread"|"person"|"room"} Name */
/** @typedef {{pane: "side"|"main", name: Name, id: string, seq?: number, at?: number}} Place `seq`: a message in the conversation; `at`: one in its thread */

const SIDE = new Set(["people", "settings", "profile", "new-room", "rooms"]);

/** What an address means; anything unknown is the list. @param {string} hash @returns {Place} */
export function readPlace(hash) {
  const [, name = "", id = "", seq = "", at = ""] = hash.split("/");
  if (name === "c" && id) return { pane: "main", name: "conversation", id, seq: Number(seq) || 0 };
  if (name === "t" && id)
    return { pane: "main", name: "thread", id, seq: Number(seq) || 0, at: Number(at) || 0 };
  if (name === "p" && id) return { pane: "main", name: "person", id };
  if (name === "r" && id) return { pane: "main", name: "room", id };
  const side = /** @type {Place["name"]} */ (SIDE.has(name) ? name : "chats");
  return { pane: "side", name: side, id: "" };
}

/** Written out for links. @param {string} conversation */
export const conversationHref = (conversation) => `#/c/${conversation}`;
/** @param {string} conversation @param {number} seq */
export const messageHref = (conversation, seq) => `${conversationHref(conversation)}/${seq}`;
/** The thread under a message, or an answer in it. @param {string} conversation @param {number} seq @param {number} [at] */
export const threadHref = (conversation, seq, at = 0) =>
  `#/t/${conversation}/${seq}${at ? `/${at}` : ""}`;
/** A conversation, or a thread of one. @param {string} address */
export const addressHref = (address) => {
  const { conversation, thread } = splitAddress(address);
  return thread ? threadHref(conversation, thread) : conversationHref(conversation);
};
/** @param {string} person */
export const writeHref = (person) => conversationHref(directWith(person));
/** @param {string} person */
export const personHref = (person) => `#/p/${person}`;
/** @param {string} room */
export const roomHref = (room) => `#/r/${room}`;
/** The card of who, or what room, one talks with. @param {string} conversation */
export const peerHref = (conversation) =>
  peerOf(conversation) ? personHref(peerOf(conversation)) : roomHref(conversation);

const NOWHERE = /** @type {Place} */ ({ pane: "main", name: "conversation", id: "" });

export const place = signal(readPlace(location.hash));
const lastSide = signal(place.value.pane === "side" ? place.value : readPlace(""));
const lastMain = signal(place.value.pane === "main" ? place.value : NOWHERE);
export const side = computed(() => lastSide.value);
export const main = computed(() => lastMain.value);

let depth = Number(history.state?.depth ?? 0); // steps taken inside the app: 0 means that back would leave it

let address = location.hash;

function follow() {
  if (history.state?.depth === undefined)
    history.replaceState({ ...history.state, depth: depth + 1 }, "");
  depth = Number(history.state.depth);
  if (location.hash === address) return; // only what lay over it has come or gone
  address = location.hash;
  const now = readPlace(location.hash);
  (now.pane === "side" ? lastSide : lastMain).value = now;
  place.value = now;
}

/** Follows links and the browser's own buttons. @param {AbortSignal} signal */
export function followRoute(signal) {
  history.replaceState({ ...history.state, depth }, "");
  followLayers(signal);
  window.addEventListener("popstate", follow, { signal });
  window.addEventListener("hashchange", follow, { signal });
}

/** What lies over the page is put away first. @param {string} hash */
export function go(hash) {
  clear(() => {
    if (location.hash !== hash) location.hash = hash;
  });
}

/** To a place in the main pane, with the list beside it; what was filled in here is done. @param {string} hash */
export function goFromForm(hash) {
  history.replaceState({ depth }, "", "#/");
  lastSide.value = readPlace("");
  go(hash);
}

/** One step up: back to where one came from, or to `otherwise` when this page was opened here. */
export function back(otherwise = "#/") {
  clear(() => {
    if (depth > 0) history.back();
    else location.replace(otherwise);
  });
}

const INVITATION = "parley.invitation";

/**
 * Takes invitation and device codes out of the address, so that none is shared with a copied link: `code` is the
 * installed app's, `device` what another device shows and a camera scanned. The invitation
 * stays with this tab until somebody has joined: a phone may drop the page while its owner looks at another device.
 */
export function takeInvitation() {
  const fragment = new URLSearchParams(location.hash.slice(1));
  const query = new URLSearchParams(location.search);
  const [invite, code] = [fragment.get("invite") ?? "", query.get("code") ?? ""];
  const device = fragment.get("device") ?? "";
  if (invite || code || device) history.replaceState(history.state, "", location.pathname);
  try {
    if (invite) sessionStorage.setItem(INVITATION, invite);
    return { invite: invite || (sessionStorage.getItem(INVITATION) ?? ""), code, device };
  } catch {
    return { invite, code, device }; // storage refused: it lasts as long as the page
  }
}

/** It has done its work: who signs out here later needs another. */
export function forgetInvitation() {
  try {
    sessionStorage.removeItem(INVITATION);
  } catch {
    // storage refused: nothing was kept
  }
}
