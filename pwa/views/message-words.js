/**
 * What a message says, or that it was taken back; and by it when that was, whether it was edited, and how far it has come.
 * Written straight into the message: a component each would cost more than the words.
 */

import { namesIn } from "../state/mentions.js";
import { person } from "../state/people.js";
import { strings } from "../strings.js";
import { html } from "./parts/html.js";
import { Icon } from "./parts/icon.js";
import { placeAt } from "./parts/place.js";
import { said } from "./parts/text.js";
import { Ticks } from "./parts/ticks.js";
import { exactTime, timeOfDay } from "./parts/time.js";

/** @typedef {import("../state/messages.js").MessageItem} MessageItem */
/** @typedef {(at: import("./messages.js").MenuAt) => void} Open */

/** That it was edited; behind it stands what it said before. @param {{item: MessageItem, open: Open}} props */
function Edited({ item, open }) {
  const go = (/** @type {MouseEvent & {currentTarget: Element}} */ { currentTarget }) =>
    open({ item, ...placeAt(currentTarget), panel: "details" });
  return html`<button type="button" class="edited" tabindex="-1" title=${exactTime(item.edited)} onClick=${go}>${strings.talk.edited}</button>`;
}

/** @param {MessageItem} item @param {Open} open */
function meta(item, open) {
  return html`<span class="meta" dir="ltr">
    ${item.edited > 0 && html`<${Edited} item=${item} open=${open} />`}
    <time>${timeOfDay(item.at)}</time>
    ${item.mine && Ticks(item)}
  </span>`;
}

/** @param {MessageItem} item @param {Open} open */
export function words(item, open) {
  const tail = meta(item, open);
  if (item.deleted)
    return html`<p class="said gone"><${Icon} name="block" small /><span class="text">${strings.talk.deleted}</span>${tail}</p>`;
  return item.text ? said(item.text, namedBy(item), tail) : tail;
}

/** The people a text names, as it calls them. @param {MessageItem} item */
function namedBy({ text, mentions, everyone }) {
  if (!mentions.length && !everyone) return undefined;
  return namesIn(
    text,
    mentions.map((id) => person(id).value),
    everyone,
  );
}
