/** How a log behaves: where it stands, what was seen of it, whether it speaks, and walking it by keyboard. */

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import {
  letGo,
  loadNewer,
  loadOlder,
  sought,
  timeline,
  toFirstUnread,
  toNewest,
} from "../../state/messages.js";
import { see } from "../../state/reading.js";
import { FAR } from "./drawn.js";
import { lastSaidBefore } from "./in-sight.js";
import { Stick } from "./stick.js";
import { hasKeyboard } from "./wide.js";

const NOTHING = { seq: 0, time: 0 };
let shown = 0; // what was sought until then has been gone to
const SHINING = 1800; // ms that a message somebody went to stands out
const UNHEARD = 1000; // ms in which a loaded page is drawn and not announced

/** For readers of screens, and without a ring around half the phone. @type {FocusOptions & {focusVisible: boolean}} */
const QUIETLY = { preventScroll: true, focusVisible: false };

/** Marks what can be seen as read. @param {HTMLElement} box @param {string} id */
function lookAt(box, id) {
  const end = box.getBoundingClientRect().bottom;
  const column = /** @type {Element} */ (box.firstElementChild);
  const last = lastSaidBefore(column, ({ top }) => top >= end - 16);
  if (last) see(id, Number(last.dataset.seq));
}

/** Whether what comes into the log is said aloud: not what is loaded, only what arrives. @param {boolean} settled nothing is being loaded or drawn */
export function useVoice(settled) {
  const [voice, setVoice] = useState("off");
  useEffect(() => {
    setVoice("off");
    if (!settled) return undefined;
    const timer = setTimeout(() => setVoice("polite"), UNHEARD);
    return () => clearTimeout(timer);
  }, [settled]);
  return voice;
}

/**
 * Walks on in the direction in which the reader has come to an end of what is drawn.
 * @param {string} id @param {import("./drawn.js").Drawn} line @param {import("./stick.js").At} at
 */
function walkOn(id, line, { top, bottom, end }) {
  if (timeline(id).peek().loading) return;
  if (bottom && line.below) return; // what is held there is being drawn: more of it would push out what is read
  if (bottom && line.newer) loadNewer(id);
  else if (top && line.older) loadOlder(id);
  else letGo(id, end);
}

/** Shows what the reader asked for, and lets it light up for a moment. @param {Stick} stick @param {HTMLElement} box @param {number} seq */
function shine(stick, box, seq) {
  const found = [...box.querySelectorAll("[data-seq]")];
  const element =
    found.find((one) => Number(/** @type {HTMLElement} */ (one).dataset.seq) >= seq) ??
    found.at(-1);
  if (!element) return;
  stick.toElement(element);
  element.classList.add("sought");
  setTimeout(() => element.classList.remove("sought"), SHINING);
}

/**
 * Keeps the log where the reader is.
 * @param {string} id @param {import("./drawn.js").Drawn} line @param {import("./drawn.js").Hands} hands
 */
export function useStick(id, line, hands) {
  const drawn = useRef(line);
  drawn.current = line;
  const box = useRef(/** @type {HTMLDivElement|null} */ (null));
  const stick = useRef(/** @type {Stick|null} */ (null));
  const [atEnd, setAtEnd] = useState(true);
  const written = line.items.findLast((item) => item.type === "message" && item.seq === 0)?.key;
  const wrote = useRef(/** @type {Set<string>|null} */ (null)); // what one has been taken to; null until the first look
  const { seq, time } = sought.value.id === id ? sought.value : NOTHING;
  useLayoutEffect(() => {
    const element = /** @type {HTMLDivElement} */ (box.current);
    const look = () => lookAt(element, id);
    const own = new Stick(element, (at) => {
      setAtEnd(at.end);
      look();
      walkOn(id, drawn.current, at);
      hands.draw(at.room, () => own.near(FAR));
    });
    stick.current = own;
    document.addEventListener("visibilitychange", look);
    return () => {
      own.close();
      document.removeEventListener("visibilitychange", look);
    };
  }, [id]);
  const hasOlder = line.older || line.above;
  useLayoutEffect(() => {
    if (stick.current) Object.assign(stick.current, { endIsNewest: !line.newer, hasOlder });
  }, [id, line.newer, hasOlder]);
  useLayoutEffect(() => {
    if (!line.loaded) {
      stick.current?.rest();
      return;
    }
    const start = () => stick.current?.start(box.current?.querySelector(".unread-line") ?? null);
    const going = time <= shown ? toFirstUnread(id) : null; // before anything is looked at, and so read
    if (!going) start();
    else going.then(() => stick.current?.started || start());
  }, [id, line.loaded]);
  useLayoutEffect(() => {
    if (!line.loaded) return;
    const isNews = wrote.current !== null && written && !wrote.current.has(written);
    wrote.current ??= new Set();
    if (written) wrote.current.add(written);
    if (isNews) stick.current?.toEnd(); // one's own, wherever one was
  }, [written, line.loaded]);
  useLayoutEffect(() => {
    stick.current?.settle();
    stick.current?.arrive();
  }, [line]);
  useLayoutEffect(() => {
    if (time <= shown || !stick.current || !box.current) return;
    shown = time;
    shine(stick.current, box.current, seq);
  }, [time]);
  useLayoutEffect(() => {
    if (!hasKeyboard()) box.current?.focus(QUIETLY); // last, for browsers lay everything out for it: once it stands where it stays
  }, [id]);
  const toEnd = async () => {
    const far = line.newer;
    await toNewest(id);
    hands.toLast();
    stick.current?.toEnd(!far);
  };
  const toStart = () => stick.current?.toStart(hands.toFirst());
  const walk = (/** @type {KeyboardEvent & {currentTarget: HTMLElement}} */ event) => {
    const way = { ArrowUp: toNext, ArrowDown: toNext, Home: toStart, End: toEnd }[event.key];
    const { target, currentTarget } = event;
    if (!way || (target !== currentTarget && !moreOf(target))) return;
    event.preventDefault();
    way(event);
  };
  return { box, atEnd, toEnd, walk };
}

/** The button of a message that a keyboard finds. @param {EventTarget|null} target */
const moreOf = (target) => /** @type {Element} */ (target).closest(".message-more");

/** Up and down go from message to message, each offering its menu. @param {KeyboardEvent & {currentTarget: HTMLElement}} event */
function toNext({ key, target, currentTarget: box }) {
  const step = key === "ArrowUp" ? -1 : 1;
  const from = moreOf(target);
  const all = [.../** @type {NodeListOf<HTMLElement>} */ (box.querySelectorAll(".message-more"))];
  const at = from ? all.indexOf(/** @type {HTMLElement} */ (from)) + step : all.length - 1;
  all[Math.min(Math.max(at, 0), all.length - 1)]?.focus();
}
