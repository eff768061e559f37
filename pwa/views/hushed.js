/** In the place of the composer while a call keeps one from writing: why, and how to ask. */

import { doing, gathering } from "../state/gathering.js";
import { isHere } from "../state/stage.js";
import { conversationIn } from "../state/world.js";
import { strings } from "../strings.js";
import { html } from "./parts/html.js";

const words = strings.asking;

/** @param {{id: string}} props of a room */
export function Hushed({ id }) {
  const call = conversationIn(id).value?.gathering?.call ?? "";
  const asked = gathering.value?.asks.includes("write");
  return html`<div class="note closed">
    <p>${words.hushed}</p>
    ${isHere(call) && html`<button type="button" class="button quiet" aria-pressed=${asked} onClick=${() => doing.ask("write")}>${asked ? words.back.write : words.ask.write}</button>`}
  </div>`;
}
