/** The browser's own dialog for a call: modal on the whole screen, beside the chat when small. */

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { lieOver } from "./layers.js";
import { windowSize } from "./viewport.js";

/**
 * @param {boolean} large
 * @param {() => void} leave by Escape and by Back: what is open over the pictures closes, else the call goes on, small
 * @param {string} [open] what is open over the pictures
 * @returns what its <dialog> is given
 */
export function useCallDialog(large, leave, open = "") {
  const box = useRef(/** @type {HTMLDialogElement | null} */ (null));
  const leaving = useRef(leave);
  leaving.current = leave;
  useLayoutEffect(() => {
    const dialog = box.current;
    return () => dialog?.close(); // gives focus back
  }, []);
  useLayoutEffect(() => {
    const dialog = box.current;
    if (!dialog) return;
    const before = document.activeElement;
    if (dialog.open) dialog.close();
    if (large) dialog.showModal();
    else dialog.show();
    if (!large && before instanceof HTMLElement && !dialog.contains(before)) before.focus();
  }, [large]);
  useLayoutEffect(() => (large ? lieOver(() => leaving.current()) : undefined), [large, open]);
  const onCancel = (/** @type {Event} */ event) => {
    event.preventDefault();
    leaving.current();
  };
  // a browser closes its <dialog> whatever one says, when Escape or Back came without a tap in between; the call goes on
  const onClose = () => {
    const dialog = box.current;
    if (!dialog?.isConnected || dialog.open) return;
    if (large) dialog.showModal();
    else dialog.show();
  };
  return { ref: box, onCancel, onClose };
}

/** The size of the window, as it changes. @returns {import("../../call/layout.js").Size} */
export function useWindow() {
  const [size, setSize] = useState(windowSize);
  useEffect(() => {
    const until = new AbortController();
    window.addEventListener("resize", () => setSize(windowSize()), { signal: until.signal });
    return () => until.abort();
  }, []);
  return size;
}
