/** Which square of a picture is kept. Pure: pixels of the picture, no element. */

/** @typedef {{width: number, height: number}} Size of the picture, in its pixels */
/** @typedef {{x: number, y: number, zoom: number}} Frame `x`, `y`: the middle of the square; `zoom` 1 is as much as fits */

export const MAX_ZOOM = 5;

/** The whole picture, as far as a square goes. @param {Size} size @returns {Frame} */
export function wholeOf({ width, height }) {
  return { x: width / 2, y: height / 2, zoom: 1 };
}

/** The side of the square, in pixels of the picture. @param {Size} size @param {Frame} frame */
export function sideOf({ width, height }, { zoom }) {
  return Math.min(width, height) / zoom;
}

/** The nearest frame that lies within the picture. @param {Size} size @param {Frame} frame @returns {Frame} */
export function within(size, { x, y, zoom: wanted }) {
  const zoom = Math.min(MAX_ZOOM, Math.max(1, wanted));
  const half = sideOf(size, { x, y, zoom }) / 2;
  const between = (/** @type {number} */ at, /** @type {number} */ length) =>
    Math.min(length - half, Math.max(half, at));
  return { x: between(x, size.width), y: between(y, size.height), zoom };
}

/**
 * The frame after the picture was dragged; `shown` is the side of the square on the screen.
 * @param {Size} size @param {Frame} frame @param {{dx: number, dy: number}} by px of the screen @param {number} shown px
 */
export function dragged(size, frame, { dx, dy }, shown) {
  const scale = sideOf(size, frame) / shown;
  return within(size, { ...frame, x: frame.x - dx * scale, y: frame.y - dy * scale });
}

/** The frame nearer or farther, around its middle. @param {Size} size @param {Frame} frame @param {number} zoom */
export function zoomed(size, frame, zoom) {
  return within(size, { ...frame, zoom });
}
