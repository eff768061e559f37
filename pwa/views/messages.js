/** The log of a conversation: days, bubbles, calls, the unread line, and a way down. */

import { useMemo, useState } from "preact/hooks";
import { isThread } from "../protocol/address.js";
import { badgeText } from "../state/badges.js";
import { unfolded } from "../state/blocks.js";
import { replyTo } from "../state/composing.js";
import { connection } from "../state/connection.js";
import { openAgain, timeline, viewable } from "../state/messages.js";
import { strings } from "../strings.js";
import { Hello } from "./hello.js";
import { Message } from "./message.js";
import { hasMenu, mayAnswer } from "./message-actions.js";
import { MessageMenu } from "./message-menu.js";
import { CallEntry } from "./parts/call-entry.js";
import { DayName } from "./parts/day.js";
import { useDrawn } from "./parts/drawn.js";
import { html } from "./parts/html.js";
import { Icon } from "./parts/icon.js";
import { useStick, useVoice } from "./parts/log.js";
import { onEach, usePress } from "./parts/press.js";
import { Refusal } from "./parts/refusal.js";
import { NoticeEntry } from "./parts/room.js";
import { useSwipe } from "./parts/swipe.js";
import { exactTime } from "./parts/time.js";
import { Viewer } from "./viewer.js";

/** @typedef {import("../state/messages.js").Item} Item */
/** @typedef {import("../state/messages.js").MessageItem} MessageItem */
/** @typedef {{item: MessageItem, x: number, y: number, top?: number, panel?: import("./message-actions.js").Panel}} MenuAt */

const MESSAGES = ".message[data-key]:not(.call-entry, .blocked-message)";

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

/** @typedef {{item: Item, id: string, open: (at: MenuAt) => void, view: import("./files.js").View}} EntryProps */

/** @param {EntryProps} props */
function entryOf({ item, id, open, view }) {
  if (item.type === "message")
    return html`<${Message} id=${id} item=${item} open=${open} view=${view} key=${item.key} />`;
  if (item.type === "call") return html`<${CallEntry} item=${item} id=${id} key=${item.key} />`;
  if (item.type === "notice") return html`<${NoticeEntry} item=${item} id=${id} key=${item.key} />`;
  return item.type === "unread"
    ? html`<p class="unread-line" key=${item.key}><span>${strings.messages.unread(item.count)}</span></p>`
    : null;
}

/** Each made once, so that of hundreds only those are looked at that changed. @param {Omit<EntryProps, "item">} rest */
function useEntries({ id, open, view }) {
  const made = useMemo(() => new WeakMap(), [id, strings.language]);
  return (/** @type {Item} */ item) => {
    const entry = made.get(item) ?? entryOf({ item, id, open, view });
    made.set(item, entry);
    return entry;
  };
}

/**
 * What a finger or a mouse does to a message: held it offers its menu, swiped it is answered. One listener for all of them.
 * @param {string} id @param {Item[]} items @param {(at: MenuAt) => void} open
 */
function useHands(id, items, open) {
  const messageOf = (/** @type {Element} */ element) => {
    const key = element.closest("[data-key]")?.getAttribute("data-key");
    const found = items.find((item) => item.key === key);
    return found?.type === "message" ? found : null;
  };
  const press = usePress((x, y, bubble) => {
    const item = messageOf(bubble);
    if (item && hasMenu(item, id)) open({ item, x, y });
  });
  const swipe = useSwipe((message) => {
    const item = messageOf(message);
    if (item && mayAnswer(item, id)) replyTo(id, item.seq);
  });
  /** Date and seconds for who points at a time: written then, for it costs as much as the words. */
  const onPointerOver = (/** @type {Event} */ _, /** @type {HTMLElement} */ time) => {
    const item = messageOf(time);
    if (item) time.title = exactTime(item.at);
  };
  return {
    press: {
      ...onEach(`${MESSAGES} > .bubble`, press),
      ...onEach(".meta > time", { onPointerOver }),
    },
    swipe: onEach(MESSAGES, swipe),
  };
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
  const all = timeline(id).value;
  const { line, settled, hands: drawing } = useDrawn(id, all);
  const { box, atEnd, toEnd, walk } = useStick(id, line, drawing);
  const voice = useVoice(line.loaded && !line.loading && settled);
  const online = connection.value.state === "online";
  const [menu, setMenu] = useState(/** @type {MenuAt|null} */ (null));
  const [viewing, setViewing] = useState("");
  const entry = useEntries({ id, open: setMenu, view: setViewing });
  const { press, swipe } = useHands(id, line.items, setMenu);
  const live = menu && all.items.find(({ key }) => key === menu.item.key); // as it is by now
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
        ...${swipe}
      >
        <div class="log-inner" ...${press}>
          ${(line.loading || (!line.loaded && !line.failed && online)) && html`<p class=${line.loaded ? "note coming" : "note"} role="status"><span class="spinner"></span><span class="unseen">${strings.messages[line.loaded ? "older" : "loading"]}</span></p>`}
          ${
            line.failed &&
            html`<p class="note" role="alert">${line.failed}
              <button type="button" class="button quiet" onClick=${() => openAgain(id)}>${strings.tryAgain}</button></p>`
          }
          ${!line.loaded && !line.loading && !line.failed && !online && html`<p class="note">${strings.messages.notHere}</p>`}
          ${line.loaded && !line.items.length && (isThread(id) ? html`<p class="note">${strings.threads.none}</p>` : html`<${Hello} id=${id} row=${row} />`)}
          ${byDay(line.items).map(
            (day) => html`<section class="day" key=${day.key}>
              ${day.at > 0 && html`<${DayName} id=${id} at=${day.at} />`}
              ${day.items.map(entry)}
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
      <${Refusal} />
    </div>
    ${menu && html`<${MessageMenu} ...${menu} item=${live ?? menu.item} id=${id} close=${() => setMenu(null)} />`}
    ${viewing && html`<${Viewer} hung=${unfolded(viewable(id).value, id, viewing)} first=${viewing} close=${() => setViewing("")} />`}
  `;
}
