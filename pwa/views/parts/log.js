/** How a log behaves: where it stands, what was seen of it, whether it speaks, and walking it by keyboard. */

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { loadOlder, timeline } from "../../state/messages.js";
import { see } from "../../state/reading.js";
import { Stick } from "./stick.js";
import { hasKeyboard } from "./wide.js";

const UNHEARD = 1000; // ms in which a loaded page is drawn and not announced

/** For readers of screens, and without a ring around half the phone. @type {FocusOptions & {focusVisible: boolean}} */
const QUIETLY = { preventScroll: true, focusVisible: false };

/** Marks what can be seen as read. @param {HTMLElement} box @param {string} id */
function lookAt(box, id) {
  const end = box.getBoundingClientRect().bottom;
  const shown = [...box.querySelectorAll("[data-seq]")];
  const last = shown.findLast((element) => element.getBoundingClientRect().top < end - 16);
  if (last) see(id, Number(/** @type {HTMLElement} */ (last).dataset.seq));
}

/** Whether what comes into the log is said aloud: not what is loaded, only what arrives. @param {import("../../state/messages.js").Timeline} line */
export function useVoice({ loaded, loading }) {
  const [voice, setVoice] = useState("off");
  useEffect(() => {
    setVoice("off");
    if (!loaded || loading) return undefined;
    const timer = setTimeout(() => setVoice("polite"), UNHEARD);
    return () => clearTimeout(timer);
  }, [loaded, loading]);
  return voice;
}

/** Keeps the log where the reader is. @param {string} id @param {import("../../state/messages.js").Timeline} line */
export function useStick(id, line) {
  const box = useRef(/** @type {HTMLDivElement|null} */ (null));
  const stick = useRef(/** @type {Stick|null} */ (null));
  const [atEnd, setAtEnd] = useState(true);
  const written = line.items.findLast((item) => item.type === "message" && item.seq === 0)?.key;
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
    if (!hasKeyboard()) element.focus(QUIETLY);
    document.addEventListener("visibilitychange", look);
    return () => {
      stick.current?.close();
      document.removeEventListener("visibilitychange", look);
    };
  }, [id]);
  useLayoutEffect(() => {
    if (line.loaded) stick.current?.start(box.current?.querySelector(".unread-line") ?? null);
  }, [id, line.loaded]);
  useLayoutEffect(() => {
    if (written) stick.current?.toEnd(); // one's own, wherever one was
  }, [written]);
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
