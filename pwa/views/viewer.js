/** Pictures and films, large: zoom, swipe or arrow keys to the next, Escape or a swipe down to leave. */

import { useEffect, useRef, useState } from "preact/hooks";
import { person } from "../state/people.js";
import { world } from "../state/world.js";
import { strings } from "../strings.js";
import { Dialog } from "./parts/dialog.js";
import { onward } from "./parts/direction.js";
import { html } from "./parts/html.js";
import { Icon } from "./parts/icon.js";
import { exactTime } from "./parts/time.js";
import { Zoom } from "./parts/zoom.js";

/** @typedef {import("../state/files.js").MessageFile} MessageFile */
/** @typedef {import("../state/files.js").Hung} Hung */

/** @param {{file: MessageFile, step: (by: number) => void, close: () => void}} props */
function Stage({ file, step, close }) {
  const stage = useRef(/** @type {HTMLDivElement|null} */ (null));
  useEffect(() => {
    const zoom = new Zoom(/** @type {HTMLDivElement} */ (stage.current), { step, close });
    return () => zoom.close();
  }, [file.id, step, close]);
  return html`<div ref=${stage} class="stage">
    <img src=${file.large} alt=${strings.messages.picture(file.name)} width=${file.width || undefined} height=${file.height || undefined}
      draggable=${false} key=${file.id} />
  </div>`;
}

/** @param {{file: MessageFile}} props */
function Film({ file }) {
  const [broken, setBroken] = useState(false);
  return html`<div class="stage film">
    <video controls autoplay playsinline src=${file.url} poster=${file.preview || undefined} width=${file.width} height=${file.height}
      aria-label=${strings.messages.film(file.name)} onError=${() => setBroken(true)} key=${file.id}></video>
    ${broken && html`<p class="film-broken" role="alert">${strings.viewer.cannotPlay}</p>`}
  </div>`;
}

/** Who sent it here and when, and which of how many it is. @param {{one: Hung, at: number, count: number}} props */
function About({ one: { author, at: sent }, at, count }) {
  const who = author === world.value.me ? strings.messages.youWrote : person(author).value.name;
  return html`<span class="hint">
    <bdi>${who}</bdi> · <time>${exactTime(sent)}</time>${count > 1 && ` · ${strings.viewer.place(at + 1, count)}`}
  </span>`;
}

/** @param {{hung: Hung[], first: string, close: () => void, atLast?: () => void}} props `first`: the key of what to begin with; `atLast` is called where there may be more */
export function Viewer({ hung, first, close, atLast }) {
  const [shown, setShown] = useState(first);
  const at = Math.max(
    0,
    hung.findIndex(({ key }) => key === shown),
  );
  const one = hung[at];
  const isLast = at === hung.length - 1;
  useEffect(() => {
    if (isLast) atLast?.();
  }, [isLast, hung.length]);
  if (!one) return null;
  const { file } = one;
  const step = (/** @type {number} */ by) =>
    setShown(hung[Math.min(Math.max(at + by, 0), hung.length - 1)].key);
  const key = (/** @type {KeyboardEvent} */ event) => {
    if (event.target instanceof HTMLVideoElement) return; // there they wind
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by) step(by * onward());
  };
  return html`<${Dialog} label=${strings.viewer.label} kind="viewer" close=${close}>
    <div class="viewer-box" onKeyDown=${key}>
      ${
        file.film
          ? html`<${Film} file=${file} key=${one.key} />`
          : html`<${Stage} file=${file} step=${step} close=${close} />`
      }
      <header>
        <button type="button" class="icon-button" aria-label=${strings.close} onClick=${close}><${Icon} name="close" /></button>
        <p><span dir="auto">${file.name}</span><${About} one=${one} at=${at} count=${hung.length} /></p>
        <a class="icon-button" href=${file.url} download=${file.name} aria-label=${strings.viewer.download}><${Icon} name="download" /></a>
      </header>
      ${at > 0 && html`<button type="button" class="icon-button turn previous" aria-label=${strings.viewer.previous} onClick=${() => step(-1)}><${Icon} name="back" /></button>`}
      ${!isLast && html`<button type="button" class="icon-button turn next" aria-label=${strings.viewer.next} onClick=${() => step(1)}><${Icon} name="next" /></button>`}
    </div>
  <//>`;
}
