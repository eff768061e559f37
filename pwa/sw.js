// The service worker: keeps this version's shell so that the app starts without a network. It decides nothing else:
// what the server answers (/api/, /ws, /health, the manifest) it neither sees nor keeps.
// The server puts one line in front of this file: self.PARLEY = {version, assets}.

/** @typedef {{version: string, assets: string[]}} Shell */

const worker = /** @type {ServiceWorkerGlobalScope & {PARLEY: Shell}} */ (
  /** @type {unknown} */ (self)
);
const { version, assets } = worker.PARLEY;
const PREFIX = "parley-";
const NAME = PREFIX + version;
const SHELL = new Set(assets);

worker.addEventListener("install", (event) => {
  event.waitUntil(keepShell());
});

worker.addEventListener("activate", (event) => {
  event.waitUntil(takeOver());
});

worker.addEventListener("message", (event) => {
  if (event.data === "skip-waiting") worker.skipWaiting();
});

worker.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(focus(event.notification.data?.url ?? "/"));
});

worker.addEventListener("fetch", (event) => {
  const path = pathOf(event.request);
  if (path) event.respondWith(kept(path, event.request));
});

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
  const [page] = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  if (!page) return worker.clients.openWindow(url);
  page.postMessage({ open: url });
  return page.focus();
}
