/** Pictures, large: zoom, swipe or arrow keys to the next, Escape or a swipe down to leave. */

import { useEffect, useRef, useState } from "preact/hooks";
import { pictures } from "../state/messages.js";
import { strings } from "../strings.js";
import { Dialog } from "./parts/dialog.js";
import { html } from "./parts/html.js";
import { Icon } from "./parts/icon.js";
import { Zoom } from "./parts/zoom.js";

/** @typedef {import("../state/messages.js").MessageFile} MessageFile */

/** @param {{file: MessageFile, step: (by: number) => void, close: () => void}} props */
function Stage({ file, step, close }) {
  const stage = useRef(/** @type {HTMLDivElement|null} */ (null));
  useEffect(() => {
    const zoom = new Zoom(/** @type {HTMLDivElement} */ (stage.current), { step, close });
    return () => zoom.close();
  }, [file.id, step, close]);
  return html`<div ref=${stage} class="stage">
    <img src=${file.url} alt=${strings.messages.picture(file.name)} width=${file.width || undefined} height=${file.height || undefined}
      draggable=${false} key=${file.id} />
  </div>`;
}

/** @param {{id: string, first: string, close: () => void}} props `first`: the file to begin with */
export function Viewer({ id, first, close }) {
  const all = pictures(id).value;
  const [shown, setShown] = useState(first);
  const at = Math.max(
    0,
    all.findIndex((file) => file.id === shown),
  );
  const file = all[at];
  if (!file) return null;
  const step = (/** @type {number} */ by) =>
    setShown(all[Math.min(Math.max(at + by, 0), all.length - 1)].id);
  const key = (/** @type {KeyboardEvent} */ event) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by) step(by);
  };
  return html`<${Dialog} label=${strings.viewer.label} kind="viewer" close=${close}>
    <div class="viewer-box" onKeyDown=${key}>
      <${Stage} file=${file} step=${step} close=${close} />
      <header>
        <button type="button" class="icon-button" aria-label=${strings.close} onClick=${close}><${Icon} name="close" /></button>
        <p><span dir="auto">${file.name}</span>${all.length > 1 && html`<span class="hint">${strings.viewer.place(at + 1, all.length)}</span>`}</p>
        <a class="icon-button" href=${file.url} download=${file.name} aria-label=${strings.viewer.download}><${Icon} name="download" /></a>
      </header>
      ${at > 0 && html`<button type="button" class="icon-button turn previous" aria-label=${strings.viewer.previous} onClick=${() => step(-1)}><${Icon} name="back" /></button>`}
      ${at < all.length - 1 && html`<button type="button" class="icon-button turn next" aria-label=${strings.viewer.next} onClick=${() => step(1)}><${Icon} name="next" /></button>`}
    </div>
  <//>`;
}
