/** How long a call has been going, and how its connection is. */

import { useEffect, useState } from "preact/hooks";
import { lineWords } from "./call-words.js";
import { html } from "./parts/html.js";
import { LineMark } from "./parts/line-mark.js";
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

/** A dot, once there is something to say. @param {{call: import("../state/calls.js").CallState}} props */
export function CallLine({ call }) {
  const says = lineWords(call);
  return says && html`<${LineMark} quality=${call.quality} says=${says} />`;
}
