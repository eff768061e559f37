/** The browser's offer to install, kept for when it is wanted. */

import { signal } from "@preact/signals-core";

/** @typedef {Event & {prompt: () => Promise<{outcome: string}>}} InstallEvent what Chromium calls BeforeInstallPromptEvent */

export const offer = signal(/** @type {InstallEvent|null} */ (null));

/** Keeps the browser's offer for when it is wanted. @param {AbortSignal} signal */
export function followInstall(signal) {
  const keep = (/** @type {Event} */ event) => {
    event.preventDefault();
    offer.value = /** @type {InstallEvent} */ (event);
  };
  const done = () => {
    offer.value = null;
  };
  window.addEventListener("beforeinstallprompt", keep, { signal });
  window.addEventListener("appinstalled", done, { signal });
}
