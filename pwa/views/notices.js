/** Notifications: what they can do here, and one to try. */

import { useState } from "preact/hooks";
import { notifications } from "../state/settings.js";
import { strings } from "../strings.js";
import { html } from "./parts/html.js";
import { showNotice } from "./parts/notice.js";

/** Why they cannot be had, "" when they can. @param {string} permission */
function obstacle(permission) {
  if (permission === "none") return strings.settings.notifyNeedsTrust;
  return permission === "denied" ? strings.settings.notifyBlocked : "";
}

const permissionNow = () =>
  window.isSecureContext && "Notification" in window ? Notification.permission : "none";

export function Notices() {
  const [permission, setPermission] = useState(permissionNow());
  const on = notifications.value && permission === "granted";
  const turn = async () => {
    if (permission === "default") setPermission(await Notification.requestPermission());
    notifications.value = !on;
  };
  const why = obstacle(permission);
  return html`<section class="panel">
    <h2>${strings.settings.notices}</h2>
    <label class="setting">
      <span>${strings.settings.notify}</span>
      <input type="checkbox" class="switch" role="switch" checked=${on} disabled=${why !== ""} onChange=${turn} />
    </label>
    <p class="hint">${why || strings.settings.notifyHow}</p>
    ${
      on &&
      html`<button type="button" class="button" onClick=${() => showNotice(strings.name, strings.settings.testText, "#/settings")}>
        ${strings.settings.test}
      </button>`
    }
  </section>`;
}
