/** One message: its bubble, what it carries, and how far it has come. */

import { useRef } from "preact/hooks";
import { discard, retry } from "../state/outbox.js";
import { person } from "../state/people.js";
import { strings } from "../strings.js";
import { Files } from "./files.js";
import { html } from "./parts/html.js";
import { Icon } from "./parts/icon.js";
import { usePress } from "./parts/press.js";
import { isPictures, Text } from "./parts/text.js";
import { Ticks } from "./parts/ticks.js";
import { exactTime, timeOfDay } from "./parts/time.js";

/** @typedef {import("../state/messages.js").MessageItem} MessageItem */

/** @param {{item: MessageItem}} props */
function Meta({ item }) {
  return html`<span class="meta" dir="ltr">
    <time title=${exactTime(item.at)}>${timeOfDay(item.at)}</time>
    ${item.mine && html`<${Ticks} state=${item.state} />`}
  </span>`;
}

/** @param {{item: MessageItem}} props */
function Failed({ item }) {
  return html`<div class="failed" role="alert">
    <span>${item.error || strings.messages.failed}</span>
    <button type="button" class="button quiet" onClick=${() => retry(item.nonce)}>${strings.messages.retry}</button>
    <button type="button" class="button quiet" onClick=${() => discard(item.nonce)}>${strings.messages.discard}</button>
  </div>`;
}

/** @param {MessageItem} item */
function classes(item) {
  const big = item.files.length === 0 && isPictures(item.text);
  const bare = item.files.length > 0 && !item.text && item.files.every((file) => file.picture);
  return [
    "message",
    item.mine ? "mine" : "theirs",
    item.opens && "opens",
    item.closes && "closes",
    big && "big",
    bare && "bare",
    item.seq === 0 && "fresh",
  ]
    .filter(Boolean)
    .join(" ");
}

/** @param {{item: MessageItem, open: (at: import("./messages.js").MenuAt) => void, view: (file: string) => void}} props */
export function Message({ item, open, view }) {
  const more = useRef(/** @type {HTMLButtonElement|null} */ (null));
  const press = usePress((x, y) => open({ item, x, y }));
  const byButton = () => {
    const { left, bottom } = /** @type {HTMLButtonElement} */ (
      more.current
    ).getBoundingClientRect();
    open({ item, x: left, y: bottom });
  };
  const author = item.mine ? strings.messages.youWrote : person(item.author).value.name;
  return html`<div class=${classes(item)} data-key=${item.key} data-seq=${item.seq || undefined}>
    <div class="bubble" ...${press}>
      <span class="unseen">${author}: </span>
      ${item.files.length > 0 && html`<${Files} item=${item} view=${view} />`}
      ${
        item.text
          ? html`<p class="said" dir="auto"><${Text} text=${item.text} /><${Meta} item=${item} /></p>`
          : html`<${Meta} item=${item} />`
      }
    </div>
    <button ref=${more} type="button" class="icon-button message-more" tabindex="-1" aria-haspopup="menu"
      aria-label=${strings.messages.menu} onClick=${byButton}><${Icon} name="more" small /></button>
    ${item.state === "failed" && html`<${Failed} item=${item} />`}
  </div>`;
}
