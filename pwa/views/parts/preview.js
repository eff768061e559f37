/** The line under a name in the list: a draft, somebody writing, or what was said last. */

import { plainText } from "../../state/formatting.js";
import { strings } from "../../strings.js";
import { html } from "./html.js";
import { Icon } from "./icon.js";
import { noticeWords } from "./room.js";
import { length } from "./time.js";

/** @typedef {import("../../state/conversations.js").Row} Row */
/** @typedef {import("../../state/conversations.js").Preview} Preview */

/** The words for a call in the list. @param {NonNullable<Preview["call"]>} call */
export function callWords(call) {
  const { calls } = strings;
  if (call.state === "ended") return call.video ? calls.video : calls.voice;
  if (call.state === "ringing" || call.state === "going" || call.state === "continued")
    return calls[call.state];
  if (call.mine) return call.state === "missed" ? calls.noAnswer : calls[call.state];
  return call.video ? calls.missedVideo : calls.missed;
}

/** @type {Record<string, "photo"|"file"|"microphone"|"poll">} */
const ICONS = { picture: "photo", file: "file", voice: "microphone", poll: "poll" };

/** @param {Preview} preview @param {string} id of the conversation */
function words(preview, id) {
  if (preview.kind === "call" && preview.call) return callWords(preview.call);
  if (preview.kind === "blocked") return strings.blocks.message;
  if (preview.kind === "deleted") return strings.talk.deleted;
  if (preview.kind === "notice" && preview.notice) return noticeWords(preview.notice, id);
  if (preview.kind === "voice") return strings.preview.voice(length(preview.seconds));
  if (preview.kind === "poll") return strings.preview.poll(plainText(preview.text));
  if (preview.text || preview.kind === "text") return plainText(preview.text);
  return preview.kind === "picture"
    ? strings.preview.picture(preview.count)
    : strings.preview.file(preview.count, preview.name);
}

/** @param {{row: Row}} props */
export function PreviewLine({ row }) {
  if (row.typing.length) return html`<span class="preview writing">${strings.chats.writing}</span>`;
  const draft = row.draft || (row.recorded ? strings.preview.voice(length(row.recorded)) : "");
  if (draft)
    return html`<span class="preview">
      <span class="draft">${strings.chats.draft}</span> <span dir="auto">${draft}</span>
    </span>`;
  const { preview } = row;
  if (!preview)
    return html`<span class="preview">${row.peer?.about ?? row.room?.topic ?? ""}</span>`;
  const icon =
    preview.kind === "call" ? (preview.call?.video ? "video" : "phone") : ICONS[preview.kind];
  return html`<span class="preview">
    ${preview.mine && preview.kind !== "call" && html`<span class="you">${strings.chats.you} </span>`}
    ${preview.author && html`<span class="you"><bdi>${preview.author.name}</bdi>: </span>`}
    ${icon && html`<${Icon} name=${icon} small />`}
    <span dir="auto">${words(preview, row.id)}</span>
  </span>`;
}
