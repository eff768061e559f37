/** A modal: the browser's own <dialog>, which traps focus, closes on Escape or Back, and gives focus back. */

import { useLayoutEffect, useRef } from "preact/hooks";
import { html } from "./html.js";
import { lieOver } from "./layers.js";

/**
 * @param {{label: string, close?: () => void, kind?: string, children?: any}} props
 * `close` is called when it was dismissed; the caller then stops rendering it. Without it nothing dismisses it.
 */
export function Dialog({ label, close, kind = "sheet", children }) {
  const box = useRef(/** @type {HTMLDialogElement|null} */ (null));
  const way = useRef(close); // out, as it was last rendered
  way.current = close;
  useLayoutEffect(() => {
    const before = document.activeElement;
    const dialog = box.current;
    dialog?.showModal();
    const leave = close && lieOver(() => way.current?.());
    return () => {
      leave?.();
      way.current = undefined;
      dialog?.close(); // else what lies behind could not take the focus yet
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  const outside = (/** @type {MouseEvent} */ event) => {
    if (event.target === event.currentTarget) close?.();
  };
  const dismiss = (/** @type {Event} */ event) => {
    event.preventDefault();
    close?.();
  };
  // Android's Back closes a <dialog> by itself when it was pressed twice in a row
  const closed = () =>
    way.current ? way.current() : box.current?.isConnected && box.current.showModal();
  return html`<dialog ref=${box} class=${kind} aria-label=${label} onCancel=${dismiss} onClose=${closed} onClick=${outside}>
    ${children}
  </dialog>`;
}
