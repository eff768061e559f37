/** The icon in the browser's tab: with a dot while something unread calls. */

import { computed, effect } from "@preact/signals-core";
import { unreadTotal } from "../../state/badges.js";

const calls = computed(() => unreadTotal.value > 0);

/** Follows it for the life of the page. */
export function followFavicon() {
  effect(() => {
    const icon = document.querySelector('link[rel="icon"][type="image/svg+xml"]');
    icon?.setAttribute("href", calls.value ? "/icons/mark-unread.svg" : "/icons/mark.svg");
  });
}
