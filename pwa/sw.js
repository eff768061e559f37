// The service worker: keeps this version's shell so that the app starts without a network, and shows notifications.
// What the server answers (/api/, /ws, /health, the manifest) it neither sees nor keeps.
// The server puts one line in front of this file: self.PARLEY = {version, assets}.

/** @typedef {{version: string, assets: string[]}} Shell */

const worker = /** @type {ServiceWorkerGlobalScope & {PARLEY: Shell}} */ (
  /** @type {unknown} */ (self)
);
const { version, assets } = worker.PARLEY;
const PREFIX = "parley-";
const NAME = PREFIX + version;
const SHELL = new Set(assets);
const SHARED = "shared"; // of no version: what was shared waits through an update

worker.addEventListener("install", (event) => {
  event.waitUntil(keepShell());
});

worker.addEventListener("activate", (event) => {
  event.waitUntil(takeOver());
});

worker.addEventListener("message", (event) => {
  const { data } = event;
  if (data === "skip-waiting") worker.skipWaiting();
  if (data?.note) event.waitUntil(inTurn(() => show(data.note)));
  if (data?.words) event.waitUntil(inTurn(() => speak(data.words)));
  if (data?.gone) event.waitUntil(inTurn(() => withdraw(data.gone)));
  if (data?.edited) event.waitUntil(inTurn(() => revise(data.edited)));
  if (data?.unread) event.waitUntil(inTurn(() => putAway(data.unread)));
  if (data?.close) event.waitUntil(inTurn(() => close(data.close)));
});

worker.addEventListener("fetch", (event) => {
  if (isShare(event.request)) {
    event.respondWith(takeShared(event.request));
    return;
  }
  const path = pathOf(event.request);
  if (path) event.respondWith(kept(path, event.request));
});

/** Something from another app's share sheet; the manifest says where it comes. @param {Request} request */
function isShare({ method, url }) {
  const { origin, pathname } = new URL(url);
  return method === "POST" && origin === worker.location.origin && pathname === "/share";
}

/** Kept for the page, which asks whom it is for: the words as JSON, each file under its number. @param {Request} request */
async function takeShared(request) {
  const form = await request.formData();
  const files = form.getAll("files").filter((one) => one instanceof File);
  const words = ["title", "text", "url"].map((name) => form.get(name)).filter(Boolean);
  await caches.delete(SHARED);
  const cache = await caches.open(SHARED);
  for (const [at, file] of files.entries()) await cache.put(`/share/${at}`, new Response(file));
  const names = files.map(({ name, type }) => ({ name, type }));
  const text = [...new Set(words)].join("\n");
  await cache.put("/share", new Response(JSON.stringify({ text, files: names })));
  return Response.redirect(`${worker.location.origin}/#/share`, 303);
}

/** All of the shell or none of it; past the browser's own cache, so that versions never mix. */
async function keepShell() {
  const cache = await caches.open(NAME);
  await cache.addAll(assets.map((path) => new Request(path, { cache: "reload" })));
}

async function takeOver() {
  for (const name of await caches.keys()) {
    if (name.startsWith(PREFIX) && name !== NAME) await caches.delete(name);
  }
  await worker.clients.claim();
}

/** Which asset answers a request; "" if the network does. @param {Request} request */
function pathOf({ method, url, mode }) {
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== worker.location.origin) return "";
  if (SHELL.has(pathname)) return pathname;
  const isPage = mode === "navigate" && !/^\/(api\/|ws$|health$|manifest)|\.\w+$/.test(pathname);
  return isPage ? "/" : "";
}

/** @param {string} path @param {Request} request */
async function kept(path, request) {
  const cache = await caches.open(NAME);
  return (await cache.match(path)) ?? fetch(request);
}

/** @param {string} url */
async function focus(url) {
  const pages = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  const page = pages.find(({ visibilityState }) => visibilityState === "visible") ?? pages[0];
  if (!page) return worker.clients.openWindow(url);
  page.postMessage({ open: url });
  return page.focus();
}

// -- notifications ----------------------------------------------------------------------------------------------------

// A note comes from the page while it is open and from the server by push while it is not, and is shown here either way:
// one for each conversation and thread, so that the next takes the place of the last.

