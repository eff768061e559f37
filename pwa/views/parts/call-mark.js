/** A small mark in the list of conversations: here a call is on. */

import { conversationIn } from "../../state/world.js";
import { strings } from "../../strings.js";
import { html } from "./html.js";
import { Icon } from "./icon.js";

/** @param {{id: string}} props of a conversation */
export function CallMark({ id }) {
  const on = conversationIn(id).value?.gathering;
  if (!on) return null;
  return html`<span class="call-mark"><${Icon} name=${on.video ? "video" : "phone"} small /><span class="unseen">${strings.gathering.isOn}</span></span>`;
}
