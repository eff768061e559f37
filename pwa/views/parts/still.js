/** A picture of a film that is still on this device: what one sees of it before it is sent. Made once, by the browser's own player. */

import { signal } from "@preact/signals-core";

/** @typedef {{picture: Blob, width: number, height: number, seconds: number}} Still `seconds`: how long the film lasts, 0 when it does not say */
/** @typedef {import("@preact/signals-core").ReadonlySignal<Still|null>} StillSignal */

const SIDE = 640; // px of the longer side: a bubble's, on a dense screen
const WITHIN_MS = 8000; // a film may be of a kind that is never read to its first scene
const LEAD_SECONDS = 3; // a third of it is skipped: many films begin black. The server's picture is of there too (store/develop.py)

/** @type {WeakMap<Blob, StillSignal>} */
const stills = new WeakMap();

/** @param {string} type a film's, to this page */
const isFilm = (type) => type.startsWith("video/");

/** The still of a film: null while it is made, and for ever of what is no film or cannot be played here. @param {Blob|null} blob @returns {StillSignal} */
export function stillOf(blob) {
  if (!blob || !isFilm(blob.type)) return NONE;
  const known = stills.get(blob);
  if (known) return known;
  const made = signal(/** @type {Still|null} */ (null));
  stills.set(blob, made);
  turn = turn
    .then(() => drawn(blob))
    .then(
      (still) => {
        made.value = still;
      },
      () => {}, // it is shown by its name
    );
  return made;
}

/** One at a time: a phone has few players. @type {Promise<void>} */
let turn = Promise.resolve();

/** @type {StillSignal} */
const NONE = signal(null);

/** @param {Blob} blob @returns {Promise<Still>} rejects where the browser cannot play it */
async function drawn(blob) {
  const film = document.createElement("video");
  film.muted = true;
  film.playsInline = true; // an iPhone would show it on the whole screen
  film.preload = "auto";
  const url = URL.createObjectURL(blob);
  try {
    film.src = url;
    await comes(film, "loadedmetadata");
    const seconds = Number.isFinite(film.duration) ? film.duration : 0;
    film.currentTime = Math.min(seconds, LEAD_SECONDS) / 3;
    await comes(film, "seeked");
    if (film.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) await comes(film, "loadeddata");
    return { ...(await sceneOf(film)), seconds: Math.round(seconds) };
  } finally {
    film.removeAttribute("src");
    film.load(); // lets go of what plays films
    URL.revokeObjectURL(url);
  }
}

/** @param {HTMLVideoElement} film */
async function sceneOf(film) {
  const { videoWidth: wide, videoHeight: high } = film;
  const scale = Math.min(1, SIDE / Math.max(wide, high));
  const [width, height] = [wide * scale, high * scale].map(Math.round);
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width, height });
  canvas.getContext("2d")?.drawImage(film, 0, 0, width, height);
  /** @type {Blob|null} */
  const picture = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.8));
  if (!picture) throw new Error("nothing to see");
  return { picture, width, height };
}

/** @param {HTMLVideoElement} film @param {"loadedmetadata"|"seeked"|"loadeddata"} what @returns {Promise<void>} */
function comes(film, what) {
  return new Promise((done, failed) => {
    const signal = AbortSignal.timeout(WITHIN_MS);
    film.addEventListener(what, () => done(), { once: true });
    film.addEventListener("error", () => failed(film.error), { once: true });
    signal.addEventListener("abort", () => failed(signal.reason), { once: true });
  });
}
