/** A long press by finger, or the other button of a mouse: both ask for what can be done with a thing. */

import { useRef } from "preact/hooks";

const LONG = 450; // ms, a little under the system's own
const STILL = 10; // px a resting finger may wander

/** @param {(x: number, y: number) => void} act @returns handlers to spread on the element */
export function usePress(act) {
  const held = useRef({ timer: 0, x: 0, y: 0, done: false });
  const stop = () => clearTimeout(held.current.timer);
  return {
    onPointerDown: (/** @type {PointerEvent} */ { pointerType, clientX: x, clientY: y }) => {
      if (pointerType === "mouse") return;
      stop();
      const timer = window.setTimeout(() => {
        held.current.done = true;
        navigator.vibrate?.(10);
        act(x, y);
      }, LONG);
      held.current = { timer, x, y, done: false };
    },
    onPointerMove: (/** @type {PointerEvent} */ event) => {
      const { x, y } = held.current;
      if (Math.hypot(event.clientX - x, event.clientY - y) > STILL) stop();
    },
    onPointerUp: stop,
    onPointerCancel: stop,
    onContextMenu: (/** @type {MouseEvent} */ event) => {
      const onLink = event.target instanceof Element && event.target.closest("a");
      if (onLink || String(window.getSelection())) return;
      event.preventDefault();
      stop();
      if (!held.current.done) act(event.clientX, event.clientY);
      held.current.done = false;
    },
  };
}
