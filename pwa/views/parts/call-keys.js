/** The letters of a call, wherever the focus is. */

import { useLayoutEffect, useRef } from "preact/hooks";

// Where letters mean something: a list of devices goes by them to the next of that name
const LETTERS = "select, textarea, input:not([type=checkbox], [type=range])";

/** @param {Record<string, () => void>} acts by letter @param {() => void} show any key brings the buttons back */
export function useCallKeys(acts, show) {
  const now = useRef({ acts, show });
  now.current = { acts, show };
  // Letters count from the first frame on
  useLayoutEffect(() => {
    const until = new AbortController();
    const press = (/** @type {KeyboardEvent} */ event) => {
      const on = event.target instanceof Element ? event.target : document.body;
      if (on.closest(".sheet")) return; // a question lies over the call
      now.current.show();
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      if (!on.closest(LETTERS)) now.current.acts[event.key]?.();
    };
    window.addEventListener("keydown", press, { signal: until.signal });
    return () => until.abort();
  }, []);
}
