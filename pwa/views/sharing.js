/** What another app shared: whom is it for? Then it lies in that conversation's tray and box, to be sent from there. */

import { useEffect, useState } from "preact/hooks";
import { draft } from "../state/drafts.js";
import { reachable } from "../state/forwarding.js";
import { sharing, takeShared } from "../state/sharing.js";
import { strings } from "../strings.js";
import { Avatar } from "./parts/avatar.js";
import { Dialog } from "./parts/dialog.js";
import { html } from "./parts/html.js";
import { RoomAvatar, titleOf } from "./parts/room.js";
import { conversationHref, go } from "./parts/route.js";
import { addFiles, trayOf } from "./tray.js";

/** @typedef {import("../state/sharing.js").Shared} Shared */

/** @param {Shared} shared @param {string} id */
function handOver({ text, files }, id) {
  addFiles(trayOf(id), files);
  const box = draft(id);
  if (text) box.value = [box.value.trim(), text].filter(Boolean).join("\n");
  sharing.value = false;
  go(conversationHref(id));
}

export function Sharing() {
  const [shared, setShared] = useState(/** @type {Shared|null|"waiting"} */ ("waiting"));
  useEffect(() => {
    takeShared().then(setShared);
  }, []);
  const close = () => {
    if (!sharing.peek()) return; // it was handed over
    sharing.value = false;
    go("#/");
  };
  if (shared === "waiting") return null;
  return html`<${Dialog} label=${strings.share.title} close=${close}>
    <div class="card">
      <h2>${strings.share.title}</h2>
      <p class="hint">${shared ? strings.share.text : strings.share.gone}</p>
      ${
        shared &&
        html`<ul class="list" role="list" aria-label=${strings.share.title}>
          ${reachable().map(
            (row) => html`<li key=${row.id}>
              <button type="button" class="row" onClick=${() => handOver(shared, row.id)}>
                ${row.peer && html`<${Avatar} person=${row.peer} />`}
                ${row.room && html`<${RoomAvatar} room=${row.room} />`}
                <span class="row-text"><span class="row-title" dir="auto">${titleOf(row)}</span></span>
              </button>
            </li>`,
          )}
        </ul>`
      }
      <div class="actions">
        <button type="button" class="button" onClick=${close}>${shared ? strings.cancel : strings.close}</button>
      </div>
    </div>
  <//>`;
}
