// One's own devices: listed once asked for, then kept by events; this one is marked.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { apply } from "../../../pwa/state/apply.js";
import { disconnect } from "../../../pwa/state/connection.js";
import { devices, loadDevices, renameDevice, revoke } from "../../../pwa/state/devices.js";
import { signedIn } from "../../../pwa/state/session.js";
import { world } from "../../../pwa/state/world.js";
import { ANNA } from "../events.mjs";
import { online } from "../online.mjs";

const anna = { id: ANNA, name: "Anna", about: "", avatar: "", host: false, removed: false };
const shown = () => devices.value.map(({ id, here }) => (here ? `${id} here` : id));

afterEach(disconnect);

async function listed() {
  signedIn({ person: anna, device: "d1" });
  const { server } = await online();
  const own = [
    { id: "d2", name: "Phone", at: 20 },
    { id: "d1", name: "Laptop", at: 10 },
  ];
  server.answers["conversation.open"] = () => ({ ...server.house.opened(ANNA), devices: own });
  await loadDevices();
  return server;
}

test("devices are listed oldest first, and this one is marked", async () => {
  const server = await listed();
  assert.deepEqual(shown(), ["d1 here", "d2"]);
  assert.deepEqual(server.bodies("conversation.open"), [{ conversation: `own.${ANNA}` }]);
});

test("a device that is added or signed out elsewhere comes and goes", async () => {
  await listed();
  const own = { conversation: `own.${ANNA}`, person: ANNA };
  const added = { ...own, seq: 3, device: "d3", device_name: "Tablet", at: 30 };
  world.value = apply(world.value, "device.added", added);
  world.value = apply(world.value, "device.revoked", { ...own, seq: 4, device: "d2" });
  assert.deepEqual(shown(), ["d1 here", "d3"]);
});

test("a device one signs out is gone when the server has said so", async () => {
  const server = await listed();
  await revoke("d2");
  assert.deepEqual([shown(), server.bodies("device.revoke")[0].device], [["d1 here"], "d2"]);
});

test("a device is called what any of one's own devices calls it", async () => {
  const server = await listed();
  await renameDevice("d2", "Kitchen tablet");
  const [{ device, device_name }] = server.bodies("device.rename");
  assert.deepEqual([device, device_name], ["d2", "Kitchen tablet"]);
  const own = { conversation: `own.${ANNA}`, person: ANNA };
  world.value = apply(world.value, "device.changed", { ...own, seq: 3, device, device_name });
  assert.deepEqual(
    devices.value.map(({ name }) => name),
    ["Laptop", "Kitchen tablet"],
  );
});
