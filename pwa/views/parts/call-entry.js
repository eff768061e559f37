/** A call in the log: what became of it, how long it was, and calling back. */

import { startCall } from "../../state/calls.js";
import { strings } from "../../strings.js";
import { html } from "./html.js";
import { Icon } from "./icon.js";
import { callWords } from "./preview.js";
import { length, timeOfDay } from "./time.js";

const OPEN = new Set(["ringing", "going"]);
const TALKED = new Set(["ended", "continued"]);

/** @param {{item: import("../../state/messages.js").CallItem, id: string}} props */
export function CallEntry({ item, id }) {
  const missed = !item.mine && !OPEN.has(item.state) && !TALKED.has(item.state);
  const again = item.mine ? strings.calls.again : strings.calls.callBack;
  return html`<div class=${`message call-entry opens closes ${item.begins ? "begins " : ""}${item.mine ? "mine" : "theirs"}`} data-key=${item.key} data-seq=${item.seq || undefined}>
    <div class=${missed ? "bubble missed" : "bubble"}>
      <span class="call-icon"><${Icon} name=${item.video ? "video" : "phone"} /></span>
      <span class="call-text">
        <strong>${callWords(item)}</strong>
        <span class="hint">
          <time>${timeOfDay(item.at)}</time>${item.seconds > 0 && html` · ${length(item.seconds)}`}
        </span>
      </span>
      ${
        !OPEN.has(item.state) &&
        html`<button type="button" class="button quiet" onClick=${() => startCall(id, { video: item.video })}>${again}</button>`
      }
    </div>
  </div>`;
}
