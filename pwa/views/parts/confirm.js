/** A question before something that cannot be taken back. */

import { useState } from "preact/hooks";
import { strings } from "../../strings.js";
import { Dialog } from "./dialog.js";
import { html } from "./html.js";

/**
 * @param {{title: string, text: string, action: string, close: () => void, act: () => Promise<void>}} props
 * `act` may refuse: its sentence is shown and the question stays.
 */
export function Confirm({ title, text, action, close, act }) {
  const [failed, setFailed] = useState("");
  const [busy, setBusy] = useState(false);
  const go = async () => {
    setBusy(true);
    try {
      await act();
      close();
    } catch (error) {
      setFailed(/** @type {Error} */ (error).message);
      setBusy(false);
    }
  };
  return html`<${Dialog} label=${title} close=${close}>
    <div class="card">
      <h2>${title}</h2>
      <p>${text}</p>
      ${failed && html`<p class="wrong" role="alert">${failed}</p>`}
      <div class="actions">
        <button type="button" class="button" onClick=${close}>${strings.cancel}</button>
        <button type="button" class="button danger" disabled=${busy} onClick=${go}>${action}</button>
      </div>
    </div>
  <//>`;
}
