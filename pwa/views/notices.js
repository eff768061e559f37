/** Notifications: whether they come, what they show, what they can do here, and one to try. */

import { useState } from "preact/hooks";
import { previews, setPreviews } from "../state/preferences.js";
import { push, tryPush } from "../state/push.js";
import { session } from "../state/session.js";
import { notifications } from "../state/settings.js";
import { strings } from "../strings.js";
import { html } from "./parts/html.js";
import { notify } from "./parts/notice.js";
import { lack } from "./parts/push.js";

/** Why they cannot be had, "" when they can. @param {string} permission */
function obstacle(permission) {
  if (permission === "none") return strings.settings.notifyNeedsTrust;
  return permission === "denied" ? strings.settings.notifyBlocked : "";
}

/** Whether this device is told while Parley is closed, and if not, why. */
function reach() {
  const words = strings.settings.push;
  if (lack.value) return words.lacks[lack.value];
  if (push.value?.reached === "no") return words.unreachable;
  return push.value?.subscribed ? words.subscribed : words.open;
}

const permissionNow = () =>
  window.isSecureContext && "Notification" in window ? Notification.permission : "none";

/** One to try: by push where this device is subscribed, and says what became of it; else from here. */
function Trial() {
  const [said, setSaid] = useState("");
  const [busy, setBusy] = useState(false);
  const words = strings.settings.push;
  const go = async () => {
    setBusy(true);
    setSaid(words.trying);
    try {
      if (push.value?.subscribed) setSaid(words.outcomes[await tryPush()]);
      else {
        await notify({ kind: "test" });
        setSaid(words.shownHere);
      }
    } catch (error) {
      setSaid(/** @type {Error} */ (error).message);
    }
    setBusy(false);
  };
  return html`
    <button type="button" class="button" disabled=${busy} onClick=${go}>${strings.settings.test}</button>
    <p class="hint" role="status">${said}</p>
  `;
}

function Previews() {
  const [wrong, setWrong] = useState("");
  const on = previews(session.value.me).value;
  const turn = () => {
    setWrong("");
    setPreviews(!on).catch((error) => setWrong(error.message));
  };
  return html`
    <label class="setting">
      <span>${strings.settings.push.previews}</span>
      <input type="checkbox" class="switch" role="switch" checked=${on} onChange=${turn} />
    </label>
    <p class="hint">${strings.settings.push.previewsHow}</p>
    ${wrong && html`<p class="wrong" role="alert">${wrong}</p>`}
  `;
}

export function Notices() {
  const [permission, setPermission] = useState(permissionNow());
  const on = notifications.value && permission === "granted";
  const turn = async () => {
    const now = permission === "default" ? await Notification.requestPermission() : permission;
    setPermission(now);
    notifications.value = !on && now === "granted";
  };
  const why = obstacle(permission);
  return html`<section class="panel notices">
    <h2>${strings.settings.notices}</h2>
    <label class="setting">
      <span>${strings.settings.notify}</span>
      <input type="checkbox" class="switch" role="switch" checked=${on} disabled=${why !== ""} onChange=${turn} />
    </label>
    <p class="hint">${why || (on ? reach() : strings.settings.notifyHow)}</p>
    ${on && html`<${Previews} /><${Trial} />`}
  </section>`;
}
