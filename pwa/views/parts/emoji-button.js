/** The button beside the box that opens the emoji picker. */

import { useState } from "preact/hooks";
import { strings } from "../../strings.js";
import { html } from "./html.js";
import { Icon } from "./icon.js";
import { later } from "./later.js";
import { placeAt } from "./place.js";
import { replaceIn } from "./textarea.js";

const EmojiPicker = later(async () => (await import("../emoji-picker.js")).EmojiPicker, "emoji");

/** Opens the picker; what is picked stands where the caret was. Phones have one in their keyboard. @param {{box: {current: HTMLTextAreaElement|null}}} props */
export function EmojiButton({ box }) {
  const [at, setAt] = useState(/** @type {import("./place.js").At|null} */ (null));
  const pick = (/** @type {string} */ emoji) => {
    const { selectionStart: start = 0, selectionEnd: end = 0 } = box.current ?? {};
    if (box.current) replaceIn(box.current, start, end, emoji);
  };
  const close = () => {
    setAt(null);
    requestAnimationFrame(() => box.current?.focus());
  };
  return html`<button type="button" class="icon-button" aria-label=${strings.emoji.open} aria-haspopup="dialog"
      onClick=${(/** @type {MouseEvent & {currentTarget: Element}} */ { currentTarget }) => setAt(placeAt(currentTarget))}>
      <${Icon} name="smile" />
    </button>
    ${at && html`<${EmojiPicker} at=${at} pick=${pick} close=${close} />`}`;
}
