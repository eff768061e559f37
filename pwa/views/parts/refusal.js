/** Why a reaction, a vote or a pin was not taken: one sentence for a moment, where one looks. */

import { refusal } from "../../state/wishes.js";
import { html } from "./html.js";

export function Refusal() {
  return html`<p class="toast" role="status">${refusal.value}</p>`;
}
