/** Files chosen and not yet sent, one tray for each conversation. */

import { signal } from "@preact/signals-core";
import { MAX_FILES } from "../state/outbox.js";
import { strings } from "../strings.js";
import { html } from "./parts/html.js";
import { Icon } from "./parts/icon.js";
import { useObjectUrl } from "./parts/object-url.js";
import { fileSize } from "./parts/size.js";

/** @typedef {import("@preact/signals-core").Signal<{files: File[], note: string}>} TraySignal */

/** @type {Map<string, TraySignal>} */
const trays = new Map();

/** @param {string} id @returns {TraySignal} */
export function trayOf(id) {
  const tray = trays.get(id) ?? signal({ files: /** @type {File[]} */ ([]), note: "" });
  trays.set(id, tray);
  return tray;
}

/** Adds files, as many as one message carries. @param {TraySignal} tray @param {Iterable<File>} files */
export function addFiles(tray, files) {
  const all = [...tray.value.files, ...files];
  const note = all.length > MAX_FILES ? strings.tray.most(MAX_FILES) : "";
  tray.value = { files: all.slice(0, MAX_FILES), note };
}

/** @param {{file: File, remove: () => void}} props */
function Chosen({ file, remove }) {
  const picture = /^image\/(jpeg|png|webp|gif)$/.test(file.type);
  const url = useObjectUrl(picture ? file : null);
  return html`<li class=${picture ? "chosen picture" : "chosen"}>
    ${
      picture
        ? url && html`<img src=${url} alt=${file.name} width="72" height="72" />`
        : html`<${Icon} name="file" /><span class="file-text"><span class="file-name" dir="auto">${file.name}</span><span class="hint">${fileSize(file.size)}</span></span>`
    }
    <button type="button" class="icon-button" aria-label=${strings.tray.remove(file.name)} onClick=${remove}>
      <span><${Icon} name="close" small /></span>
    </button>
  </li>`;
}

/** @param {{tray: TraySignal}} props */
export function Tray({ tray }) {
  const { files, note } = tray.value;
  if (!files.length) return null;
  const remove = (/** @type {File} */ gone) => () => {
    tray.value = { files: files.filter((file) => file !== gone), note: "" };
  };
  return html`<ul class="tray" role="list" aria-label=${strings.tray.label}>
      ${files.map((file, at) => html`<${Chosen} file=${file} remove=${remove(file)} key=${`${at} ${file.name}`} />`)}
    </ul>
    ${note && html`<p class="note" role="status">${note}</p>`}`;
}
