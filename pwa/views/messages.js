/** The log of a conversation: days, bubbles, calls, the unread line, and a way down. */

import { useMemo, useState } from "preact/hooks";
import { badgeText } from "../state/badges.js";
import { connection } from "../state/connection.js";
import { openAgain, timeline } from "../state/messages.js";
import { strings } from "../strings.js";
import { Hello } from "./hello.js";
import { Message } from "./message.js";
import { MessageMenu } from "./message-menu.js";
import { CallEntry } from "./parts/call-entry.js";
import { html } from "./parts/html.js";
import { Icon } from "./parts/icon.js";
import { useStick, useVoice, walk } from "./parts/log.js";
import { dayName } from "./parts/time.js";
import { Viewer } from "./viewer.js";

/** @typedef {import("../state/messages.js").Item} Item */
/** @typedef {import("../state/messages.js").MessageItem} MessageItem */
/** @typedef {{item: MessageItem, x: number, y: number}} MenuAt */

/** Items under the day they belong to, so that each day's name can stick while its messages pass. @param {Item[]} items */
function byDay(items) {
  /** @type {{key: string, at: number, items: Item[]}[]} */
  const days = [];
  for (const item of items) {
    if (item.type === "day") days.push({ key: item.key, at: item.at, items: [] });
    else if (days.length) days[days.length - 1].items.push(item);
    else days.push({ key: "undated", at: 0, items: [item] });
  }
  return days;
}

/** @typedef {{item: Item, id: string, open: (at: MenuAt) => void, view: (file: string) => void}} EntryProps */

/** @param {EntryProps} props */
function drawn({ item, id, open, view }) {
  if (item.type === "message") return html`<${Message} item=${item} open=${open} view=${view} />`;
  if (item.type === "call") return html`<${CallEntry} item=${item} id=${id} />`;
  return item.type === "unread"
    ? html`<p class="unread-line"><span>${strings.messages.unread(item.count)}</span></p>`
    : null;
}

/** Drawn again only when it changed. @param {EntryProps} props */
function Entry(props) {
  return useMemo(() => drawn(props), [props.item, props.id]);
}

/** @param {{typists: import("../state/people.js").Person[]}} props */
function Typing({ typists }) {
  const [first] = typists;
  if (!first) return null;
  return html`<div class="message theirs opens closes">
    <div class="bubble typing" role="status" aria-label=${strings.messages.writing(first.name)}><i></i><i></i><i></i></div>
  </div>`;
}

/** @param {{id: string, row: import("../state/conversations.js").Row}} props */
export function Messages({ id, row }) {
  const line = timeline(id).value;
  const { box, atEnd, toEnd } = useStick(id, line);
  const voice = useVoice(line);
  const online = connection.value.state === "online";
  const [menu, setMenu] = useState(/** @type {MenuAt|null} */ (null));
  const [viewing, setViewing] = useState("");
  const unread = atEnd ? 0 : row.unread;
  return html`
    <div class="wall">
      <div
        ref=${box}
        class="scroll log"
        role="log"
        aria-label=${strings.messages.label}
        aria-live=${voice}
        aria-busy=${!line.loaded}
        tabindex="0"
        onKeyDown=${walk}
      >
        <div class="log-inner">
          ${(line.loading || (!line.loaded && !line.failed && online)) && html`<p class="note" role="status"><span class="spinner"></span><span class="unseen">${strings.messages[line.loaded ? "older" : "loading"]}</span></p>`}
          ${
            line.failed &&
            html`<p class="note" role="alert">${line.failed}
              <button type="button" class="button quiet" onClick=${() => openAgain(id)}>${strings.tryAgain}</button></p>`
          }
          ${!line.loaded && !line.loading && !line.failed && !online && html`<p class="note">${strings.messages.notHere}</p>`}
          ${line.loaded && !line.items.length && html`<${Hello} id=${id} row=${row} />`}
          ${byDay(line.items).map(
            (day) => html`<section class="day" key=${day.key}>
              ${day.at > 0 && html`<h2 class="day-name"><span>${dayName(day.at)}</span></h2>`}
              ${day.items.map(
                (item) =>
                  html`<${Entry} item=${item} id=${id} open=${setMenu} view=${setViewing} key=${item.key} />`,
              )}
            </section>`,
          )}
          <${Typing} typists=${row.typing} />
        </div>
      </div>
      ${
        !atEnd &&
        html`<button type="button" class="down" aria-label=${strings.messages.down(unread)} onClick=${toEnd}>
          <${Icon} name="down" />${unread > 0 && html`<span class="badge">${badgeText(unread)}</span>`}
        </button>`
      }
    </div>
    ${menu && html`<${MessageMenu} ...${menu} id=${id} close=${() => setMenu(null)} />`}
    ${viewing && html`<${Viewer} id=${id} first=${viewing} close=${() => setViewing("")} />`}
  `;
}
