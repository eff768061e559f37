// Walking through a conversation's history: older and newer pages, and jumping to a place, a day, or what is new. However far
// one walks, a bounded window of it is held.

import { batch, signal } from "@preact/signals-core";
import { isThread } from "../protocol/address.js";
import { MAX_PAGE } from "../protocol/limits.js";
import { ask, connection } from "./connection.js";
import { messageAt } from "./fetched.js";
import { loadingOf, noting, open, pageOfThread, whenIdle } from "./loading.js";
import { withPage, withPageAround, withPageBehind } from "./pages.js";
import { MOST, trimmed } from "./window.js";
import { change, heldIn, withConversation, world } from "./world.js";

/** @typedef {import("../protocol/types.js").Events} Page */
/** @typedef {{seq: number}|{at: number}} Wanted a message, or the first thing said at a time (ms) or later */

/** What the reader asked to be shown: the view goes there once it is drawn. `time` tells two askings apart. */
export const sought = signal({ id: "", seq: 0, time: 0 });

/** Loads the page before what is loaded. What failed is asked for again only on a press or a new connection. @param {string} id */
export async function loadOlder(id) {
  const known = heldIn(world.peek(), id);
  if (!known?.older || loadingOf(id).peek().failed) return;
  await noting(id, async () => {
    const page = await pageOf(id, { before: known.first });
    step(id, (before) => withPage(before, known.first, page), "older");
  });
}

/** Loads the page behind what is loaded, where that does not reach the newest. @param {string} id */
export async function loadNewer(id) {
  const known = heldIn(world.peek(), id);
  const last = known?.entries.at(-1)?.seq ?? 0;
  if (!known?.newer || loadingOf(id).peek().failed) return;
  await noting(id, async () => {
    const page = await pageOf(id, { after: last });
    step(id, (before) => withPageBehind(before, last, page), "newer");
  });
}

/** Shows a message or a day, loading what is around it if need be. @param {string} id @param {Wanted} wanted */
export async function jump(id, wanted) {
  const here = "seq" in wanted ? wanted.seq : 0;
  if (holds(id, here)) return seek(id, here);
  await whenIdle(id);
  if (holds(id, here)) return seek(id, here);
  await noting(id, async () => {
    const page = await pageOf(id, "seq" in wanted ? { around: wanted.seq } : { at: wanted.at });
    batch(() => {
      change((before) => withPageAround(before, page));
      seek(id, here || firstSince(id, /** @type {{at: number}} */ (wanted).at));
    });
  });
}

/** Goes back to what is newest, loading it where the window ends before. @param {string} id */
export async function toNewest(id) {
  if (!heldIn(world.peek(), id)?.newer) return;
  await whenIdle(id);
  await noting(id, () => open(id));
}

/**
 * Shows where what is new begins, in a conversation that has more of it than is loaded.
 * @param {string} id
 * @returns {Promise<void>|null} null where that is loaded, or cannot be had
 */
export function toFirstUnread(id) {
  const known = heldIn(world.peek(), id);
  const read = known?.marks[world.peek().me]?.read ?? 0;
  if (!known?.loaded || known.unread === 0 || known.first <= read + 1) return null;
  if (read === 0 && (known.room || isThread(id))) return null; // who comes to a room begins with what is said now
  return connection.peek().state === "online" ? jump(id, { seq: read + 1 }) : null;
}

/** Lets go of what is far from the reader, who is at the end of the log or somewhere above. @param {string} id @param {boolean} atEnd */
export function letGo(id, atEnd) {
  const known = heldIn(world.peek(), id);
  if (known && known.entries.length > MOST) {
    step(id, (before) => before, atEnd ? "newer" : "older");
  }
}

/** @param {string} id @param {number} seq */
function holds(id, seq) {
  return heldIn(world.peek(), id)?.entries.some((entry) => entry.seq === seq) ?? false;
}

/** @param {string} id @param {number} seq */
function seek(id, seq) {
  sought.value = { id, seq, time: sought.peek().time + 1 };
}

/** @param {string} id @param {number} at */
function firstSince(id, at) {
  const entries = heldIn(world.peek(), id)?.entries ?? [];
  return (entries.find((entry) => entry.at >= at) ?? entries.at(-1))?.seq ?? 0;
}

/** @param {string} id @param {object} place @returns {Promise<Page>} */
async function pageOf(id, place) {
  if (isThread(id)) return pageOfThread(id, place);
  return ask("conversation.page", { conversation: id, limit: MAX_PAGE, ...place });
}

/**
 * One step through history: what it brings, and what it lets go of at the other end.
 * @param {string} id
 * @param {(before: import("./world.js").World) => import("./world.js").World} next
 * @param {"older"|"newer"} towards
 */
function step(id, next, towards) {
  change((before) => withConversation(next(before), id, (now) => trimmed(now, towards)));
  askForQuoted(id);
}

/** What is quoted further up is asked for all at once, and is there before a quote is drawn: so none grows in sight. @param {string} id */
function askForQuoted(id) {
  for (const entry of heldIn(world.peek(), id)?.entries ?? [])
    if (entry.kind === "message" && entry.reply) messageAt(id, entry.reply).peek();
}
