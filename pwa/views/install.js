/** Offers a place on the home screen: by the browser's own dialog where it has one, by a sentence on an iPhone. */

import { signal } from "@preact/signals-core";
import { strings } from "../strings.js";
import { html } from "./parts/html.js";
import { Icon } from "./parts/icon.js";
import { offer } from "./parts/install-offer.js";

const LATER = "parley-install-later";

const later = signal(localStorage.getItem(LATER) !== null);

const installed = () => window.matchMedia("(display-mode: standalone)").matches;
const onApple = () =>
  /iP(hone|ad|od)/.test(navigator.userAgent) ||
  (navigator.platform === "MacIntel" && navigator.maxTouchPoints > 1);

/** @param {{always?: boolean}} props `always`: in the settings, "Not now" has no say */
export function InstallHint({ always = false }) {
  if (installed() || (later.value && !always) || !(offer.value || onApple())) return null;
  const install = async () => {
    await offer.value?.prompt();
    offer.value = null; // an offer works once
  };
  const postpone = () => {
    localStorage.setItem(LATER, "1");
    later.value = true;
  };
  return html`<section class="install">
    <${Icon} name="device" />
    <div>
      <h2>${strings.install.title}</h2>
      <p>${offer.value ? strings.install.text : strings.install.ios}</p>
      <div class="actions">
        ${!always && html`<button type="button" class="button quiet" onClick=${postpone}>${strings.install.later}</button>`}
        ${offer.value && html`<button type="button" class="button primary" onClick=${install}>${strings.install.button}</button>`}
      </div>
    </div>
  </section>`;
}
