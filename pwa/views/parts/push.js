/** The browser's side of Web Push: its subscription, kept in step with what is wanted and with what the server knows. */

import { effect, signal } from "@preact/signals-core";
import { connection } from "../../state/connection.js";
import { askPush, push, subscribe, unsubscribe } from "../../state/push.js";
import { notifications } from "../../state/settings.js";

/** @typedef {""|"unsupported"|"home-screen"|"no-service"} Lack */

/** Why this browser cannot be woken; "" when it can, or while nobody knows. @type {import("@preact/signals-core").Signal<Lack>} */
export const lack = signal(/** @type {Lack} */ (""));

/** iPhones have push only for apps on the home screen, and say so by this property, which no other browser has. */
const isInIphoneBrowser = () => "standalone" in navigator && navigator.standalone === false;

const may = () => "Notification" in window && Notification.permission === "granted";

/** Keeps it in step for the life of the page. @param {AbortSignal} signal */
export function followPush(signal) {
  const stop = effect(() => {
    const wanted = notifications.value;
    if (connection.value.state === "online") void inStep(wanted);
  });
  signal.addEventListener("abort", stop);
}

/** @param {boolean} wanted */
async function inStep(wanted) {
  try {
    await askPush();
    if (wanted && may()) await enable();
    else if (push.peek()?.subscribed) await disable();
  } catch {
    // no connection: the next one tries again
  }
}

/** Subscribes with the browser's push service and tells the server. */
async function enable() {
  const key = push.peek()?.key;
  const manager = await managerOf();
  if (!key || !manager) return;
  try {
    const subscription = await subscriptionOf(manager, key);
    lack.value = "";
    await subscribe(subscription.toJSON());
  } catch (error) {
    // the browser has no push service, or cannot reach it just now (AbortError, NotAllowedError)
    if (!(error instanceof DOMException)) throw error;
    lack.value = "no-service";
  }
}

/** @returns {Promise<PushManager|null>} */
async function managerOf() {
  const worker = await navigator.serviceWorker?.getRegistration();
  if (worker?.pushManager) return worker.pushManager;
  lack.value = isInIphoneBrowser() ? "home-screen" : "unsupported";
  return null;
}

/** The one there is, if it was made for this server's key. @param {PushManager} manager @param {string} key */
async function subscriptionOf(manager, key) {
  const applicationServerKey = bytesOf(key);
  const known = await manager.getSubscription();
  if (known && sameBytes(known.options.applicationServerKey, applicationServerKey)) return known;
  await known?.unsubscribe();
  return manager.subscribe({ userVisibleOnly: true, applicationServerKey });
}

async function disable() {
  const worker = await navigator.serviceWorker?.getRegistration();
  const known = await worker?.pushManager?.getSubscription();
  await known?.unsubscribe();
  await unsubscribe();
}

/** @param {string} key base64url */
function bytesOf(key) {
  const text = atob(key.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

/** @param {ArrayBuffer|null} one @param {Uint8Array} other */
function sameBytes(one, other) {
  const bytes = one && new Uint8Array(one);
  return bytes?.length === other.length && bytes.every((byte, at) => byte === other[at]);
}
