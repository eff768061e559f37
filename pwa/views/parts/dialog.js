/** A modal: the browser's own <dialog>, which traps focus, closes on Escape and gives focus back. */

import { useLayoutEffect, useRef } from "preact/hooks";
import { html } from "./html.js";

/**
 * @param {{label: string, close: () => void, kind?: string, children?: any}} props
 * `close` is called when it was dismissed; the caller then stops rendering it.
 */
export function Dialog({ label, close, kind = "sheet", children }) {
  const box = useRef(/** @type {HTMLDialogElement|null} */ (null));
  useLayoutEffect(() => {
    const before = document.activeElement;
    const dialog = box.current;
    dialog?.showModal();
    return () => {
      dialog?.close(); // else what lies behind could not take the focus yet
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  const outside = (/** @type {MouseEvent} */ event) => {
    if (event.target === event.currentTarget) close();
  };
  const dismiss = (/** @type {Event} */ event) => {
    event.preventDefault();
    close();
  };
  return html`<dialog ref=${box} class=${kind} aria-label=${label} onCancel=${dismiss} onClick=${outside}>
    ${children}
  </dialog>`;
}
