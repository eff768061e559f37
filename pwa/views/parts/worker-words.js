/** What the service worker says of its own, in the language of the page: it shows notifications while no page is open. */

import { effect } from "@preact/signals-core";
import { strings } from "../../strings.js";

/**
 * Follows the language for the life of the page. A worker that is still on its way, as at the first visit, is told when it
 * is there: nobody may open a page again before the next notification.
 */
export function followWorkerWords() {
  effect(() => {
    const words = { ...strings.notice };
    navigator.serviceWorker?.ready.then(({ active }) => active?.postMessage({ words }));
  });
}
