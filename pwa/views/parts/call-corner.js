/** Something small that lies in a corner of something large: dragged with a finger or mouse, walked with the arrow keys. */

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { cornerAfter, cornerPoint, nearestCorner, onStage } from "../../call/layout.js";

/** @typedef {import("../../call/layout.js").Corner} Corner */
/** @typedef {import("../../call/layout.js").Size} Size */
/** @typedef {{from: {x: number, y: number}, grip: {x: number, y: number}, last: {x: number, y: number, at: number}, speed: {x: number, y: number}, moved: boolean}} Drag */

const A_TAP = 6; // px a finger may wander and still tap

/**
 * @param {{stage: Size, tile: Size, insets: import("../../call/layout.js").Insets, first: Corner, tap: () => void}} options
 * `tap` is a click, or Enter, that was no drag
 */
export function useCorner({ stage, tile, insets, first, tap }) {
  const [corner, setCorner] = useState(first);
  const [dragged, setDragged] = useState(/** @type {{x: number, y: number} | null} */ (null));
  const drag = useRef(/** @type {Drag | null} */ (null));
  const moved = useRef(false);
  const place = dragged ?? cornerPoint(corner, stage, tile, insets);

  const onPointerDown = (/** @type {PointerEvent & {currentTarget: HTMLElement}} */ event) => {
    if (event.button !== 0) return;
    const grip = { x: event.clientX, y: event.clientY };
    drag.current = {
      from: place,
      grip,
      last: { ...grip, at: event.timeStamp },
      speed: { x: 0, y: 0 },
      moved: false,
    };
    moved.current = false;
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const onPointerMove = (/** @type {PointerEvent} */ event) => {
    const now = drag.current;
    if (!now) return;
    const [x, y] = [event.clientX - now.grip.x, event.clientY - now.grip.y];
    if (!now.moved && Math.hypot(x, y) < A_TAP) return;
    now.moved = moved.current = true;
    const passed = Math.max(1, event.timeStamp - now.last.at);
    now.speed = {
      x: (event.clientX - now.last.x) / passed,
      y: (event.clientY - now.last.y) / passed,
    };
    now.last = { x: event.clientX, y: event.clientY, at: event.timeStamp };
    setDragged(onStage({ x: now.from.x + x, y: now.from.y + y }, stage, tile));
  };
  const onPointerUp = () => {
    const now = drag.current;
    drag.current = null;
    if (now?.moved && dragged) setCorner(nearestCorner(dragged, now.speed, stage, tile));
    setDragged(null);
  };
  const onClick = () => {
    if (!moved.current) tap();
    moved.current = false;
  };
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    if (!event.key.startsWith("Arrow")) return;
    event.preventDefault();
    setCorner(cornerAfter(corner, event.key));
  };
  const style = {
    inlineSize: `${tile.width}px`,
    blockSize: `${tile.height}px`,
    translate: `${place.x}px ${place.y}px`,
  };
  return {
    corner,
    held: dragged !== null,
    props: {
      style,
      onPointerDown,
      onPointerMove,
      onPointerUp,
      onPointerCancel: onPointerUp,
      onClick,
      onKeyDown,
    },
  };
}

/** The size of an element as it is laid out. @param {{current: HTMLElement | null}} ref @returns {Size} */
export function useSize(ref) {
  const [size, setSize] = useState({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return undefined;
    const measure = () => setSize({ width: element.clientWidth, height: element.clientHeight });
    const watch = new ResizeObserver(measure);
    watch.observe(element);
    measure();
    return () => watch.disconnect();
  }, []);
  return size;
}
