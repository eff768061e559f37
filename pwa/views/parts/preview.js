/** The line under a name in the list: a draft, somebody writing, or what was said last. */

import { strings } from "../../strings.js";
import { html } from "./html.js";
import { Icon } from "./icon.js";

/** @typedef {import("../../state/conversations.js").Row} Row */
/** @typedef {import("../../state/conversations.js").Preview} Preview */

/** The words for a call in the list. @param {NonNullable<Preview["call"]>} call */
export function callWords(call) {
  const { calls } = strings;
  if (call.state === "ended") return call.video ? calls.video : calls.voice;
  if (call.state === "ringing" || call.state === "going") return calls[call.state];
  if (call.mine) return call.state === "missed" ? calls.noAnswer : calls[call.state];
  return call.video ? calls.missedVideo : calls.missed;
}

/** @type {Record<string, "photo"|"file">} */
const ICONS = { picture: "photo", file: "file" };

/** @param {Preview} preview */
function words(preview) {
  if (preview.kind === "call" && preview.call) return callWords(preview.call);
  if (preview.text || preview.kind === "text") return preview.text;
  return preview.kind === "picture"
    ? strings.preview.picture(preview.count)
    : strings.preview.file(preview.count, preview.name);
}

/** @param {{row: Row}} props */
export function PreviewLine({ row }) {
  if (row.typing.length) return html`<span class="preview writing">${strings.chats.writing}</span>`;
  if (row.draft)
    return html`<span class="preview">
      <span class="draft">${strings.chats.draft}</span> <span dir="auto">${row.draft}</span>
    </span>`;
  const { preview } = row;
  if (!preview) return html`<span class="preview">${row.peer?.about ?? ""}</span>`;
  const icon =
    preview.kind === "call" ? (preview.call?.video ? "video" : "phone") : ICONS[preview.kind];
  return html`<span class="preview">
    ${preview.mine && preview.kind !== "call" && html`<span class="you">${strings.chats.you} </span>`}
    ${icon && html`<${Icon} name=${icon} small />`}
    <span dir="auto">${words(preview)}</span>
  </span>`;
}
