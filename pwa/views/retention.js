/** One line that says for how long messages are kept, where they are not kept for ever. */

import { keepDays } from "../state/retention.js";
import { strings } from "../strings.js";
import { html } from "./parts/html.js";

export function Retention() {
  const days = keepDays.value;
  return days > 0 && html`<p class="hint">${strings.messages.kept(days)}</p>`;
}
