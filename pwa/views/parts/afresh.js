/** Once somebody has left the page is loaded afresh: whatever its modules still hold of them goes with it. */

import { effect } from "@preact/signals-core";
import { leaving } from "../../state/leaving.js";
import { clear } from "./layers.js";

export function followLeaving() {
  effect(() => {
    if (leaving.value === "done") clear(beginAfresh);
  });
}

/** At the list, not where they were. */
function beginAfresh() {
  history.replaceState(null, "", location.pathname + location.search);
  location.reload();
}
