/** The bar over the box while it is for something else than a new message: what, about which message, and a way out. */

import { aim, drop } from "../state/composing.js";
import { messageAt } from "../state/fetched.js";
import { world } from "../state/world.js";
import { strings } from "../strings.js";
import { html } from "./parts/html.js";
import { Icon } from "./parts/icon.js";
import { inBrief, nameOf } from "./quote.js";

/** Whom one answers. @param {string} author "" while it is not known */
function answering(author) {
  const { talk } = strings;
  if (!author) return talk.reply;
  return author === world.value.me ? talk.replyingYou : talk.replying(nameOf(author));
}

/** @param {{id: string, refused: string}} props `refused`: why an edit was not saved */
export function ComposingBar({ id, refused }) {
  const { kind, seq } = aim(id).value;
  const entry = kind ? messageAt(id, seq).value : null;
  if (!kind) return null;
  const { talk } = strings;
  const isEdit = kind === "edit";
  const title = isEdit ? talk.editing : answering(entry?.author ?? "");
  const out = isEdit ? talk.cancelEdit : talk.cancelReply;
  return html`<div class="composing">
    <${Icon} name=${isEdit ? "edit" : "reply"} />
    <span class="composing-text">
      <strong dir="auto">${title}</strong>
      <span class="quote-words" dir="auto">${entry ? inBrief(entry) : ""}</span>
      ${refused && html`<span class="wrong" role="alert">${refused}</span>`}
    </span>
    <button type="button" class="icon-button" aria-label=${out} title=${out} onClick=${() => drop(id)}><${Icon} name="close" small /></button>
  </div>`;
}
