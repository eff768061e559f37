/** What comes in while the page is open calls for attention: a notification, shown by the worker, and a soft sound. */

import { computed, effect, untracked } from "@preact/signals-core";
import { threadIn } from "../../protocol/address.js";
import { unreadIds } from "../../state/badges.js";
import { isBlocked } from "../../state/blocks.js";
import { call } from "../../state/calls.js";
import { connection, hear } from "../../state/connection.js";
import { conversation, current, listed } from "../../state/conversations.js";
import { plainText } from "../../state/formatting.js";
import { ringingRoom } from "../../state/gathering.js";
import { names } from "../../state/named.js";
import { person } from "../../state/people.js";
import { callsAttention } from "../../state/preferences.js";
import { session } from "../../state/session.js";
import { notifications } from "../../state/settings.js";
import { isQuiet } from "../../state/status.js";
import { look, lookedAt, owner, speaker } from "../../state/tabs.js";
import { strings } from "../../strings.js";
import { inARow } from "./locale.js";
import { conversationHref, go, place, threadHref } from "./route.js";
import { pop } from "./sound.js";
import { length } from "./time.js";
import { followWorkerWords } from "./worker-words.js";

/** @typedef {import("../../protocol/types.js").MessageSent} MessageSent */
/** @typedef {{kind: "message"|"ring"|"test", conversation?: string, seq?: number, at?: number, title?: string, author?: string, body?: string, video?: boolean, thread?: number}} Note as sw.js takes it */
/** @typedef {import("../../protocol/types.js").ThreadMoved} ThreadMoved */

const AFTER_MS = 100; // what is gone to is drawn first, and then told

const mayNotify = () => "Notification" in window && Notification.permission === "granted";

/** Shows one by the worker: the only way on Android, and so that it takes the place of one that was pushed. @param {Note} note */
export async function notify(note) {
  if (await tellWorker({ note })) return;
  const hash = hashOf(note);
  const options = {
    body: note.body ?? strings.notice.test,
    tag: hash,
    icon: "/icons/icon-192.png",
  };
  const notice = new Notification(note.title ?? strings.name, options);
  notice.onclick = () => {
    window.focus();
    go(hash);
    notice.close();
  };
}

/** Where it was said. @param {Note} note */
function hashOf({ conversation, thread, seq }) {
  if (!conversation) return "#/settings";
  return thread ? threadHref(conversation, thread, seq) : conversationHref(conversation);
}

/** @param {object} words @returns {Promise<boolean>} whether there is one to tell */
async function tellWorker(words) {
  const worker = (await navigator.serviceWorker?.getRegistration())?.active;
  worker?.postMessage(words);
  return Boolean(worker);
}

/** @param {MessageSent} message @returns {Note} */
function noteOf({ conversation: id, seq, at, author, text, files, voice, target = 0 }) {
  const said = voice
    ? strings.preview.voice(length(Math.round(voice.milliseconds / 1000)))
    : plainText(text) || inARow(files.map((file) => file.name)) || strings.notice.message;
  const { kind, title } = conversation(id).peek();
  const name = person(author).peek().name;
  const who = kind === "room" ? { title: title || name, author: name } : { title: name };
  const place = target ? { conversation: id, thread: target } : { conversation: id };
  return { kind: "message", ...place, seq, at, body: said, ...who };
}

/** What was said in a thread calls only whom the server then tells so: what it was waits here for that. @type {MessageSent|null} */
let answer = null;

/** @param {MessageSent} message */
function said(message) {
  if (message.target) answer = message;
  else void came(message, names(message, session.peek().me));
}

/** @param {ThreadMoved} moved */
function saidThere({ conversation, last }) {
  if (answer?.conversation === conversation && answer.seq === last) void came(answer, true);
}

/** @param {MessageSent} message @param {boolean} mentioned by name, or as somebody who follows its thread */
async function came(message, mentioned) {
  const { conversation: id, author, target = 0 } = message;
  const { me } = session.peek();
  if (author === me || isQuiet() || isBlocked(author).peek()) return;
  if (!callsAttention(id, mentioned)) return;
  const seen = await lookedAt();
  if (seen.includes(id) || (target && seen.includes(threadIn(id, target)))) return;
  if (speaker.peek()) pop();
  if (seen.length === 0 && owner.peek() && notifications.peek() && mayNotify())
    notify(noteOf(message));
}

/** What is in front: a conversation, or on a phone the thread in its place. */
const inFront = computed(() => {
  const { name, id, seq = 0 } = place.value;
  return current.value || (name === "thread" ? threadIn(id, seq) : "");
});

/** Tells the other tabs, and the worker, that this one is looked at. */
function followLooks() {
  const tell = () => {
    const here = document.visibilityState === "visible" && document.hasFocus();
    look(here ? inFront.peek() : null);
  };
  for (const kind of ["focus", "blur", "pageshow", "pagehide"]) window.addEventListener(kind, tell);
  document.addEventListener("visibilitychange", tell);
  let soon = 0;
  effect(() => {
    void inFront.value;
    clearTimeout(soon);
    soon = window.setTimeout(tell, AFTER_MS);
  });
}

/** What is read, here or on another device, needs no notification any more. */
function followReading() {
  const unread = computed(() =>
    listed.value && connection.value.state === "online" ? unreadIds.value.join(" ") : null,
  );
  effect(() => {
    if (unread.value !== null) tellWorker({ unread: unread.value.split(" ") });
  });
}

/** A ring that nobody sees is a notification too; it goes when the ring does. */
function followRings() {
  const ringing = computed(() => ringsNow()?.conversation ?? "");
  effect(() => {
    const id = ringing.value;
    if (!id || !owner.peek()) return undefined;
    void ringOut(id);
    return () => tellWorker({ close: `call ${id}` });
  });
}

/** What rings: a call between two, or that of a room. */
function ringsNow() {
  const now = call.value;
  if (now?.phase === "incoming") return now;
  const room = ringingRoom.value;
  return room && { ...room, person: room.by };
}

/** @param {string} id */
async function ringOut(id) {
  const seen = await lookedAt();
  const now = untracked(ringsNow);
  if (seen.length > 0 || !now || !notifications.peek() || !mayNotify()) return;
  const { name } = person(now.person).peek();
  const body = now.video ? strings.notice.ringVideo : strings.notice.ring;
  notify({ kind: "ring", conversation: id, title: name, video: now.video, body });
}

/** Follows what comes in for the life of the page. */
export function followMessages() {
  followLooks();
  followReading();
  followRings();
  followWorkerWords();
  hear("message.sent", (body) => said(/** @type {MessageSent} */ (body)));
  hear("message.deleted", ({ conversation, target: seq }) => {
    tellWorker({ gone: { conversation, seq } });
  });
  hear("message.edited", ({ conversation, target: seq, text }) => {
    if (text) tellWorker({ edited: { conversation, seq, body: plainText(text) } });
  });
  hear("thread.moved", (body) => saidThere(/** @type {ThreadMoved} */ (body)));
  navigator.serviceWorker?.addEventListener("message", ({ data }) => {
    if (typeof data?.open === "string") go(data.open.slice(1)); // sw.js: a notification was tapped
  });
}
