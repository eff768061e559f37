/** Where one is: the hash of the address. Two panes have a place each; on a phone the one last gone to is in front. */

import { computed, signal } from "@preact/signals-core";
import { directWith, peerOf } from "../../state/conversations.js";

/** @typedef {{pane: "side"|"main", name: "chats"|"people"|"settings"|"profile"|"conversation"|"person", id: string}} Place */

const SIDE = new Set(["people", "settings", "profile"]);

/** What an address means; anything unknown is the list. @param {string} hash @returns {Place} */
export function readPlace(hash) {
  const [, name = "", id = ""] = hash.split("/");
  if (name === "c" && id) return { pane: "main", name: "conversation", id };
  if (name === "p" && id) return { pane: "main", name: "person", id };
  const side = /** @type {Place["name"]} */ (SIDE.has(name) ? name : "chats");
  return { pane: "side", name: side, id: "" };
}

/** Written out for links. @param {string} conversation */
export const conversationHref = (conversation) => `#/c/${conversation}`;
/** @param {string} person */
export const writeHref = (person) => conversationHref(directWith(person));
/** @param {string} person */
export const personHref = (person) => `#/p/${person}`;
/** The card of who one talks with. @param {string} conversation */
export const peerHref = (conversation) => personHref(peerOf(conversation));

const NOWHERE = /** @type {Place} */ ({ pane: "main", name: "conversation", id: "" });

export const place = signal(readPlace(location.hash));
const lastSide = signal(place.value.pane === "side" ? place.value : readPlace(""));
const lastMain = signal(place.value.pane === "main" ? place.value : NOWHERE);
export const side = computed(() => lastSide.value);
export const main = computed(() => lastMain.value);

let depth = Number(history.state?.depth ?? 0); // steps taken inside the app: 0 means that back would leave it

function follow() {
  if (history.state?.depth === undefined) history.replaceState({ depth: depth + 1 }, "");
  depth = Number(history.state.depth);
  const now = readPlace(location.hash);
  (now.pane === "side" ? lastSide : lastMain).value = now;
  place.value = now;
}

/** Follows links and the browser's own buttons. @param {AbortSignal} signal */
export function followRoute(signal) {
  history.replaceState({ depth }, "");
  window.addEventListener("popstate", follow, { signal });
  window.addEventListener("hashchange", follow, { signal });
}

/** @param {string} hash */
export function go(hash) {
  if (location.hash !== hash) location.hash = hash;
}

/** One step up: back to where one came from, or to `otherwise` when this page was opened here. */
export function back(otherwise = "#/") {
  if (depth > 0) history.back();
  else location.replace(otherwise);
}

const INVITATION = "parley.invitation";

/**
 * Takes invitation and device code out of the address, so that neither is shared with a copied link. The invitation
 * stays with this tab until somebody has joined: a phone may drop the page while its owner looks at another device.
 */
export function takeInvitation() {
  const fragment = new URLSearchParams(location.hash.slice(1));
  const query = new URLSearchParams(location.search);
  const [invite, code] = [fragment.get("invite") ?? "", query.get("code") ?? ""];
  if (invite || code) history.replaceState(history.state, "", location.pathname);
  try {
    if (invite) sessionStorage.setItem(INVITATION, invite);
    return { invite: invite || (sessionStorage.getItem(INVITATION) ?? ""), code };
  } catch {
    return { invite, code }; // storage refused: it lasts as long as the page
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
