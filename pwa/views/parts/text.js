/** A message's text as markup: the tree of state/formatting.js, drawn. Never a string that a browser would parse. */

import { useState } from "preact/hooks";
import { blocksOf } from "../../state/formatting.js";
import { world } from "../../state/world.js";
import { strings } from "../../strings.js";
import { copy } from "./clipboard.js";
import { html } from "./html.js";
import { Icon } from "./icon.js";
import { personHref } from "./route.js";

/** @typedef {import("../../state/formatting.js").Block} Block */
/** @typedef {import("../../state/inline.js").Inline} Inline */
/** @typedef {any} Drawn what html makes */

const PICTURES =
  /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|[\u{e0020}-\u{e007f}]|\u200d|\ufe0f|\u20e3|\s/gu;
const MOST_BIG = 12; // code units of a text that may be shown large
const TAGS = { bold: "strong", italic: "em", strike: "s" };
const COPIED_MS = 1500;

/** @param {Inline} node @returns {Drawn} */
function inline(node) {
  if (typeof node === "string") return node;
  if (node.type === "code") return html`<code>${node.text}</code>`;
  if (node.type === "link" && node.href.startsWith(`${location.origin}/#/`))
    return html`<a href=${new URL(node.href).hash} dir="auto">${node.text}</a>`; // a place of our own
  if (node.type === "link")
    return html`<a href=${node.href} target="_blank" rel="noopener noreferrer nofollow" dir="auto">${node.text}</a>`;
  if (node.type === "mention" && !node.person)
    return html`<span class="mention me" dir="auto">${node.text}</span>`; // everybody
  if (node.type === "mention") {
    const mine = node.person === world.peek().me;
    return html`<a class=${mine ? "mention me" : "mention"} href=${personHref(node.person)} dir="auto">${node.text}</a>`;
  }
  return html`<${TAGS[node.type]}>${node.children.map(inline)}<//>`;
}

/** @param {{text: string}} props */
function CodeBlock({ text }) {
  const [copied, setCopied] = useState(false);
  const take = async () => {
    await copy(text);
    setCopied(true);
    setTimeout(() => setCopied(false), COPIED_MS);
  };
  return html`<div class="code-block">
    <pre dir="ltr" tabindex="0"><code>${text}</code></pre>
    <button type="button" class="icon-button" aria-label=${copied ? strings.messages.copied : strings.messages.copyCode} onClick=${() => take().catch(() => {})}>
      <${Icon} name=${copied ? "check" : "copy"} small />
    </button>
  </div>`;
}

/** A list's entry is its words alone when it holds nothing else. @param {Block[]} blocks @returns {Drawn} */
function entry(blocks) {
  const [first, ...rest] = blocks;
  return first?.type === "paragraph" ? [first.children.map(inline), drawn(rest)] : drawn(blocks);
}

/** @param {Block} block @param {any} [tail] what stands behind the last word @returns {Drawn} */
function block(block, tail) {
  if (block.type === "code") return html`<${CodeBlock} text=${block.text} />${tail}`;
  if (block.type === "quote")
    return html`<blockquote dir="auto">${drawn(block.children)}</blockquote>${tail}`;
  if (block.type === "paragraph")
    return html`<p dir="auto">${block.children.map(inline)}${tail}</p>`;
  const items = block.items.map(
    ({ number, children }) =>
      html`<li value=${block.ordered ? number : undefined}>${entry(children)}</li>`,
  );
  return html`<${block.ordered ? "ol" : "ul"} dir="auto">${items}<//>${tail}`;
}

/** @param {Block[]} blocks @param {any} [tail] @returns {Drawn} */
export function drawn(blocks, tail) {
  return blocks.map((one, at) => block(one, at === blocks.length - 1 ? tail : undefined));
}

/** @param {string} text @param {import("../../state/inline.js").Name[]} [names] whom an @ may name @param {any} [tail] what stands behind the last word */
export function said(text, names, tail) {
  const blocks = blocksOf(text, names);
  const [first] = blocks;
  if (blocks.length === 1 && first.type === "paragraph")
    return html`<p class="said" dir="auto"><span class="text">${first.children.map(inline)}</span>${tail}</p>`;
  return html`<div class="said rich">${drawn(blocks, tail)}</div>`;
}

/** Is it only a few pictures, which are shown large? @param {string} text */
export function isPictures(text) {
  return (
    text.length > 0 &&
    text.length <= MOST_BIG &&
    /\p{Extended_Pictographic}|\p{Regional_Indicator}/u.test(text) &&
    text.replace(PICTURES, "") === ""
  );
}
