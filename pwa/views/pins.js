/** The pinned messages: a bar under the head that goes from one to the next, and a list of them all. */

import { useState } from "preact/hooks";
import { pin, pinnedIn } from "../state/pinning.js";
import { mayWrite } from "../state/rooms.js";
import { strings } from "../strings.js";
import { Dialog } from "./parts/dialog.js";
import { goToMessage } from "./parts/going.js";
import { html } from "./parts/html.js";
import { Icon } from "./parts/icon.js";
import { Refusal } from "./parts/refusal.js";
import { exactTime } from "./parts/time.js";
import { inBrief, nameOf } from "./quote.js";

/** @typedef {import("../state/entries.js").MessageEntry} MessageEntry */

/** @param {{id: string, entries: MessageEntry[], close: () => void}} props */
function PinList({ id, entries, close }) {
  const go = (/** @type {MessageEntry} */ { seq, under }) => {
    close();
    goToMessage(id, { seq, thread: under });
  };
  const may = mayWrite(id).value;
  return html`<${Dialog} label=${strings.pins.label} close=${close}>
    <div class="card pin-list">
      <h2>${strings.pins.label}</h2>
      <ul role="list">
        ${entries.map(
          (entry) => html`<li key=${entry.seq}>
            <button type="button" class="pin-entry" onClick=${() => go(entry)}>
              <span class="hint"><span dir="auto">${nameOf(entry.author)}</span> · <time>${exactTime(entry.at)}</time></span>
              <span class="pin-words" dir="auto">${inBrief(entry, id)}</span>
            </button>
            ${
              may &&
              html`<button type="button" class="icon-button" aria-label=${strings.pins.unpin} title=${strings.pins.unpin}
                onClick=${() => pin(id, entry.seq, false)}><${Icon} name="close" small /></button>`
            }
          </li>`,
        )}
      </ul>
      <${Refusal} />
      <div class="actions"><button type="button" class="button" onClick=${close}>${strings.close}</button></div>
    </div>
  <//>`;
}

/** Each press goes to the one shown and shows the next, as in other apps. @param {{id: string}} props */
export function PinBar({ id }) {
  const entries = pinnedIn(id).value;
  const [at, setAt] = useState(0);
  const [isOpen, setOpen] = useState(false);
  if (!entries.length) return null;
  const now = at % entries.length;
  const entry = entries[now];
  const go = () => {
    goToMessage(id, { seq: entry.seq, thread: entry.under });
    setAt(now + 1);
  };
  return html`<div class="pin-bar" role="region" aria-label=${strings.pins.label}>
    <button type="button" class="pin-now" onClick=${go}>
      <span class="pin-marks" aria-hidden="true">${entries.slice(0, 8).map((one, index) => html`<i key=${one.seq} class=${index === Math.min(now, 7) ? "now" : ""}></i>`)}</span>
      <span class="pin-text">
        <strong>${strings.pins.bar(now + 1, entries.length)}</strong>
        <span class="pin-words" dir="auto">${inBrief(entry, id)}</span>
      </span>
    </button>
    <button type="button" class="icon-button" aria-label=${strings.pins.all} title=${strings.pins.all} aria-haspopup="dialog"
      onClick=${() => setOpen(true)}><${Icon} name="pin" /></button>
    ${isOpen && html`<${PinList} id=${id} entries=${entries} close=${() => setOpen(false)} />`}
  </div>`;
}
