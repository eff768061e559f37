/** What shows beside a message under a mouse: a reaction, an answer, and the menu with all the rest. */

import { replyTo } from "../state/composing.js";
import { strings } from "../strings.js";
import { hasMenu, mayAnswer } from "./message-actions.js";
import { html } from "./parts/html.js";
import { Icon } from "./parts/icon.js";
import { placeAt } from "./parts/place.js";
import { hasKeyboard } from "./parts/wide.js";

/** @typedef {(at: import("./messages.js").MenuAt) => void} Open */

const SMILE = /** @type {const} */ ({ name: "smile", small: true });
const REPLY = /** @type {const} */ ({ name: "reply", small: true });
const MORE = /** @type {const} */ ({ name: "more", small: true });

/**
 * A keyboard finds the menu where no mouse is, and what it looks like there is in the styles: on a phone hundreds of pictures
 * that nobody sees would be made.
 * @param {string} id @param {import("../state/messages.js").MessageItem} item @param {Open} open
 */
export function tools(id, item, open) {
  const pointed = hasKeyboard();
  const at = (/** @type {MouseEvent & {currentTarget: Element}} */ { currentTarget }) =>
    placeAt(currentTarget);
  return html`<span class="message-tools">
    ${
      pointed &&
      item.seq > 0 &&
      !item.deleted &&
      html`<button type="button" class="icon-button message-tool" tabindex="-1" aria-label=${strings.reactions.react} title=${strings.reactions.react}
        onClick=${(/** @type {any} */ event) => open({ item, ...at(event), panel: "picker" })}>${Icon(SMILE)}</button>`
    }
    ${
      pointed &&
      mayAnswer(item, id) &&
      html`<button type="button" class="icon-button message-tool" tabindex="-1" aria-label=${strings.talk.reply} title=${strings.talk.reply}
        onClick=${() => replyTo(id, item.seq)}>${Icon(REPLY)}</button>`
    }
    ${
      hasMenu(item, id) &&
      html`<button type="button" class="icon-button message-tool message-more" tabindex="-1" aria-haspopup="menu"
      aria-label=${strings.messages.menu} onClick=${(/** @type {any} */ event) => open({ item, ...at(event) })}>${pointed && Icon(MORE)}</button>`
    }
  </span>`;
}
