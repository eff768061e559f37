// What the box of a conversation is for just now, beside saying something: editing a message, or answering one. Kept as
// drafts are: what is edited lies in the draft, and must not be sent as something new after a reload.

import { draft } from "./drafts.js";
import { forgetKept, kept } from "./kept.js";
import { conversationIn, world } from "./world.js";

/** @typedef {{kind: ""|"edit"|"reply", seq: number, before: string}} Aim `before`: the draft that comes back after an edit */

/** @type {Aim} */
const NOTHING = { kind: "", seq: 0, before: "" };

/** @type {Map<string, import("@preact/signals-core").Signal<Aim>>} */
let aims = new Map();

/** @param {string} id */
export function aim(id) {
  const known = aims.get(id);
  if (known) return known;
  const fresh = kept(`aim.${id}`, NOTHING);
  aims.set(id, fresh);
  return fresh;
}

/** Puts a message's text into the box. @param {string} id @param {{seq: number, text: string}} message */
export function edit(id, { seq, text }) {
  const { kind, before } = aim(id).peek();
  aim(id).value = { kind: "edit", seq, before: kind === "edit" ? before : draft(id).peek() };
  draft(id).value = text;
}

/** What is written next answers this message. @param {string} id @param {number} seq */
export function replyTo(id, seq) {
  drop(id);
  aim(id).value = { kind: "reply", seq, before: "" };
}

/** Back to saying something; what was written before an edit comes back. @param {string} id */
export function drop(id) {
  const { kind, before } = aim(id).peek();
  if (kind === "edit") draft(id).value = before;
  aim(id).value = NOTHING;
}

/** The message that is answered, 0 for none: it is answered once. @param {string} id */
export function takeReply(id) {
  const { kind, seq } = aim(id).peek();
  if (kind !== "reply") return 0;
  drop(id);
  return seq;
}

/** Whether these words are one's own to change. @param {{seq: number, author: string, deleted: boolean, forwarded: string, poll: unknown, voice: unknown}} message */
export function isEditable({ seq, author, deleted, forwarded, poll, voice }) {
  const { me } = world.peek();
  return seq > 0 && author === me && !deleted && !forwarded && !poll && !voice;
}

/** Edits what one said last, if that is loaded. @param {string} id @returns {boolean} whether there was something */
export function editLast(id) {
  const entries = conversationIn(id).peek()?.entries ?? [];
  const last = entries.findLast((entry) => entry.kind === "message" && isEditable(entry));
  if (last?.kind !== "message") return false;
  edit(id, last);
  return true;
}

/** On signing out. */
export function forgetAims() {
  for (const one of aims.values()) one.value = NOTHING;
  aims = new Map();
  forgetKept("aim.");
}
