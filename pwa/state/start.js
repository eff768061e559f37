// The order in which a page comes to life: what the cache holds, who we are, the link; and what keeps the cache up to date.

import { computed, effect, signal, untracked } from "@preact/signals-core";
import { wallClock } from "../protocol/clock.js";
import { openCache } from "./cache.js";
import { forgetAims } from "./composing.js";
import { connect, connection, disconnect, iceServers, nudge } from "./connection.js";
import { forgetDrafts } from "./drafts.js";
import { forgetFavourites } from "./favourites.js";
import { beginLeaving, forgetOnDevice, leaving, takeWord } from "./leaving.js";
import { epoch, forget, listed, recall, receive, resume, toKeep } from "./loading.js";
import { outbox, pending, shelfInMemory } from "./outbox.js";
import { heardRetention } from "./retention.js";
import { visible } from "./screen.js";
import { heardTime } from "./server-time.js";
import { checkSession, remembered, session, signedOut } from "./session.js";
import { askOwnership, hearTabs, owner, tellTabs } from "./tabs.js";
import { keepNotesOn, loadNotes } from "./unsent.js";
import { forgetWishes, keepWishesOn, loadWishes } from "./wishes.js";
import { world } from "./world.js";

export { nudge };

const SAVE_AFTER_MS = 300; // gathered, but never put off: a phone may be closed at any moment
const ASK_AGAIN_MS = 5000;

/** Whether the cache was read. */
export const ready = signal(false);

/** @type {import("./cache.js").Cache|null} */
let cache = null;
/** @type {(() => void)|null} */
let cancelSave = null;

/** Shows what is kept, asks who we are, and connects. */
export async function start() {
  askOwnership();
  cache = await openCache();
  await recallAll();
  ready.value = true;
  effect(whenIdentityChanges);
  effect(whenWorldChanges);
  effect(whenSenderChanges);
  hearTabs(heardTab);
  await whoAreWe();
}

/** Whether anybody looks at the page: told by the views. @param {boolean} now */
export function setVisible(now) {
  visible.value = now;
  if (!now) return save();
  nudge();
  loadNotes(); // another tab may have ended in the middle of one
}

async function recallAll() {
  const kept = await cache?.read().catch(() => null);
  outbox.parts.shelf = cache?.outbox ?? shelfInMemory();
  keepNotesOn(cache?.recordings ?? null);
  keepWishesOn(cache?.wishes ?? null);
  const word = takeWord();
  if (word?.state === "signed-out") signedOut(word.reason, word.open);
  if (word) return; // nothing is kept here, or it is not ours to show
  if (!kept?.who) return;
  remembered(kept.who);
  recall(kept);
  loadNotes();
  loadWishes();
  await outbox.load();
}

/** Goes on asking while there is no network; meanwhile the page shows what the cache holds. */
async function whoAreWe() {
  try {
    await checkSession();
  } catch {
    if (session.peek().state === "unknown") wallClock.later(ASK_AGAIN_MS, whoAreWe);
  }
}

const identity = computed(() => `${session.value.me} ${session.value.device}`.trim());

let was = "";

function whenIdentityChanges() {
  const isIn = identity.value !== "";
  const { me } = session.peek();
  untracked(() => {
    disconnect();
    if (was && was !== me) leave();
    was = me;
    if (isIn && !leaving.peek()) connect({ hello, event: receive, signedOut: askedToLeave });
  });
}

/** @param {import("../protocol/types.js").Hello} greeting */
function hello(greeting) {
  if (greeting.person !== session.peek().me) return heardTab("signed-out"); // another tab is somebody else now
  heardTime(greeting);
  iceServers.value = /** @type {any} */ (greeting.ice_servers);
  heardRetention(greeting);
  if (epoch && greeting.epoch !== epoch) forgetWishes(); // its messages may be numbered otherwise
  resume(greeting);
}

function askedToLeave() {
  checkSession().catch(() => signedOut("signed-out"));
}

/** Nothing of a person stays behind on a device that is signed out, or that is another's now. */
async function leave() {
  beginLeaving(session.peek());
  cancelSave?.();
  cancelSave = null;
  forget();
  forgetAims();
  forgetDrafts();
  forgetFavourites();
  forgetWishes();
  listed.value = false;
  pending.value = [];
  await cache?.clear({ all: true }).catch(() => {});
  await outbox.load();
  await forgetOnDevice();
  tellTabs("signed-out");
  leaving.value = "done";
}

/** @param {"outbox"|"recordings"|"signed-out"} what */
function heardTab(what) {
  if (what === "outbox") outbox.load();
  else if (what === "recordings") loadNotes();
  else if (session.peek().state === "signed-in") checkSession().catch(() => {});
}

/** One tab sends, while there is a connection. */
function whenSenderChanges() {
  if (!owner.value || connection.value.state !== "online") return outbox.shut();
  outbox.open();
  loadWishes(); // of tabs that are closed by now
}

function whenWorldChanges() {
  if (!world.value.me || !owner.value || cancelSave) return;
  cancelSave = wallClock.later(SAVE_AFTER_MS, save);
}

function save() {
  cancelSave?.();
  cancelSave = null;
  const { state, device } = session.peek();
  if (state !== "signed-in" || !owner.peek() || !epoch) return;
  cache?.write(toKeep(device)).catch(() => {}); // full: the server has it all
}
