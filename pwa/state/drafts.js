// What is written and not yet sent, one text for each conversation; survives a reload.

import { forgetKept, kept } from "./kept.js";

/** @type {Map<string, import("@preact/signals-core").Signal<string>>} */
let drafts = new Map();

/** The draft of a conversation: read it, write it. @param {string} id */
export function draft(id) {
  const known = drafts.get(id);
  if (known) return known;
  const fresh = kept(`draft.${id}`, "");
  drafts.set(id, fresh);
  return fresh;
}

/** On signing out. */
export function forgetDrafts() {
  for (const one of drafts.values()) one.value = "";
  drafts = new Map();
  forgetKept("draft.");
}
