/** One message: its bubble, what it carries, and what hangs on it. */

import { useState } from "preact/hooks";
import { conversationOf } from "../protocol/address.js";
import { isFolded } from "../state/blocks.js";
import { discard, retry } from "../state/outbox.js";
import { hue, person } from "../state/people.js";
import { room } from "../state/rooms.js";
import { strings } from "../strings.js";
import { Answers } from "./answers.js";
import { Folded } from "./blocks.js";
import { Files, isSeen } from "./files.js";
import { tools } from "./message-tools.js";
import { words } from "./message-words.js";
import { Avatar } from "./parts/avatar.js";
import { html } from "./parts/html.js";
import { later } from "./parts/later.js";
import { personHref } from "./parts/route.js";
import { isPictures } from "./parts/text.js";
import { Carried, Quote } from "./quote.js";
import { Reactions } from "./reactions.js";

/** @typedef {import("../state/messages.js").MessageItem} MessageItem */

const Poll = later(async () => (await import("./poll.js")).Poll, "polls");

/** @typedef {(at: import("./messages.js").MenuAt) => void} Open */

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
  const big = item.files.length === 0 && !item.reply && !item.forwarded && isPictures(item.text);
  const bare =
    item.files.length > 0 &&
    !item.text &&
    !item.reply &&
    !item.forwarded &&
    item.files.every(isSeen);
  return [
    "message",
    item.mine ? "mine" : "theirs",
    item.opens && "opens",
    item.closes && "closes",
    item.begins && "begins",
    big && "big",
    item.voice && "spoken",
    bare && "bare",
    item.poll && !item.deleted && "asks",
    item.seq === 0 && "fresh",
  ]
    .filter(Boolean)
    .join(" ");
}

/** Whose words these are, beside the last of them. @param {string} id */
function face(id) {
  return html`<a class="said-by" href=${personHref(id)} aria-hidden="true" tabindex="-1">${Avatar({ person: person(id).value, size: "small" })}</a>`;
}

/** And above the first. @param {string} id */
function authorName(id) {
  return html`<span class="author" data-hue=${Math.floor(hue(id) / 36)} dir="auto">${person(id).value.name}<span class="unseen">: </span></span>`;
}

/** @param {MessageItem} item */
function authorUnseen({ mine, author }) {
  const name = mine ? strings.messages.youWrote : person(author).value.name;
  return html`<span class="unseen">${`${name}: `}</span>`;
}

/**
 * One of hundreds, drawn while somebody scrolls: what most of them have is written in place, and only what few have is a
 * component. A finger on it is the log's (messages.js).
 * @param {{id: string, item: MessageItem, open: Open, view: import("./files.js").View}} props
 */
export function Message({ id, item, open, view }) {
  const [born] = useState(() => performance.now());
  const [heard, hear] = useState(false);
  if (!heard && isFolded(item.author, id))
    return html`<${Folded} place=${item.key} show=${() => hear(true)} />`;
  const inRoom = !item.mine && room(conversationOf(id)).value !== null;
  const stands = !item.deleted;
  return html`<div class=${inRoom ? `${classes(item)} in-room` : classes(item)} data-key=${item.key} data-seq=${item.seq || undefined}>
    ${inRoom && item.closes && face(item.author)}
    <div class="bubble">
      ${inRoom && item.opens ? authorName(item.author) : authorUnseen(item)}
      ${item.forwarded && stands && html`<${Carried} author=${item.forwarded} />`}
      ${item.reply > 0 && stands && html`<${Quote} id=${id} seq=${item.reply} />`}
      ${item.files.length > 0 && html`<${Files} id=${id} item=${item} view=${view} />`}
      ${words(item, open)}
      ${item.poll && stands && html`<${Poll} id=${id} item=${item} details=${() => open({ item, x: 0, y: 0, panel: "details" })} />`}
    </div>
    ${tools(id, item, open)}
    ${item.thread && item.thread.count > 0 && html`<${Answers} id=${id} item=${item} thread=${item.thread} />`}
    ${item.reactions.length > 0 && html`<${Reactions} id=${id} item=${item} born=${born} open=${open} />`}
    ${item.state === "failed" && html`<${Failed} item=${item} />`}
  </div>`;
}
