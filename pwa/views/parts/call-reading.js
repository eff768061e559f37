/** Somebody's screen to be read: pinched, wheeled, tapped twice, or by the keys + - 0. */

import { useLayoutEffect, useRef } from "preact/hooks";
import { strings } from "../../strings.js";
import { CallVideo } from "./call-video.js";
import { html } from "./html.js";
import { Zoom } from "./zoom.js";

const STEP = 1.5; // of zoom, a key

/** @param {{stream: MediaStream, name: string, step?: (by: number) => void}} props `step`: a wipe while it is not zoomed */
export function Reading({ stream, name, step = () => {} }) {
  const turn = useRef(step);
  turn.current = step;
  const box = useRef(/** @type {HTMLDivElement|null} */ (null));
  const zoom = useRef(/** @type {Zoom|null} */ (null));
  useLayoutEffect(() => {
    if (!box.current) return undefined;
    zoom.current = new Zoom(box.current, { step: (by) => turn.current(by), close: () => {} });
    return () => zoom.current?.close();
  }, []);
  const press = (/** @type {KeyboardEvent} */ event) => {
    const factor = { "+": STEP, "=": STEP, "-": 1 / STEP, 0: 0 }[event.key];
    if (factor !== undefined) zoom.current?.by(factor);
  };
  return html`<div ref=${box} class="seat-zoom" tabindex="0" role="img" aria-label=${name} aria-description=${strings.gathering.zoomHint} onKeyDown=${press}>
    <${CallVideo} name="large" stream=${stream} screen />
  </div>`;
}
