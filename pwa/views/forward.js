/** To whom a message is carried on: conversations and people, up to ten at once. */

import { signal } from "@preact/signals-core";
import { useMemo, useState } from "preact/hooks";
import { forward, MOST, reachable } from "../state/forwarding.js";
import { strings } from "../strings.js";
import { Avatar } from "./parts/avatar.js";
import { Dialog } from "./parts/dialog.js";
import { html } from "./parts/html.js";
import { RoomAvatar, titleOf } from "./parts/room.js";
import { conversationHref, go } from "./parts/route.js";
import { answersTo, Search } from "./parts/search.js";

/** @param {{row: import("../state/conversations.js").Row, chosen: boolean, full: boolean, turn: () => void}} props */
function Whom({ row, chosen, full, turn }) {
  return html`<li>
    <label class="row">
      ${row.peer && html`<${Avatar} person=${row.peer} />`}
      ${row.room && html`<${RoomAvatar} room=${row.room} />`}
      <span class="row-text"><span class="row-title" dir="auto">${titleOf(row)}</span></span>
      <input type="checkbox" class="tick" checked=${chosen} disabled=${full && !chosen} onChange=${turn} />
    </label>
  </li>`;
}

/** @param {{id: string, item: import("../state/messages.js").MessageItem, close: () => void}} props */
export function Forward({ id, item, close }) {
  const { talk, chats, cancel } = strings;
  const query = useMemo(() => signal(""), []);
  const [chosen, choose] = useState(/** @type {string[]} */ ([]));
  const rows = reachable().filter((row) => answersTo(titleOf(row), query.value));
  const turn = (/** @type {string} */ one) =>
    choose(chosen.includes(one) ? chosen.filter((other) => other !== one) : [...chosen, one]);
  const send = async () => {
    close();
    await forward(chosen, id, item.seq);
    if (chosen.length === 1) go(conversationHref(chosen[0]));
  };
  return html`<${Dialog} label=${talk.forwardTitle} close=${close}>
    <div class="card forward">
      <h2>${talk.forwardTitle}</h2>
      <${Search} query=${query} />
      <ul class="list choosing" role="list" aria-label=${talk.forwardTitle}>
        ${rows.map(
          (row) =>
            html`<${Whom} row=${row} chosen=${chosen.includes(row.id)} full=${chosen.length >= MOST} turn=${() => turn(row.id)} key=${row.id} />`,
        )}
      </ul>
      ${rows.length === 0 && html`<p class="note" role="status">${chats.noMatch(query.value.trim())}</p>`}
      ${chosen.length >= MOST && html`<p class="hint" role="status">${talk.forwardMost(MOST)}</p>`}
      <div class="actions">
        <button type="button" class="button" onClick=${close}>${cancel}</button>
        <button type="button" class="button primary" disabled=${chosen.length === 0} onClick=${send}>${talk.forwardNow(chosen.length)}</button>
      </div>
    </div>
  <//>`;
}
