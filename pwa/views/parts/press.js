/** A long press by finger, or the other button of a mouse: both ask for what can be done with a thing. */

import { useRef } from "preact/hooks";

const LONG = 450; // ms, a little under the system's own
const STILL = 10; // px a resting finger may wander

/** @param {(x: number, y: number, pressed: Element) => void} act @returns handlers to spread on the element */
export function usePress(act) {
  const held = useRef({ timer: 0, x: 0, y: 0, done: false });
  const stop = () => clearTimeout(held.current.timer);
  return {
    onPointerDown: (/** @type {PointerEvent} */ event, pressed = onWhat(event)) => {
      const { pointerType, clientX: x, clientY: y } = event;
      if (pointerType === "mouse") return;
      stop();
      const timer = window.setTimeout(() => {
        held.current.done = true;
        navigator.vibrate?.(10);
        act(x, y, pressed);
      }, LONG);
      held.current = { timer, x, y, done: false };
    },
    onPointerMove: (/** @type {PointerEvent} */ event) => {
      const { x, y } = held.current;
      if (Math.hypot(event.clientX - x, event.clientY - y) > STILL) stop();
    },
    onPointerUp: stop,
    onPointerCancel: stop,
    onContextMenu: (/** @type {MouseEvent} */ event, pressed = onWhat(event)) => {
      const onLink = event.target instanceof Element && event.target.closest("a");
      if (onLink || String(window.getSelection())) return;
      event.preventDefault();
      stop();
      if (!held.current.done) act(event.clientX, event.clientY, pressed);
      held.current.done = false;
    },
  };
}

/** @param {Event} event */
const onWhat = ({ currentTarget }) => /** @type {Element} */ (currentTarget);

/**
 * The same handlers for a whole column, as if each of its things had them: hundreds of listeners would be put on while
 * somebody scrolls.
 * @param {string} things selects them
 * @param {Record<string, (event: any, on?: any) => void>} handlers each is told on which of them
 */
export function onEach(things, handlers) {
  return Object.fromEntries(
    Object.entries(handlers).map(([name, act]) => [
      name,
      (/** @type {Event} */ event) => {
        const on = event.target instanceof Element && event.target.closest(things);
        if (on) act(event, on);
      },
    ]),
  );
}
