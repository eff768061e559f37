/** A pane that is left: off the screen at once, and taken apart after the next frame. That costs as much as drawing what comes. */

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { afterPaint } from "./after-paint.js";

/**
 * @param {boolean} shown
 * @returns `stays`: it is to be drawn, and `hidden` unless it is `shown`; `turn`: its key; `box`: for its element
 */
export function useParting(shown) {
  const box = useRef(/** @type {HTMLElement|null} */ (null));
  const now = useRef({ turn: 0, off: false });
  const [isGone, setGone] = useState(!shown);
  if (shown && now.current.off) now.current = { turn: now.current.turn + 1, off: false }; // drawn anew: what was taken off stays off
  useLayoutEffect(() => {
    if (shown) return setGone(false);
    now.current.off = true;
    box.current?.remove();
    return afterPaint(() => setGone(true));
  }, [shown]);
  return { stays: shown || !isGone, turn: now.current.turn, box };
}
