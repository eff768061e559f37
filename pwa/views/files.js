/** What a message carries: pictures in their own proportions, things to play, and cards to take away. */

import { useState } from "preact/hooks";
import { cancelFile } from "../state/outbox.js";
import { strings } from "../strings.js";
import { html } from "./parts/html.js";
import { Icon } from "./parts/icon.js";
import { useObjectUrl } from "./parts/object-url.js";
import { fileSize } from "./parts/size.js";

/** @typedef {import("../state/messages.js").MessageFile} MessageFile */

const WIDEST = 340; // px of a single picture
const TALLEST = 400;

/** @typedef {{width: number, height: number}} Shape */

/** Room for a picture before it is there, so that nothing jumps. @param {Shape} shape */
function room({ width, height }) {
  const wide = Math.min(Math.max(width / height, 0.5), 2.4);
  const across = Math.max(120, Math.min(WIDEST, TALLEST * wide, width));
  return { inlineSize: `${Math.round(across)}px`, aspectRatio: String(wide) };
}

/** @param {{file: MessageFile, cancel: () => void}} props */
function Progress({ file, cancel }) {
  const percent = Math.round(file.progress * 100);
  return html`<span class="progress">
    <progress max="100" value=${percent} aria-label=${strings.tray.sending(file.name, percent)}></progress>
    <button type="button" class="icon-button" aria-label=${strings.tray.cancel(file.name)} onClick=${cancel}>
      <${Icon} name="close" small />
    </button>
  </span>`;
}

/** @param {{file: MessageFile, alone: boolean, view: (file: string) => void, cancel: (() => void)|null}} props */
function Picture({ file, alone, view, cancel }) {
  const [chosen] = useState(file.blob); // shown on after it was sent, so that nothing flashes
  const own = useObjectUrl(chosen);
  const [shape, setShape] = useState(/** @type {Shape} */ ({ width: 400, height: 300 }));
  const measure = (/** @type {Event & {currentTarget: HTMLImageElement}} */ { currentTarget }) =>
    setShape({ width: currentTarget.naturalWidth, height: currentTarget.naturalHeight });
  const src = chosen ? own : file.preview || file.url;
  return html`<span class="picture-frame" style=${alone ? room(file.width ? file : shape) : undefined}>
    <button type="button" class="picture-button" aria-label=${strings.messages.picture(file.name)} disabled=${!file.id}
      onClick=${() => view(file.id)}>
      ${src && html`<img src=${src} alt="" decoding="async" loading="lazy" onLoad=${file.width ? undefined : measure} />`}
    </button>
    ${cancel && html`<${Progress} file=${file} cancel=${cancel} />`}
  </span>`;
}

/** @param {{file: MessageFile, cancel: (() => void)|null}} props */
function Card({ file, cancel }) {
  const inside = html`
    <span class="file-icon"><${Icon} name=${file.id ? "download" : "file"} /></span>
    <span class="file-text"><span class="file-name" dir="auto">${file.name}</span><span class="hint">${fileSize(file.size)}</span></span>
  `;
  if (!file.id)
    return html`<div class="file">${inside}${cancel && html`<${Progress} file=${file} cancel=${cancel} />`}</div>`;
  return html`<a class="file" href=${file.url} download=${file.name}>
    <span class="unseen">${strings.messages.downloadWord} </span>${inside}
  </a>`;
}

/** @param {{file: MessageFile}} props */
function Player({ file }) {
  return file.type.startsWith("audio/")
    ? html`<audio controls preload="metadata" src=${file.url} aria-label=${file.name}></audio>`
    : html`<video controls playsinline preload="metadata" src=${file.url} aria-label=${file.name}></video>`;
}

const PLAYABLE = /^(audio\/(mpeg|ogg|mp4|webm|wav)|video\/(mp4|webm|ogg))$/;

/** @param {{item: import("../state/messages.js").MessageItem, view: (file: string) => void}} props */
export function Files({ item, view }) {
  const pictures = item.files.filter((file) => file.picture);
  const others = item.files.filter((file) => !file.picture);
  const stop = (/** @type {MessageFile} */ file) =>
    !file.id && item.state !== "failed"
      ? () => cancelFile(item.nonce, item.files.indexOf(file))
      : null;
  return html`
    ${
      pictures.length > 0 &&
      html`<div class=${pictures.length > 1 ? "pictures many" : "pictures"}>
        ${pictures.map(
          (file, at) =>
            html`<${Picture} file=${file} alone=${pictures.length === 1} view=${view} cancel=${stop(file)} key=${at} />`,
        )}
      </div>`
    }
    ${others.map((file, at) =>
      file.id && PLAYABLE.test(file.type)
        ? html`<${Player} file=${file} key=${at} /><${Card} file=${file} cancel=${null} key=${`card ${at}`} />`
        : html`<${Card} file=${file} cancel=${stop(file)} key=${at} />`,
    )}
  `;
}
