/** A ring that is answered in writing: it is declined, and the conversation lies open with its box. */

import { strings } from "../../strings.js";
import { CallIcon } from "./call-icon.js";
import { html } from "./html.js";
import { conversationHref, go } from "./route.js";

/** @param {{conversation: string, decline: () => void}} props */
export function WriteInstead({ conversation, decline }) {
  const write = () => {
    decline();
    go(conversationHref(conversation));
  };
  return html`<button type="button" class="call-instead" onClick=${write}>
    <${CallIcon} name="write" small />${strings.call.write}
  </button>`;
}
