// The service worker, and a new version of the page: offered, never forced, and not at all while a call goes on.

import { computed, signal } from "@preact/signals-core";
import { hear } from "./connection.js";

const WORKER = "/sw.js";

const waits = signal(false);

/** True while an update has to wait, as during a call. */
export const holdUpdates = signal(false);

/** A new version is ready. */
export const update = computed(() => waits.value && !holdUpdates.value);

/** @type {ServiceWorkerRegistration|null} */
let registration = null;
let page = "";

/** Registers the worker where the browser allows it, and watches for new versions. */
export async function registerWorker() {
  hear("hello", ({ page: served }) => {
    if (page && served !== page) checkForUpdate();
    page = served;
  });
  if (!globalThis.navigator?.serviceWorker) return;
  try {
    registration = await navigator.serviceWorker.register(trusted(WORKER), {
      updateViaCache: "none",
    });
  } catch {
    return; // a certificate that was clicked through: everything but offline works
  }
  const { serviceWorker } = navigator;
  const look = () => {
    waits.value = Boolean(registration?.waiting && serviceWorker.controller);
  };
  look();
  registration.addEventListener("updatefound", () => {
    registration?.installing?.addEventListener("statechange", look);
  });
}

/** The server serves another page than the one it served before. */
function checkForUpdate() {
  if (registration) registration.update().catch(() => {});
  else waits.value = true; // no worker: loading the page again is all it takes
}

/** Lets the new version take over. @returns {Promise<boolean>} whether to load the page again now */
export async function applyUpdate() {
  if (holdUpdates.peek()) return false;
  const waiting = registration?.waiting;
  if (!waiting) return waits.peek();
  const taken = new Promise((resolve) =>
    navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true }),
  );
  waiting.postMessage("skip-waiting");
  await taken;
  return true;
}

/** The page's one Trusted Types policy lets the worker's address through, and nothing else. @param {string} url */
function trusted(url) {
  const types = /** @type {any} */ (globalThis).trustedTypes;
  if (!types) return url;
  const allow = {
    createScriptURL: (/** @type {string} */ asked) => (asked === WORKER ? asked : ""),
  };
  return types.createPolicy("parley", allow).createScriptURL(url);
}
