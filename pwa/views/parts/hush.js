/** The small sign of a conversation that is muted; nothing for one that is not. */

import { muted } from "../../state/preferences.js";
import { strings } from "../../strings.js";
import { html } from "./html.js";
import { Icon } from "./icon.js";

/** @param {{id: string}} props the conversation's */
export function Hush({ id }) {
  if (!muted(id).value) return null;
  return html`<span class="hush"><${Icon} name="muted" small /><span class="unseen">${strings.attention.muted}</span></span>`;
}
