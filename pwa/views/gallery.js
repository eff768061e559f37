/** What was sent in a conversation, at a glance: pictures and films in a grid, other files in a list. */

import { useEffect, useRef, useState } from "preact/hooks";
import { unfolded } from "../state/blocks.js";
import { gallery, moreOfGallery, openGallery } from "../state/gallery.js";
import { person } from "../state/people.js";
import { strings } from "../strings.js";
import { Dialog } from "./parts/dialog.js";
import { FilmMark, nameOf } from "./parts/film-mark.js";
import { html } from "./parts/html.js";
import { Icon } from "./parts/icon.js";
import { fileSize } from "./parts/size.js";
import { dayName } from "./parts/time.js";
import { Viewer } from "./viewer.js";

/** @typedef {import("../state/gallery.js").Hung} Hung */
/** @typedef {import("../state/gallery.js").Kind} Kind */

const KINDS = /** @type {const} */ (["media", "files"]);

/** @param {{one: Hung, view: (key: string) => void}} props */
function Tile({ one: { key, file }, view }) {
  return html`<li>
    <button type="button" class="tile" aria-label=${nameOf(file)} onClick=${() => view(key)}>
      <img src=${file.preview || file.large} alt="" decoding="async" loading="lazy" width="160" height="160" />
      ${file.film && html`<${FilmMark} file=${file} />`}
    </button>
  </li>`;
}

/** @param {{one: Hung}} props */
function Line({ one: { file, author, at } }) {
  const about = [fileSize(file.size), person(author).value.name, dayName(at)].join(" · ");
  return html`<li>
    <a class="row" href=${file.url} download=${file.name}>
      ${
        file.preview
          ? html`<img class="file-page" src=${file.preview} alt="" decoding="async" loading="lazy" width="44" height="56" />`
          : html`<span class="file-icon"><${Icon} name="download" /></span>`
      }
      <span class="row-text"><span class="row-title" dir="auto">${file.name}</span><span class="hint" dir="auto">${about}</span></span>
    </a>
  </li>`;
}

/** Calls when the end of the list comes near. @param {() => void} more @param {number} count of what is shown */
function useEnd(more, count) {
  const end = useRef(/** @type {HTMLDivElement|null} */ (null));
  useEffect(() => {
    const watch = new IntersectionObserver(
      (seen) => seen.some((one) => one.isIntersecting) && more(),
      {
        rootMargin: "600px",
      },
    );
    if (end.current) watch.observe(end.current);
    return () => watch.disconnect();
  }, [count]);
  return end;
}

/** @param {{id: string, kind: Kind, view: (key: string) => void}} props */
function Pages({ id, kind, view }) {
  const { files: all, loading, loaded, failed } = gallery(id, kind).value;
  const files = unfolded(all, id);
  const end = useEnd(() => moreOfGallery(id, kind), all.length);
  useEffect(() => {
    openGallery(id, kind);
  }, [id, kind]);
  const none = kind === "media" ? strings.gallery.noMedia : strings.gallery.noFiles;
  return html`
    ${
      files.length > 0 &&
      html`<ul class=${kind === "media" ? "tiles" : "lines"} role="list" aria-label=${strings.gallery[kind]}>
        ${files.map((one) =>
          kind === "media"
            ? html`<${Tile} one=${one} view=${view} key=${one.key} />`
            : html`<${Line} one=${one} key=${one.key} />`,
        )}
      </ul>`
    }
    ${loaded && !files.length && html`<div class="empty"><h2>${none}</h2><p>${strings.gallery.hint}</p></div>`}
    ${loading && !loaded && html`<p class="note" role="status"><span class="spinner late"></span><span class="unseen">${strings.gallery.loading}</span></p>`}
    ${
      failed &&
      html`<p class="note" role="alert">${strings.gallery.failed}
        <button type="button" class="button quiet" onClick=${() => openGallery(id, kind)}>${strings.tryAgain}</button></p>`
    }
    <div ref=${end}></div>
  `;
}

/** @param {{id: string, close: () => void}} props */
export function Gallery({ id, close }) {
  const [kind, setKind] = useState(/** @type {Kind} */ ("media"));
  const [viewing, setViewing] = useState("");
  const media = unfolded(gallery(id, "media").value.files, id);
  return html`<${Dialog} label=${strings.gallery.title} kind="gallery" close=${close}>
    <header class="bar">
      <button type="button" class="icon-button" aria-label=${strings.close} onClick=${close}><${Icon} name="close" /></button>
      <h1>${strings.gallery.title}</h1>
    </header>
    <fieldset class="gallery-kinds">
      <legend class="unseen">${strings.gallery.title}</legend>
      <div class="choices">
        ${KINDS.map(
          (name) => html`<label key=${name}>
            <input type="radio" name="gallery" value=${name} checked=${kind === name} onChange=${() => setKind(name)} />
            <span>${strings.gallery[name]}</span>
          </label>`,
        )}
      </div>
    </fieldset>
    <div class="scroll gallery-pages"><${Pages} id=${id} kind=${kind} view=${setViewing} key=${kind} /></div>
    ${viewing && html`<${Viewer} hung=${media} first=${viewing} close=${() => setViewing("")} atLast=${() => moreOfGallery(id, "media")} />`}
  <//>`;
}
