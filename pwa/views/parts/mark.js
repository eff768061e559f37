/** Parley's mark: two people's bubbles, one leaning into the other. */

import { html } from "./html.js";

/** @param {{size?: number}} props `size` in CSS pixels */
export function Mark({ size = 96 }) {
  return html`<img class="mark" src="/icons/mark.svg" width=${size} height=${size} alt="" />`;
}
