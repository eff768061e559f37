/** The buttons of a call step aside while nobody needs them. */

import { useEffect, useRef, useState } from "preact/hooks";

const QUIET = 3000; // ms after which the buttons step aside

/** Shown while somebody moves, taps or types; always while there is nothing to see behind. @param {boolean} mayHide */
export function useQuiet(mayHide) {
  const [shown, setShown] = useState(true);
  const timer = useRef(/** @type {ReturnType<typeof setTimeout> | undefined} */ (undefined));
  const woken = useRef(false); // this touch only brought the buttons back
  const show = () => {
    setShown(true);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setShown(false), QUIET);
  };
  useEffect(() => {
    show();
    return () => clearTimeout(timer.current);
  }, []);
  const hidden = mayHide && !shown;
  const touch = (/** @type {PointerEvent} */ event) => {
    woken.current = hidden && event.pointerType !== "mouse";
    show();
  };
  const click = (/** @type {MouseEvent} */ event) => {
    if (!woken.current) return;
    woken.current = false;
    event.stopPropagation();
    event.preventDefault();
  };
  return {
    hidden,
    show,
    listen: {
      onPointerMove: show,
      onPointerDownCapture: touch,
      onClickCapture: click,
      onFocusIn: show,
    },
  };
}