/**
 * @typedef {object} Note
 * @property {"message"|"gone"|"ring"|"missed"|"over"|"test"} kind `gone`: the message of that `seq` was taken back
 * @property {string} [conversation]
 * @property {number} [seq]
 * @property {number} [thread] the message in whose thread it was said
 * @property {number} [at] ms
 * @property {string} [title] who wrote or calls, or the room; left out where no previews are wanted
 * @property {string} [author] who wrote, in a room
 * @property {string} [body]
 * @property {boolean} [voice]
 * @property {boolean} [video]
 * @property {boolean} [quiet] to be seen, not heard
 */
/** @typedef {typeof ENGLISH} Words */
/** @typedef {{seq: number, author?: string, text: string}} Line */
/**
 * What a notification says and was made of, kept in it.
 * @typedef {object} Told
 * @property {string} url
 * @property {string} [conversation]
 * @property {number} seq of the newest
 * @property {string} name who wrote or calls, or the room
 * @property {boolean} isHidden it says only that something came
 * @property {Line[]} lines
 * @property {number} count of all it was shown for
 */
/** @typedef {{conversation: string, seq: number, body?: string}} Change what became of a message */

const WORDS = "parley.words"; // a cache that outlives versions: what the page last gave in its language
const ENGLISH = {
  message: "New message",
  voice: "Voice message",
  gone: "Message deleted",
  ring: "Incoming call",
  ringVideo: "Incoming video call",
  missed: "Missed call",
  over: "The call is over",
  test: "This is how a message will look.",
};
const LINES = 4; // of one conversation in one notification
const SHAKE = [400, 200, 400, 1400, 400, 200, 400]; // ms on, off, on …

worker.addEventListener("push", (event) => {
  const note = noteIn(event.data);
  event.waitUntil(inTurn(() => pushed(note)));
});

worker.addEventListener("pushsubscriptionchange", (event) => {
  event.waitUntil(renew(/** @type {any} */ (event)));
});

worker.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(focus(event.notification.data?.url ?? "/"));
});

/** @type {Promise<void>} */
let last = Promise.resolve();

/** One after another, so that of two notes that come together the second finds the first. @param {() => Promise<void>} step */
function inTurn(step) {
  last = last.then(step, step);
  return last;
}

/**
 * The browser ended a subscription: a new one takes its place, and the server learns of it though no page is open.
 * @param {{oldSubscription?: PushSubscription|null, newSubscription?: PushSubscription|null}} change
 */
async function renew({ oldSubscription, newSubscription }) {
  const options = oldSubscription?.options;
  const made =
    newSubscription ?? (options && (await worker.registration.pushManager.subscribe(options)));
  if (!made) return; // the page subscribes when it is opened next
  const headers = { "Content-Type": "application/json", "X-Parley": "1" };
  await fetch("/api/push", { method: "PUT", headers, body: JSON.stringify(made) });
}

/** What a push brought; one that cannot be read still says that something came. @param {PushMessageData|null} data @returns {Note} */
function noteIn(data) {
  try {
    const note = data?.json();
    return typeof note?.kind === "string" ? note : { kind: "message" };
  } catch {
    return { kind: "message" };
  }
}

/** A window that is looked at tells it better. @param {Note} note */
async function pushed(note) {
  const pages = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  if (note.kind !== "test" && pages.some((page) => page.focused)) return;
  await show(note);
  await navigator.setAppBadge?.().catch(() => {}); // no number: this worker has not counted
}

/** @param {Note} note */
async function show(note) {
  if (note.kind === "gone") return showGone(note);
  const words = await spoken();
  const tag = tagOf(note);
  const [before] = tag ? await worker.registration.getNotifications({ tag }) : [];
  if (note.kind === "message" && note.seq && before?.data?.seq >= note.seq) return; // told by page and push alike
  /** @type {Told|null} */
  const told = note.kind === "message" ? before?.data : null;
  const { seq = 0, author } = note;
  const line = { seq, author, text: lineOf(note, words) };
  await draw(tag, mannerOf(note), {
    url: urlOf(note),
    conversation: note.conversation,
    seq,
    name: note.title || "Parley",
    isHidden: note.kind === "message" && !note.title,
    lines: [...(told?.lines ?? []), line].slice(-LINES),
    count: (told?.count ?? 0) + 1,
  });
}

/** @param {string} tag @param {object} manner @param {Told} told */
async function draw(tag, manner, told) {
  const { name, isHidden, lines, count } = told;
  const words = await spoken();
  await worker.registration.showNotification(count > 1 ? `${name} (${count})` : name, {
    body: isHidden ? words.message : lines.map(({ text }) => text).join("\n"),
    tag,
    icon: "/icons/icon-192.png",
    badge: "/icons/badge.png",
    data: told,
    ...manner,
  });
}

