// What another app's share sheet handed over: the service worker keeps it until somebody says whom it is for.

import { signal } from "@preact/signals-core";

const PLACE = "shared"; // as sw.js names it

/** Whether this page was opened to be asked whom something is for. */
export const sharing = signal(globalThis.location?.hash === "#/share");

/** @typedef {{text: string, files: File[]}} Shared */

/** Takes it, so that it is asked for once. @param {CacheStorage} [storage] @returns {Promise<Shared|null>} null when there is none */
export async function takeShared(storage = globalThis.caches) {
  try {
    const cache = await storage.open(PLACE);
    const words = await (await cache.match("/share"))?.json();
    if (!words) return null;
    const files = [];
    for (const [at, { name, type }] of words.files.entries()) {
      const kept = await cache.match(`/share/${at}`);
      if (kept) files.push(new File([await kept.blob()], name, { type }));
    }
    await storage.delete(PLACE);
    return { text: words.text, files };
  } catch {
    return null; // no storage for pages here, or half of it was cleared
  }
}

/** On signing out. @param {CacheStorage} [storage] */
export async function forgetShared(storage = globalThis.caches) {
  await storage?.delete(PLACE).catch(() => {}); // no storage for pages here
}
