/** Where a menu or picker opens: at what was pressed, below it or else above, and always whole on the screen. */

import { useLayoutEffect, useRef } from "preact/hooks";

/** @typedef {{x: number, y: number, top?: number}} At `y` is where it may begin; `top`, if given, where it must end when it goes above */

const EDGE = 8; // px kept free around it

/** Sets --x and --y on the box it is put on; the styles say what becomes of them. @param {At} at */
export function usePlace({ x, y, top = y }) {
  const box = useRef(/** @type {HTMLDivElement|null} */ (null));
  useLayoutEffect(() => {
    const { style, offsetWidth, offsetHeight } = /** @type {HTMLDivElement} */ (box.current);
    const fits = y + offsetHeight + EDGE <= window.innerHeight;
    const left = Math.max(EDGE, Math.min(x, window.innerWidth - offsetWidth - EDGE));
    const above = top === y ? window.innerHeight - offsetHeight - EDGE : top - offsetHeight;
    style.setProperty("--x", `${left}px`);
    style.setProperty("--y", `${fits ? y : Math.max(EDGE, above)}px`);
  });
  return box;
}

/** The place below an element, or above it. @param {Element} element @returns {At} */
export function placeAt(element) {
  const { left, top, bottom } = element.getBoundingClientRect();
  return { x: left, y: bottom, top };
}