/** The notifications that tell of a message. @param {Change} change @returns {Promise<{tag: string, told: Told, close: () => void}[]>} */
async function thoseOf({ conversation, seq }) {
  const all = await worker.registration.getNotifications();
  return all
    .map((shown) => ({ tag: shown.tag, told: shown.data, close: () => shown.close() }))
    .filter(({ told }) => told?.conversation === conversation)
    .filter(({ told }) => told.lines?.some((/** @type {Line} */ line) => line.seq === seq));
}

/** A message was taken back: its words go, and with the last of them the notification. @param {Change} change */
async function withdraw(change) {
  for (const { tag, told, close } of await thoseOf(change)) {
    const lines = told.lines.filter(({ seq }) => seq !== change.seq);
    if (lines.length) await draw(tag, { silent: true }, { ...told, lines, count: told.count - 1 });
    else close();
  }
}

/** It says something else now. @param {Change} change */
async function revise(change) {
  for (const { tag, told } of await thoseOf(change)) {
    const { author } = told.lines.find(({ seq }) => seq === change.seq) ?? {};
    const text = lineOf({ kind: "message", author, body: change.body }, await spoken());
    await draw(tag, { silent: true }, withLine(told, { seq: change.seq, author, text }));
  }
}

/**
 * The same by push, of which a browser wants something to be seen: so it says that a message is gone, without a sound.
 * @param {Note} note
 */
async function showGone(note) {
  const { conversation = "", seq = 0 } = note;
  const line = { seq, text: (await spoken()).gone };
  const [shown] = await thoseOf({ conversation, seq });
  if (shown) return draw(shown.tag, { silent: true }, withLine(shown.told, line));
  const [other] = await worker.registration.getNotifications({ tag: tagOf(note) });
  if (other) return; // there is something to be seen, and nothing of that message in it
  const told = { url: urlOf(note), conversation, seq, name: "Parley", isHidden: false };
  await draw(tagOf(note), { silent: true }, { ...told, lines: [line], count: 1 });
}

/** @param {Told} told @param {Line} line @returns {Told} */
function withLine(told, line) {
  return { ...told, lines: told.lines.map((one) => (one.seq === line.seq ? line : one)) };
}

/** How much it asks for. @param {Note} note @returns {object} */
function mannerOf({ kind, at, quiet }) {
  if (kind === "ring" && quiet) return { requireInteraction: true, silent: true };
  if (kind === "ring") return { requireInteraction: true, renotify: true, vibrate: SHAKE };
  const timestamp = at ?? Date.now();
  const isSilent = kind === "over" || (kind === "missed" && quiet);
  return isSilent ? { silent: true, timestamp } : { renotify: kind !== "test", timestamp };
}

/** @param {Note} note @param {Words} words */
function lineOf({ kind, author, body, voice, video }, words) {
  if (kind === "ring") return video ? words.ringVideo : words.ring;
  if (kind !== "message") return words[kind];
  const said = body || (voice ? words.voice : words.message);
  return author ? `${author}: ${said}` : said;
}

/** @param {Note} note */
function tagOf({ kind, conversation, thread }) {
  if (kind === "test") return "test";
  if (conversation && thread) return `${conversation}#${thread}`;
  const isSaid = kind === "message" || kind === "gone";
  return conversation ? `${isSaid ? "" : "call "}${conversation}` : "message";
}

/** @param {Note} note */
function urlOf({ kind, conversation, thread, seq }) {
  if (kind === "test") return "/#/settings";
  if (conversation && thread) return `/#/t/${conversation}/${thread}/${seq}`;
  return conversation ? `/#/c/${conversation}` : "/";
}

/** Puts away what was read elsewhere. @param {string[]} unread the conversations and threads that still have something unread */
async function putAway(unread) {
  for (const shown of await worker.registration.getNotifications())
    if (/^(direct|room)\./.test(shown.tag) && !unread.includes(shown.tag)) shown.close();
}

/** @param {string} tag */
async function close(tag) {
  for (const shown of await worker.registration.getNotifications({ tag })) shown.close();
}

/** The page's words, in its language. @returns {Promise<Words>} */
async function spoken() {
  const cache = await caches.open(WORDS);
  const kept = await cache.match("/words");
  return { ...ENGLISH, ...(await kept?.json()) };
}

/** @param {Partial<Words>} words */
async function speak(words) {
  const cache = await caches.open(WORDS);
  await cache.put("/words", new Response(JSON.stringify(words)));
}
