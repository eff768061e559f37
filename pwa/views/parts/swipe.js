/** A swipe by finger along the line of writing, on a thing that follows it a little way and springs back. */

import { useRef } from "preact/hooks";

const EDGE = 24; // px at both sides of the screen, where a swipe is the system's own "back"
const BEGINS = 12; // px after which it is a swipe, and no longer a press that wanders
const FAR = 56; // px from which on it counts
const MOST = 72; // px it follows

/** How far towards the end of the line. @param {HTMLElement} element @param {number} x px, where the finger is @param {number} from */
function gone(element, x, from) {
  const isLeftwards = getComputedStyle(element).direction === "rtl";
  return isLeftwards ? from - x : x - from;
}

/** Sets --swipe, and data-swipe to "near" or "far". @param {HTMLElement} element @param {number} way px, 0 when it is over */
function follow(element, way) {
  if (way <= 0) {
    delete element.dataset.swipe;
    element.style.removeProperty("--swipe");
    return;
  }
  const sign = getComputedStyle(element).direction === "rtl" ? -1 : 1;
  element.dataset.swipe = way >= FAR ? "far" : "near";
  element.style.setProperty("--swipe", `${sign * Math.min(way, MOST)}px`);
}

/**
 * @param {(swiped: HTMLElement) => void} act
 * @returns handlers for `onEach`; the styles of what is swiped need `touch-action: pan-y`
 */
export function useSwipe(act) {
  const touch = useRef({ id: -1, x: 0, y: 0, on: false });
  const stop = (/** @type {PointerEvent} */ event, /** @type {HTMLElement} */ swiped) => {
    if (event.pointerId !== touch.current.id) return;
    touch.current.id = -1;
    follow(swiped, 0);
  };
  return {
    onPointerDown: (/** @type {PointerEvent} */ event) => {
      const { pointerType, isPrimary, pointerId: id, clientX: x, clientY: y } = event;
      const isInside = x > EDGE && x < window.innerWidth - EDGE;
      if (pointerType !== "touch" || !isPrimary || !isInside) return;
      touch.current = { id, x, y, on: false };
    },
    onPointerMove: (/** @type {PointerEvent} */ event, /** @type {HTMLElement} */ swiped) => {
      const now = touch.current;
      if (event.pointerId !== now.id) return;
      const way = gone(swiped, event.clientX, now.x);
      const aside = Math.abs(event.clientY - now.y);
      if (!now.on && (way < -BEGINS || aside > BEGINS)) return stop(event, swiped);
      now.on ||= way > BEGINS && way > 2 * aside;
      if (now.on) follow(swiped, way);
    },
    onPointerUp: (/** @type {PointerEvent} */ event, /** @type {HTMLElement} */ swiped) => {
      const now = touch.current;
      const far = now.on && gone(swiped, event.clientX, now.x) >= FAR;
      const acts = event.pointerId === now.id && far;
      stop(event, swiped);
      if (acts) act(swiped);
    },
    onPointerCancel: stop,
  };
}
