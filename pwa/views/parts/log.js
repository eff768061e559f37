/** How a log behaves: where it stands, what was seen of it, what is said aloud, and walking it by keyboard. */

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { loadOlder, timeline } from "../../state/messages.js";
import { person } from "../../state/people.js";
import { see } from "../../state/reading.js";
import { strings } from "../../strings.js";
import { Stick } from "./stick.js";
import { hasKeyboard } from "./wide.js";

/** @typedef {import("../../state/messages.js").Item} Item */

/** Marks what can be seen as read. @param {HTMLElement} box @param {string} id */
function lookAt(box, id) {
  const end = box.getBoundingClientRect().bottom;
  const shown = [...box.querySelectorAll("[data-seq]")];
  const last = shown.findLast((element) => element.getBoundingClientRect().top < end - 16);
  if (last) see(id, Number(/** @type {HTMLElement} */ (last).dataset.seq));
}

/** What arrived at the end since the log was opened, said once to those who listen. @param {Item[]} items @param {boolean} loaded */
export function useNews(items, loaded) {
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

/** Keeps the log where the reader is. @param {string} id @param {import("../../state/messages.js").Timeline} line */
export function useStick(id, line) {
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

/** Up and down go from message to message, each offering its menu. @param {KeyboardEvent & {currentTarget: HTMLElement}} event */
export function walk(event) {
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  const { target, currentTarget: box } = event;
  const from = /** @type {Element} */ (target).closest(".message-more");
  if (!step || (target !== box && !from)) return;
  event.preventDefault();
  const all = [.../** @type {NodeListOf<HTMLElement>} */ (box.querySelectorAll(".message-more"))];
  const at = from ? all.indexOf(/** @type {HTMLElement} */ (from)) + step : all.length - 1;
  all[Math.min(Math.max(at, 0), all.length - 1)]?.focus();
}
