/** The log of a conversation: days, bubbles, calls, the unread line, and a way down. */

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { badgeText } from "../state/badges.js";
import { loadOlder, openAgain, timeline } from "../state/messages.js";
import { person } from "../state/people.js";
import { see } from "../state/reading.js";
import { strings } from "../strings.js";
import { Hello } from "./hello.js";
import { Message } from "./message.js";
import { MessageMenu } from "./message-menu.js";
import { CallEntry } from "./parts/call-entry.js";
import { html } from "./parts/html.js";
import { Icon } from "./parts/icon.js";
import { Stick } from "./parts/stick.js";
import { dayName } from "./parts/time.js";
import { hasKeyboard } from "./parts/wide.js";
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

/** Marks what can be seen as read. @param {HTMLElement} box @param {string} id */
function lookAt(box, id) {
  const end = box.getBoundingClientRect().bottom;
  const shown = [...box.querySelectorAll("[data-seq]")];
  const last = shown.findLast((element) => element.getBoundingClientRect().top < end - 16);
  if (last) see(id, Number(/** @type {HTMLElement} */ (last).dataset.seq));
}

/** What arrived at the end since the log was opened, said once to those who listen. @param {Item[]} items @param {boolean} loaded */
function useNews(items, loaded) {
  const last = items.findLast((item) => item.type === "message");
  const before = useRef(/** @type {string|null} */ (null));
  const [news, setNews] = useState("");
  useEffect(() => {
    if (!loaded) return;
    const fresh = before.current !== null && last && last.key !== before.current && !last.mine;
    before.current = last?.key ?? "";
    if (fresh) {
      const what = last.text || last.files.map((file) => file.name).join(", ");
      setNews(strings.messages.from(person(last.author).value.name, what));
    }
  }, [last?.key, loaded]);
  return news;
}

/** Keeps the log where the reader is. @param {string} id @param {import("../state/messages.js").Timeline} line */
function useStick(id, line) {
  const box = useRef(/** @type {HTMLDivElement|null} */ (null));
  const stick = useRef(/** @type {Stick|null} */ (null));
  const [atEnd, setAtEnd] = useState(true);
  const lastOwn = line.items.findLast((item) => item.type === "message" && item.mine)?.key;
  useLayoutEffect(() => {
    const element = /** @type {HTMLDivElement} */ (box.current);
    const look = () => lookAt(element, id);
    const moved = (/** @type {boolean} */ top, /** @type {boolean} */ end) => {
      setAtEnd(end);
      look();
      const now = timeline(id).peek();
      if (top && now.older && !now.loading) loadOlder(id);
    };
    stick.current = new Stick(element, { moved });
    if (!hasKeyboard()) element.focus({ preventScroll: true });
    document.addEventListener("visibilitychange", look);
    return () => {
      stick.current?.close();
      document.removeEventListener("visibilitychange", look);
    };
  }, [id]);
  useLayoutEffect(() => {
    if (line.loaded) stick.current?.start(box.current?.querySelector(".unread-line") ?? null);
  }, [id, line.loaded]);
  useLayoutEffect(() => stick.current?.toEnd(), [lastOwn]);
  useLayoutEffect(() => stick.current?.settle(), [line]);
  return { box, atEnd, toEnd: () => stick.current?.toEnd(true) };
}

/** @param {{item: Item, id: string, open: (at: MenuAt) => void, view: (file: string) => void}} props */
function Entry({ item, id, open, view }) {
  if (item.type === "message") return html`<${Message} item=${item} open=${open} view=${view} />`;
  if (item.type === "call") return html`<${CallEntry} item=${item} id=${id} />`;
  return item.type === "unread"
    ? html`<p class="unread-line"><span>${strings.messages.unread(item.count)}</span></p>`
    : null;
}

/** Up and down go from message to message, each offering its menu. @param {KeyboardEvent & {currentTarget: HTMLElement}} event */
function walk(event) {
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  const { target, currentTarget: box } = event;
  const from = /** @type {Element} */ (target).closest(".message-more");
  if (!step || (target !== box && !from)) return;
  event.preventDefault();
  const all = [.../** @type {NodeListOf<HTMLElement>} */ (box.querySelectorAll(".message-more"))];
  const at = from ? all.indexOf(/** @type {HTMLElement} */ (from)) + step : all.length - 1;
  all[Math.min(Math.max(at, 0), all.length - 1)]?.focus();
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
  const news = useNews(line.items, line.loaded);
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
        aria-live="off"
        aria-busy=${!line.loaded}
        tabindex="0"
        onKeyDown=${walk}
      >
        <div class="log-inner">
          ${line.loading && html`<p class="note" role="status"><span class="spinner"></span><span class="unseen">${strings.messages[line.loaded ? "older" : "loading"]}</span></p>`}
          ${
            line.failed &&
            html`<p class="note" role="alert">${line.failed}
              <button type="button" class="button quiet" onClick=${() => openAgain(id)}>${strings.tryAgain}</button></p>`
          }
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
    <p class="unseen" role="status">${news}</p>
    ${menu && html`<${MessageMenu} ...${menu} id=${id} close=${() => setMenu(null)} />`}
    ${viewing && html`<${Viewer} id=${id} first=${viewing} close=${() => setViewing("")} />`}
  `;
}
