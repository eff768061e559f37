// Voice messages that were recorded and not sent, one in sight a conversation at most. While one speaks they are kept on
// disk piece by piece, so a reload, a closed tab or a crash leaves what was said until then, as a draft.

import { signal } from "@preact/signals-core";
import { newNonce } from "../protocol/ids.js";
import { noteOf } from "./recorded.js";
import { holdRecording, recordingsHeld, tellTabs } from "./tabs.js";
import { byId } from "./world.js";

/** @typedef {import("./recorded.js").Note} Note */
/** @typedef {import("./recorded.js").Row} Row */
/**
 * @typedef {object} Shelf
 * @property {() => Promise<Row[]>} all in order of recording and piece
 * @property {(row: Row) => Promise<unknown>} put one more piece
 * @property {(row: Row) => Promise<unknown>} settle this row alone, instead of all its recording's pieces
 * @property {(id: string) => Promise<unknown>} remove a recording, every piece
 */

const notes = signal(/** @type {Record<string, Note>} */ ({}));

/** @type {Shelf|null} null where storage is refused */
let shelf = null;

/** @type {Set<string>} by id: in sight, and not on the shelf or not yet */
const unkept = new Set();

/** @type {Set<string>} by id: out of sight for good, though a slow reading of the shelf may still show them */
const taken = new Set();

/** @type {Map<string, () => void>} by id, what other tabs are not to show yet: how it is let go */
const held = new Map();

/** @type {(conversation: string) => import("./world.js").Sig<Note|null>} */
export const noteIn = byId((conversation) => notes.value[conversation] ?? null);

/** Whether any would be lost with the page. */
export const hasUnkept = () => Object.values(notes.peek()).some(({ id }) => unkept.has(id));

/** Where they are kept from now on. @param {Shelf|null} those */
export function keepNotesOn(those) {
  shelf = those;
}

/** Shows what the shelf has: left behind by an earlier page, or by another tab. What is still being recorded is not a draft yet. */
export async function loadNotes() {
  const before = new Set(Object.values(notes.peek()).map(({ id }) => id));
  const goingOn = await recordingsHeld();
  const rows = await shelf?.all().catch(() => null);
  if (!rows) return;
  /** @type {[string, Note][]} */
  const found = [];
  for (const those of recordings(rows)) {
    const [{ id, conversation }] = those;
    const shown = notes.peek()[conversation];
    const known = shown?.id === id ? shown : null;
    if (known || !goingOn.has(id)) found.push([conversation, known ?? (await noteOf(those))]);
  }
  const stays = ({ id = "" }) => unkept.has(id) || !before.has(id); // not on the shelf when it was read
  const here = Object.entries(notes.peek()).filter(([, note]) => stays(note));
  const there = found.filter(([, { id }]) => !taken.has(id)).reverse(); // of two the older is shown first
  notes.value = Object.fromEntries([...there, ...here]);
}

/** The rows of each recording, the oldest recording first. @param {Row[]} rows @returns {Row[][]} */
function recordings(rows) {
  /** @type {Map<string, Row[]>} */
  const all = new Map();
  for (const row of rows) all.set(row.id, [...(all.get(row.id) ?? []), row]);
  return [...all.values()].sort(([one], [other]) => one.begun - other.begun);
}

/**
 * A recording that goes on: its pieces are kept as they come, until it is a note, or forgotten.
 * @param {string} conversation
 * @param {number} begun this device's clock
 */
export function beginPieces(conversation, begun) {
  const id = newNonce();
  held.set(id, holdRecording(id));
  let at = 0;
  /** @param {Blob} blob @param {number} ms how long it all is with it @param {number[]} levels how loud this piece is */
  const add = (blob, ms, levels) => {
    shelf?.put({ id, at, conversation, begun, blob, ms, levels }).catch(() => {}); // full: the page has it
    at += 1;
  };
  return { id, begun, add };
}

/** Kept to be heard, sent or thrown away later. @param {string} conversation @param {Note} note */
export async function keepNote(conversation, note) {
  const { id, begun, file, voice } = note;
  unkept.add(id);
  notes.value = { ...notes.peek(), [conversation]: note };
  const ms = voice.milliseconds;
  const settled = shelf?.settle({
    id,
    at: 0,
    conversation,
    begun,
    blob: file,
    ms,
    levels: [],
    voice,
  });
  await settled?.then(() => unkept.delete(id)).catch(() => {}); // full: it lasts as long as the page
  letGo(id);
}

/** The other tabs may show it, or no longer. @param {string} id */
function letGo(id) {
  held.get(id)?.();
  held.delete(id);
  tellTabs("recordings");
}

/** Out of sight; it stays on the shelf until it is forgotten. @param {string} conversation @returns {Note|null} what it was */
export function takeNote(conversation) {
  const { [conversation]: note = null, ...rest } = notes.peek();
  if (!note) return null;
  taken.add(note.id);
  notes.value = rest;
  return note;
}

/** It was sent, or thrown away. @param {string} id */
export async function forgetNote(id) {
  taken.add(id);
  await shelf?.remove(id).catch(() => {});
  letGo(id);
  await loadNotes(); // another one may wait in that conversation
}

/** On signing out; the shelf is emptied with the cache. */
export function dropNotes() {
  for (const { id } of Object.values(notes.peek())) taken.add(id);
  notes.value = {};
}
