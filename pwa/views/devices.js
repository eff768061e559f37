/** Where one is signed in: adding a device, naming one, and signing one out from afar. */

import { useEffect, useState } from "preact/hooks";
import { devices, loadDevices, renameDevice, revoke } from "../state/devices.js";
import { strings } from "../strings.js";
import { Confirm } from "./parts/confirm.js";
import { Dialog } from "./parts/dialog.js";
import { html } from "./parts/html.js";
import { Icon } from "./parts/icon.js";
import { later } from "./parts/later.js";
import { dayName, lastSeen } from "./parts/time.js";

const AddDevice = later(
  async () => (await import("./add-device.js")).AddDevice,
  "invite",
  "devices",
);

const MAX_LABEL = 80; // characters, protocol/shapes.py
const ICONS = /** @type {const} */ ({
  phone: "device",
  tablet: "tablet",
  computer: "computer",
  program: "program",
  "": "device",
});

/** @typedef {typeof devices.value[number]} Device */

/** "This device", "active now", "last active …", and since when it is one's own. @param {Device} device */
function life({ here, online, seen, at }) {
  const last = online ? strings.settings.activeNow : seen > 0 && lastSeen(seen);
  const now = here ? strings.settings.here : last;
  return [now, strings.settings.since(dayName(at))].filter(Boolean).join(" · ");
}

/** @param {{device: Device, leave: (device: Device) => void, rename: (device: Device) => void}} props */
function DeviceRow({ device, leave, rename }) {
  return html`<li class="setting">
    <${Icon} name=${ICONS[device.kind]} />
    <span class="row-text">
      <span dir="auto">${device.name}</span>
      <span class="hint">${life(device)}</span>
    </span>
    <button type="button" class="icon-button" aria-label=${strings.settings.renameDevice(device.name)}
      onClick=${() => rename(device)}><${Icon} name="edit" /></button>
    ${
      !device.here &&
      html`<button type="button" class="icon-button" aria-label=${strings.settings.signOutDevice(device.name)}
        onClick=${() => leave(device)}><${Icon} name="leave" /></button>`
    }
  </li>`;
}

/** @param {{device: Device, close: () => void}} props */
function Rename({ device, close }) {
  const [name, setName] = useState(device.name);
  const [wrong, setWrong] = useState("");
  const save = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    try {
      await renameDevice(device.id, name.trim());
      close();
    } catch (error) {
      setWrong(/** @type {Error} */ (error).message);
    }
  };
  return html`<${Dialog} label=${strings.settings.renameTitle} close=${close}>
    <form class="card" onSubmit=${save}>
      <h2>${strings.settings.renameTitle}</h2>
      <div class="field">
        <label for="device-name">${strings.settings.deviceName}</label>
        <input id="device-name" value=${name} maxlength=${MAX_LABEL} required dir="auto" autocomplete="off"
          aria-describedby=${wrong ? "device-wrong" : undefined} aria-invalid=${wrong ? "true" : undefined}
          onInput=${(/** @type {InputEvent & {currentTarget: HTMLInputElement}} */ event) => setName(event.currentTarget.value)} />
        ${wrong && html`<p class="wrong" id="device-wrong" role="alert">${wrong}</p>`}
      </div>
      <div class="actions">
        <button type="button" class="button" onClick=${close}>${strings.cancel}</button>
        <button type="submit" class="button primary" disabled=${!name.trim()}>${strings.save}</button>
      </div>
    </form>
  <//>`;
}

export function Devices() {
  const [leaving, setLeaving] = useState(/** @type {Device|null} */ (null));
  const [naming, setNaming] = useState(/** @type {Device|null} */ (null));
  const [adding, setAdding] = useState(false);
  const [wrong, setWrong] = useState("");
  useEffect(() => {
    loadDevices().catch((error) => setWrong(error.message));
  }, []);
  return html`<section class="panel">
    <h2 id="devices">${strings.settings.devices}</h2>
    <ul role="list" aria-labelledby="devices">
      ${devices.value.map((device) => html`<${DeviceRow} device=${device} leave=${setLeaving} rename=${setNaming} key=${device.id} />`)}
    </ul>
    ${wrong && !devices.value.length && html`<p class="wrong" role="status">${wrong}</p>`}
    <button type="button" class="button" onClick=${() => setAdding(true)}>
      <${Icon} name="qr" small />${strings.settings.addDevice}
    </button>
    ${adding && html`<${AddDevice} close=${() => setAdding(false)} />`}
    ${naming && html`<${Rename} device=${naming} close=${() => setNaming(null)} />`}
    ${
      leaving &&
      html`<${Confirm}
        title=${`${strings.settings.signOutDevice(leaving.name)}?`}
        text=${strings.settings.signOutDeviceText}
        action=${strings.settings.signOut}
        act=${() => revoke(leaving.id)}
        close=${() => setLeaving(null)}
      />`
    }
  </section>`;
}
