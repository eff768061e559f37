// Photos made smaller before they are sent: less to wait for, and nothing in them but what they show. One at a time, whoever
// asks, as each takes some tens of megabytes while it is read.

import { wallClock } from "../protocol/clock.js";

/** @typedef {{blob: Blob, name: string}} Named what is sent, under which name */

const LONG_SIDE = 2048; // pixels
const QUALITY = 0.82;
const WORTH_IT = 0.9; // of the bytes there were; else it goes as it is
const SMALL = 512 * 1024; // bytes of a photo that is not too large in pixels either: packing it again would only cost quality
const PATIENCE = 20_000; // ms; a browser short of memory may never be done, and those that wait behind it would wait as long
const ENDINGS = /** @type {const} */ ({ "image/jpeg": "jpg", "image/webp": "webp" });

/** @type {WeakMap<Blob, Promise<Named>>} begun when a photo is chosen, so that sending need not wait for it */
const begun = new WeakMap();
/** @type {WeakMap<Blob, Named>} what came of it */
const ready = new WeakMap();
/** @type {Promise<unknown>} the last of those that are begun */
let last = Promise.resolve();

/** Which photos can be made smaller; a GIF may move, and what the browser cannot read stays. @param {Blob} photo */
export function canShrink({ type }) {
  return /^image\/(jpeg|png|webp|avif|heic|heif)$/.test(type);
}

/**
 * The photo at most 2048 pixels a side, upright; the same one where nothing is gained, or it takes too long. Asked twice it is made once.
 * @param {Blob} blob @param {string} name @param {import("../protocol/clock.js").Clock} [clock]
 * @returns {Promise<Named>}
 */
export function shrink(blob, name, clock = wallClock) {
  const known = begun.get(blob);
  if (known) return known;
  const making = last.then(() => shrunkInTime(blob, name, clock));
  begun.set(blob, making);
  making.then((made) => ready.set(blob, made));
  last = making;
  return making;
}

/** What is made, unless it is given up before. @template T @param {Promise<T>} making @param {AbortSignal} signal @returns {Promise<T>} rejects with the signal's reason */
export function unlessAborted(making, signal) {
  return new Promise((done, failed) => {
    signal.addEventListener("abort", () => failed(signal.reason), { once: true });
    making.then(done, failed);
  });
}

/** What is sent of a file, as far as it is known now; `large`: it is yet to be made smaller. @param {File} file @param {boolean} smaller whether photos are to be @returns {Named & {large?: true}} */
export function asSent(file, smaller) {
  const same = { blob: file, name: file.name };
  if (!smaller || !canShrink(file)) return same;
  return ready.get(file) ?? { ...same, large: true };
}

/** @param {Blob} blob @param {string} name @param {import("../protocol/clock.js").Clock} clock @returns {Promise<Named>} */
function shrunkInTime(blob, name, clock) {
  return new Promise((done) => {
    const stop = clock.later(PATIENCE, () => done({ blob, name }));
    shrunk(blob, name).then(done).finally(stop);
  });
}

/** Reading and packing are the browser's own, beside the page's thread. @param {Blob} blob @param {string} name @returns {Promise<Named>} */
async function shrunk(blob, name) {
  const same = { blob, name };
  try {
    const image = await createImageBitmap(blob, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONG_SIDE / Math.max(image.width, image.height));
    if (scale === 1 && blob.size <= SMALL) return same;
    const [width, height] = [image.width * scale, image.height * scale].map((side) =>
      Math.max(1, Math.round(side)),
    );
    const canvas = new OffscreenCanvas(width, height);
    const pen = canvas.getContext("2d");
    if (!pen) return same;
    pen.imageSmoothingQuality = "high";
    pen.drawImage(image, 0, 0, width, height);
    image.close();
    const clear = /^image\/(png|webp|avif)$/.test(blob.type); // may let through what is behind it
    const type = clear ? "image/webp" : "image/jpeg";
    const packed = await canvas.convertToBlob({ type, quality: QUALITY });
    if (packed.type !== type || packed.size > blob.size * WORTH_IT) return same;
    return { blob: packed, name: `${name.replace(/\.\w{1,5}$/, "")}.${ENDINGS[type]}` };
  } catch {
    return same; // what cannot be read here goes as it is; the server takes the place out of it
  }
}
