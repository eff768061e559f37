/** How long a call has been going. */

import { useEffect, useState } from "preact/hooks";
import { html } from "./parts/html.js";
import { length } from "./parts/time.js";

/** @param {{since: number}} props ms */
export function CallClock({ since }) {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return html`<time class="call-clock">${length(Math.max(0, (now - since) / 1000))}</time>`;
}
