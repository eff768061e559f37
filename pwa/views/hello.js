/** A conversation that has not begun: says so, and offers the first word. */

import { send } from "../state/outbox.js";
import { strings } from "../strings.js";
import { Avatar } from "./parts/avatar.js";
import { html } from "./parts/html.js";

/** @param {{id: string, row: import("../state/conversations.js").Row}} props */
export function Hello({ id, row }) {
  return html`<div class="empty hello">
    ${row.peer && html`<${Avatar} person=${row.peer} size="huge" />`}
    <h2 dir="auto">${strings.messages.none(row.title)}</h2>
    <p>${strings.messages.noneHint}</p>
    ${
      !row.peer?.removed &&
      html`<button type="button" class="button" onClick=${() => send(id, "👋")}>${strings.messages.wave}</button>`
    }
  </div>`;
}
