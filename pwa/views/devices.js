/** Where one is signed in, and signing out from afar. */

import { useEffect, useState } from "preact/hooks";
import { devices, loadDevices, revoke } from "../state/devices.js";
import { strings } from "../strings.js";
import { Confirm } from "./parts/confirm.js";
import { html } from "./parts/html.js";
import { Icon } from "./parts/icon.js";
import { dayName } from "./parts/time.js";

/** @typedef {{id: string, name: string, at: number, here: boolean}} Device */

/** @param {{device: Device, leave: (device: Device) => void}} props */
function DeviceRow({ device, leave }) {
  return html`<li class="setting">
    <${Icon} name="device" />
    <span class="row-text">
      <span dir="auto">${device.name}</span>
      <span class="hint">${device.here ? strings.settings.here : strings.settings.since(dayName(device.at))}</span>
    </span>
    ${
      !device.here &&
      html`<button type="button" class="icon-button" aria-label=${strings.settings.signOutDevice(device.name)}
        onClick=${() => leave(device)}><${Icon} name="leave" /></button>`
    }
  </li>`;
}

export function Devices() {
  const [leaving, setLeaving] = useState(/** @type {Device|null} */ (null));
  const [wrong, setWrong] = useState("");
  useEffect(() => {
    loadDevices().catch((error) => setWrong(error.message));
  }, []);
  return html`<section class="panel">
    <h2 id="devices">${strings.settings.devices}</h2>
    <ul role="list" aria-labelledby="devices">
      ${devices.value.map((device) => html`<${DeviceRow} device=${device} leave=${setLeaving} key=${device.id} />`)}
    </ul>
    ${wrong && !devices.value.length && html`<p class="wrong" role="status">${wrong}</p>`}
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
