/** A conversation that has not begun: says so, and offers the first word. */

import { isBlocked } from "../state/blocks.js";
import { send } from "../state/outbox.js";
import { strings } from "../strings.js";
import { Avatar } from "./parts/avatar.js";
import { html } from "./parts/html.js";

/** @param {{id: string, row: import("../state/conversations.js").Row}} props */
export function Hello({ id, row }) {
  if (row.room)
    return html`<div class="empty hello"><h2>${strings.rooms.quiet}</h2><p>${strings.rooms.say}</p></div>`;
  const { peer } = row;
  const canWrite = peer && !peer.removed && !isBlocked(peer.id).value;
  return html`<div class="empty hello">
    ${peer && html`<${Avatar} person=${peer} size="huge" />`}
    ${
      canWrite
        ? html`<h2 dir="auto">${strings.messages.none(row.title)}</h2>
            <p>${strings.messages.noneHint}</p>
            <button type="button" class="button" onClick=${() => send(id, "👋")}>${strings.messages.wave}</button>`
        : html`<h2>${strings.rooms.quiet}</h2>`
    }
  </div>`;
}
