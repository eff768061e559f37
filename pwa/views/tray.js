/** Files chosen and not yet sent, one tray for each conversation. */

import { signal } from "@preact/signals-core";
import { isPicture, mayTellPlace } from "../state/files.js";
import { MAX_FILES } from "../state/outbox.js";
import { photos } from "../state/settings.js";
import { canShrink, shrink } from "../state/shrinking.js";
import { strings } from "../strings.js";
import { FilmMark } from "./parts/film-mark.js";
import { html } from "./parts/html.js";
import { Icon } from "./parts/icon.js";
import { allOf } from "./parts/locale.js";
import { useObjectUrl } from "./parts/object-url.js";
import { fileSize } from "./parts/size.js";
import { stillOf } from "./parts/still.js";

/** @typedef {import("@preact/signals-core").Signal<{files: File[], note: string}>} TraySignal */

/** @type {Map<string, TraySignal>} */
const trays = new Map();

/** @param {string} id @returns {TraySignal} */
export function trayOf(id) {
  const tray = trays.get(id) ?? signal({ files: /** @type {File[]} */ ([]), note: "" });
  trays.set(id, tray);
  return tray;
}

/** Adds files, as many as one message carries; photos that are to go smaller are begun with. @param {TraySignal} tray @param {Iterable<File>} files */
export function addFiles(tray, files) {
  const all = [...tray.value.files, ...files];
  const note = all.length > MAX_FILES ? strings.tray.most(MAX_FILES) : "";
  const held = all.slice(0, MAX_FILES);
  tray.value = { files: held, note };
  if (goSmaller()) for (const file of held) if (canShrink(file)) shrink(file, file.name);
}

/** Whether photos are sent smaller than they are, as it is chosen now. */
export const goSmaller = () => photos.value !== "original";

const SIZES = /** @type {const} */ (["smaller", "original"]);

function PhotoSize() {
  return html`<fieldset class="photo-size">
    <legend>${strings.tray.photos}</legend>
    <div class="choices">
      ${SIZES.map(
        (name) => html`<label key=${name}>
          <input type="radio" name="photo-size" value=${name} checked=${photos.value === name} onChange=${() => {
            photos.value = name;
          }} />
          <span>${strings.tray[name]}</span>
        </label>`,
      )}
    </div>
    <p class="hint">${strings.tray.place}</p>
  </fieldset>`;
}

/** @param {{file: File, remove: () => void}} props */
function Chosen({ file, remove }) {
  const still = stillOf(file).value;
  const picture = still ? still.picture : isPicture(file.type) ? file : null;
  const url = useObjectUrl(picture);
  return html`<li class=${picture ? "chosen picture" : "chosen"}>
    ${
      picture
        ? html`${url && html`<img src=${url} alt=${file.name} width="72" height="72" />`}${still && html`<${FilmMark} file=${still} />`}`
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
  const telling = files.filter(mayTellPlace).map(({ name }) => name);
  return html`<ul class="tray" role="list" aria-label=${strings.tray.label}>
      ${files.map((file, at) => html`<${Chosen} file=${file} remove=${remove(file)} key=${`${at} ${file.name}`} />`)}
    </ul>
    ${files.some(canShrink) && html`<${PhotoSize} />`}
    ${telling.length > 0 && html`<p class="note" role="status" dir="auto">${strings.tray.telling(allOf(telling))}</p>`}
    ${note && html`<p class="note" role="status">${note}</p>`}`;
}
