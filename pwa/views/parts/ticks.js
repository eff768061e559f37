/** How far one's own message has come: a clock, one tick, two ticks, two coloured ticks. */

import { strings } from "../../strings.js";
import { html } from "./html.js";

const CLOCK = "M9 3.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11M9 6v3.2l2 1.3";
const ONE = "M4.5 9.5l3 3 6-7";
const TWO = "M1.5 9.5l3 3 6-7M8.5 12l.5.5 6.5-7";
const ALAS = "M9 3.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11M9 6.3v3.2M9 11.7v.01";

/** @type {Record<string, string>} */
const DRAWN = { queued: CLOCK, sending: CLOCK, failed: ALAS, sent: ONE, delivered: TWO, read: TWO };

/** @param {{state: string}} props */
export function Ticks({ state }) {
  if (!(state in DRAWN)) return null;
  const name = strings.states[/** @type {keyof typeof strings.states} */ (state)];
  return html`<svg class=${`ticks ${state}`} viewBox="0 0 18 18" role="img" aria-label=${name}>
    <path d=${DRAWN[state]} />
  </svg>`;
}
