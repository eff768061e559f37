/** Something that opens beside the pictures of a call: it takes the focus and gives it back, and closes with Escape. */

import { useLayoutEffect, useRef } from "preact/hooks";
import { strings } from "../../strings.js";
import { CallIcon } from "./call-icon.js";
import { html } from "./html.js";

/** @param {{title: string, kind: string, close: () => void, children?: any}} props `kind` is a class */
export function CallPanel({ title, kind, close, children }) {
  const box = useRef(/** @type {HTMLElement|null} */ (null));
  // In the frame it is drawn in: later, the focus would be taken from where somebody is by then
  useLayoutEffect(() => {
    const before = document.activeElement;
    box.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return html`<section ref=${box} class=${`gathering-panel ${kind}`} role="group" aria-label=${title} tabindex="-1">
    <div class="gathering-panel-head">
      <h2>${title}</h2>
      <button type="button" class="call-button plain" aria-label=${strings.close} title=${strings.close} onClick=${close}><${CallIcon} name="close" /></button>
    </div>
    <div class="gathering-panel-body scroll">${children}</div>
  </section>`;
}
