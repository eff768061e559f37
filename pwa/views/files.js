/** What a message carries: pictures in their own proportions, things to play, and cards to take away. */

import { useState } from "preact/hooks";
import { keyOfFile } from "../state/files.js";
import { cancelFile, pauseFile, resumeFile } from "../state/outbox.js";
import { strings } from "../strings.js";
import { FilmMark, nameOf } from "./parts/film-mark.js";
import { html } from "./parts/html.js";
import { Icon } from "./parts/icon.js";
import { useObjectUrl } from "./parts/object-url.js";
import { fileSize, percentage } from "./parts/size.js";
import { stillOf } from "./parts/still.js";
import { VoiceNote } from "./voice-note.js";

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

/** @typedef {{file: MessageFile, cancel: () => void, pause: () => void}} SendingProps */

/** How far it has come, and the ways to hold or end it. @param {SendingProps} props */
function Progress({ file, cancel, pause }) {
  const percent = Math.round(file.progress * 100);
  const { paused, resume, pauseIt, sending, cancel: cancelIt } = strings.tray;
  return html`<span class="progress">
    <progress max="100" value=${percent} aria-label=${(file.paused ? paused : sending)(file.name, percent)}></progress>
    <span class="percent" aria-hidden="true">${percentage(file.progress)}</span>
    ${
      file.progress < 1 &&
      html`<button type="button" class="icon-button" aria-label=${(file.paused ? resume : pauseIt)(file.name)} onClick=${pause}>
        <${Icon} name=${file.paused ? "play" : "pause"} small />
      </button>`
    }
    <button type="button" class="icon-button" aria-label=${cancelIt(file.name)} onClick=${cancel}>
      <${Icon} name="close" small />
    </button>
  </span>`;
}

/** @typedef {{file: MessageFile, sending: SendingProps|null}} OneProps */
/** @typedef {(key: string) => void} View shows a file of a message, by `keyOfFile` */

/** A picture, or a film by its first scene. @param {OneProps & {alone: boolean, view: () => void}} props */
function Picture({ file, alone, view, sending }) {
  const [chosen] = useState(file.blob); // shown on after it was sent, so that nothing flashes
  const still = stillOf(chosen).value;
  const own = useObjectUrl(still?.picture ?? chosen);
  const [shape, setShape] = useState(/** @type {Shape} */ ({ width: 400, height: 300 }));
  const measure = (/** @type {Event & {currentTarget: HTMLImageElement}} */ { currentTarget }) =>
    setShape({ width: currentTarget.naturalWidth, height: currentTarget.naturalHeight });
  const isFilm = file.film || still !== null;
  const src = chosen && (still || !isFilm) ? own : file.preview || file.large;
  return html`<span class="picture-frame" style=${alone ? room(file.width ? file : shape) : undefined}>
    <button type="button" class="picture-button" aria-label=${nameOf({ ...file, film: isFilm })} disabled=${!file.id} onClick=${view}>
      ${src && html`<img src=${src} alt="" decoding="async" loading="lazy" onLoad=${file.width ? undefined : measure} />`}
      ${isFilm && html`<${FilmMark} file=${file} />`}
    </button>
    ${sending && html`<${Progress} ...${sending} />`}
  </span>`;
}

/** @param {OneProps} props */
function Card({ file, sending }) {
  const inside = html`
    ${
      file.preview
        ? html`<img class="file-page" src=${file.preview} alt="" decoding="async" loading="lazy" width="44" height="56" />`
        : html`<span class="file-icon"><${Icon} name=${file.id ? "download" : "file"} /></span>`
    }
    <span class="file-text"><span class="file-name" dir="auto">${file.name}</span><span class="hint">${fileSize(file.size)}</span></span>
  `;
  if (!file.id)
    return html`<div class="file">${inside}${sending && html`<${Progress} ...${sending} />`}</div>`;
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

/** What can be done about a file that is on its way; null where nothing can. @param {import("../state/messages.js").MessageItem} item */
function waysOf(item) {
  return (/** @type {MessageFile} */ file) => {
    if (file.id || item.state === "failed" || item.state === "sent") return null;
    const at = item.files.indexOf(file);
    const pause = () => (file.paused ? resumeFile : pauseFile)(item.nonce, at);
    return { file, cancel: () => cancelFile(item.nonce, at), pause };
  };
}

/** What is shown itself, and not by its name. @param {MessageFile} file */
export function isSeen({ picture, film, blob }) {
  return picture || film || stillOf(blob).value !== null;
}

/** @param {{id: string, item: import("../state/messages.js").MessageItem, view: View}} props */
export function Files({ id, item, view }) {
  if (item.voice) return html`<${VoiceNote} id=${id} item=${item} voice=${item.voice} />`;
  const ways = waysOf(item);
  const keyOf = (/** @type {MessageFile} */ file) => item.files.indexOf(file); // its place among all: what is seen changes when it is sent
  const seen = item.files.filter(isSeen);
  const others = item.files.filter((file) => !isSeen(file));
  return html`
    ${
      seen.length > 0 &&
      html`<div class=${seen.length > 1 ? "pictures many" : "pictures"}>
        ${seen.map(
          (file) =>
            html`<${Picture} file=${file} alone=${seen.length === 1} view=${() => view(keyOfFile(item.seq, file.id))} sending=${ways(file)} key=${keyOf(file)} />`,
        )}
      </div>`
    }
    ${others.map((file) =>
      file.id && PLAYABLE.test(file.type)
        ? html`<${Player} file=${file} key=${keyOf(file)} /><${Card} file=${file} sending=${null} key=${`card ${keyOf(file)}`} />`
        : html`<${Card} file=${file} sending=${ways(file)} key=${keyOf(file)} />`,
    )}
  `;
}
