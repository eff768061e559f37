// Web Push as the server knows it: whether there is any, whether this device is subscribed, and trying it out. The browser's
// side of it is views/parts/push.js.

import { signal } from "@preact/signals-core";
import { ask } from "./connection.js";

/** @typedef {import("../protocol/types.js").PushState} PushState */
/** @typedef {import("../protocol/types.js").PushTried["outcome"]} Outcome */

/** What the server said last; null before it was asked. @type {import("@preact/signals-core").Signal<PushState|null>} */
export const push = signal(null);

export async function askPush() {
  push.value = await ask("push.state", {});
}

/** @param {PushSubscriptionJSON} subscription as the browser made it */
export async function subscribe({ endpoint = "", keys = {} }) {
  const { p256dh = "", auth = "" } = keys;
  push.value = await ask("push.subscribe", { endpoint, p256dh, auth });
}

export async function unsubscribe() {
  push.value = await ask("push.unsubscribe", {});
}

/** Has a push sent to this device. @returns {Promise<Outcome>} */
export async function tryPush() {
  const { outcome } = await ask("push.test", {});
  await askPush(); // it may be dead, and the server knows now whether push services can be reached
  return outcome;
}
