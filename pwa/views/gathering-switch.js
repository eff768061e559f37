/** A setting of a room's call that is on or off. */

import { html } from "./parts/html.js";

/** @param {{name: string, hint?: string, on: boolean, turn: (on: boolean) => void}} props */
export function CallSwitch({ name, hint = "", on, turn }) {
  return html`<label class="gathering-switch">
    <span>${name}${hint && html`<small>${hint}</small>`}</span>
    <input type="checkbox" class="switch" role="switch" checked=${on} onChange=${() => turn(!on)} />
  </label>`;
}
