/** Choosing the square of a picture that becomes one's own: drag, pinch, wheel, a slider, or the arrow keys. */

import { useEffect, useRef, useState } from "preact/hooks";
import { strings } from "../strings.js";
import { dragged, MAX_ZOOM, sideOf, wholeOf, zoomed } from "./parts/crop-frame.js";
import { Dialog } from "./parts/dialog.js";
import { html } from "./parts/html.js";
import { Icon } from "./parts/icon.js";

/** @typedef {import("./parts/crop-frame.js").Frame} Frame */

const SHOWN = 280; // px of the square on the screen
const KEPT = 512; // px of the picture that is sent, as large as it is ever shown
const QUALITY = 0.9;
const STEP = 12; // px an arrow key moves it
const SEE_THROUGH = new Set(["image/png", "image/webp", "image/gif"]);
/** @type {Record<string, {dx: number, dy: number}>} the picture goes the other way than the look */
const KEYS = {
  ArrowLeft: { dx: STEP, dy: 0 },
  ArrowRight: { dx: -STEP, dy: 0 },
  ArrowUp: { dx: 0, dy: STEP },
  ArrowDown: { dx: 0, dy: -STEP },
};

/** @param {HTMLCanvasElement|OffscreenCanvas} canvas @param {ImageBitmap} image @param {Frame} frame */
function draw(canvas, image, frame) {
  const pen = /** @type {CanvasRenderingContext2D|null} */ (canvas.getContext("2d"));
  const side = sideOf(image, frame);
  pen?.clearRect(0, 0, canvas.width, canvas.height);
  pen?.drawImage(
    image,
    frame.x - side / 2,
    frame.y - side / 2,
    side,
    side,
    0,
    0,
    canvas.width,
    canvas.height,
  );
}

/** The square as a picture of its own. @param {ImageBitmap} image @param {Frame} frame @param {string} type @returns {Promise<Blob>} */
function cut(image, frame, type) {
  const size = Math.min(KEPT, Math.round(sideOf(image, frame)));
  const canvas = Object.assign(document.createElement("canvas"), { width: size, height: size });
  draw(canvas, image, frame);
  return new Promise((done, failed) => {
    const take = (/** @type {Blob|null} */ blob) =>
      blob ? done(blob) : failed(new Error(strings.crop.failed));
    canvas.toBlob(take, SEE_THROUGH.has(type) ? "image/png" : "image/jpeg", QUALITY);
  });
}

/**
 * Fingers and wheel on the square.
 * @param {ImageBitmap} image
 * @param {(step: (frame: Frame) => Frame) => void} move
 */
function useHands(image, move) {
  const fingers = useRef(/** @type {Map<number, {x: number, y: number}>} */ (new Map())).current;
  const apart = () => {
    const [one, other] = [...fingers.values()];
    return Math.hypot(one.x - other.x, one.y - other.y);
  };
  const away = (/** @type {PointerEvent} */ event) => fingers.delete(event.pointerId);
  return {
    onPointerDown: (/** @type {PointerEvent & {currentTarget: HTMLElement}} */ event) => {
      event.currentTarget.setPointerCapture(event.pointerId);
      fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    },
    onPointerMove: (/** @type {PointerEvent} */ event) => {
      const before = fingers.get(event.pointerId);
      if (!before) return;
      const wide = fingers.size > 1 ? apart() : 0;
      const by = { dx: event.clientX - before.x, dy: event.clientY - before.y };
      fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
      if (wide) move((frame) => zoomed(image, frame, (frame.zoom * apart()) / wide));
      else move((frame) => dragged(image, frame, by, SHOWN));
    },
    onPointerUp: away,
    onPointerCancel: away,
    onWheel: (/** @type {WheelEvent} */ event) => {
      event.preventDefault();
      move((frame) => zoomed(image, frame, frame.zoom * (event.deltaY < 0 ? 1.1 : 1 / 1.1)));
    },
    onKeyDown: (/** @type {KeyboardEvent} */ event) => {
      const by = KEYS[event.key];
      if (!by) return;
      event.preventDefault();
      move((frame) => dragged(image, frame, by, SHOWN));
    },
  };
}

/** @param {{image: ImageBitmap, type: string, keep: (square: Blob) => void, close: () => void}} props */
export function Crop({ image, type, keep, close }) {
  const [frame, setFrame] = useState(wholeOf(image));
  const [wrong, setWrong] = useState("");
  const canvas = useRef(/** @type {HTMLCanvasElement|null} */ (null));
  const hands = useHands(image, setFrame);
  useEffect(() => {
    if (canvas.current) draw(canvas.current, image, frame);
  }, [frame]);
  const take = () => cut(image, frame, type).then(keep, (error) => setWrong(error.message));
  return html`<${Dialog} label=${strings.crop.title} close=${close}>
    <div class="card crop">
      <h2>${strings.crop.title}</h2>
      <canvas ref=${canvas} class="crop-square" width=${SHOWN} height=${SHOWN} tabindex="0" role="application"
        aria-label=${strings.crop.square} aria-describedby="crop-how" ...${hands}></canvas>
      <p class="hint" id="crop-how">${strings.crop.how}</p>
      <label class="zoom">
        <${Icon} name="search" small /><span class="unseen">${strings.crop.zoom}</span>
        <input type="range" min="1" max=${MAX_ZOOM} step="0.05" value=${frame.zoom}
          onInput=${(/** @type {InputEvent & {currentTarget: HTMLInputElement}} */ event) =>
            setFrame(zoomed(image, frame, Number(event.currentTarget.value)))} />
      </label>
      ${wrong && html`<p class="wrong" role="alert">${wrong}</p>`}
      <div class="actions">
        <button type="button" class="button" onClick=${close}>${strings.cancel}</button>
        <button type="button" class="button primary" onClick=${take}>${strings.crop.use}</button>
      </div>
    </div>
  <//>`;
}
