// One's own devices, as one's own conversation tells them.

import { computed } from "@preact/signals-core";
import { newNonce } from "../protocol/ids.js";
import { ask } from "./connection.js";
import { session } from "./session.js";
import { change, world } from "./world.js";

/** @typedef {import("./world.js").World} World */

/** @param {World} before @param {import("../protocol/types.js").DeviceAdded} body @returns {World} */
export function deviceAdded(before, { device, device_name, at, kind }) {
  const others = before.devices.filter(({ id }) => id !== device);
  const card = { id: device, name: device_name, at, kind, seen: at, online: true };
  return { ...before, devices: [...others, card] };
}

/** @param {World} before @param {import("../protocol/types.js").DeviceChanged} body @returns {World} */
export function deviceChanged(before, { device, device_name }) {
  const renamed = before.devices.map((one) =>
    one.id === device ? { ...one, name: device_name } : one,
  );
  return { ...before, devices: renamed };
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

/** Calls a device something. @param {string} device @param {string} name */
export async function renameDevice(device, name) {
  await ask("device.rename", { nonce: newNonce(), device, device_name: name });
}

/** Signs a device out for good. @param {string} device */
export async function revoke(device) {
  await ask("device.revoke", { nonce: newNonce(), device });
  change((before) => deviceRevoked(before, /** @type {any} */ ({ device })));
}
