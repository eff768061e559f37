// One's own devices, as one's own conversation tells them.

import { computed } from "@preact/signals-core";
import { newNonce } from "../protocol/ids.js";
import { ask } from "./connection.js";
import { session } from "./session.js";
import { change, world } from "./world.js";

/** @typedef {import("./world.js").World} World */

/** @param {World} before @param {import("../protocol/types.js").DeviceAdded} body @returns {World} */
export function deviceAdded(before, { device, device_name, at }) {
  const others = before.devices.filter(({ id }) => id !== device);
  return { ...before, devices: [...others, { id: device, name: device_name, at }] };
}

/** @param {World} before @param {import("../protocol/types.js").DeviceRevoked} body @returns {World} */
export function deviceRevoked(before, { device }) {
  return { ...before, devices: before.devices.filter(({ id }) => id !== device) };
}

/** Oldest first; `here` is the one this is. */
export const devices = computed(() => {
  const here = session.value.device;
  const inOrder = [...world.value.devices].sort((a, b) => a.at - b.at);
  return inOrder.map((device) => ({ ...device, here: device.id === here }));
});

/** Asks for the list; from then on events keep it. */
export async function loadDevices() {
  /** @type {import("../protocol/types.js").Opened} */
  const opened = await ask("conversation.open", { conversation: `own.${world.peek().me}` });
  change((before) => ({ ...before, devices: opened.devices }));
}

/** Signs a device out for good. @param {string} device */
export async function revoke(device) {
  await ask("device.revoke", { nonce: newNonce(), device });
  change((before) => deviceRevoked(before, /** @type {any} */ ({ device })));
}
