/** How a connection is, as a dot: full, half or empty, so that it is told without its colour, too. */

import { html } from "./html.js";

/** @typedef {"good"|"fair"|"poor"} Told */

/** What fills the ring. @type {Record<Told, string>} */
const FULL = {
  good: "M10 5a5 5 0 1 0 0 10 5 5 0 0 0 0-10z",
  fair: "M10 5a5 5 0 0 0 0 10z",
  poor: "",
};

/** @param {{quality: Told, says?: string}} props `says` it to who points at it or hears the page, where nothing beside it does */
export function LineMark({ quality, says = "" }) {
  const spoken = says ? { role: "img", "aria-label": says, title: says } : { "aria-hidden": true };
  return html`<span class=${`line-mark ${quality}`} ...${spoken}>
    <svg viewBox="0 0 20 20" aria-hidden="true"><circle cx="10" cy="10" r="5" /><path d=${FULL[quality]} /></svg>
  </span>`;
}
