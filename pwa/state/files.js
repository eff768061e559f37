// A file as it is shown: where its bytes and pictures are, and whether a page can show or play it.

/** @typedef {import("../protocol/types.js").FileInfo} FileInfo */
/**
 * @typedef {object} MessageFile
 * @property {string} id "" while it waits
 * @property {string} name
 * @property {string} type
 * @property {number} size bytes
 * @property {number} width pixels, 0 when there is nothing to see or it is not known yet
 * @property {number} height
 * @property {number} seconds how long a film lasts, 0 when it does not say
 * @property {string} url where its bytes are, "" while it waits
 * @property {string} preview where its small picture is, "" without one
 * @property {string} large what the viewer shows of a picture, "" for what is none
 * @property {boolean} picture
 * @property {boolean} film
 * @property {number} progress 0..1 while it is uploaded
 * @property {boolean} paused by hand
 * @property {Blob|null} blob what is uploaded
 */

/**
 * A file where it hangs: in which message, who sent that and when. The same file may hang in several.
 * @typedef {{key: string, author: string, at: number, file: MessageFile}} Hung
 */

/** A file in a message, told from the same one in another. @param {number} seq @param {string} file its id */
export function keyOfFile(seq, file) {
  return `${seq} ${file}`;
}

/** Photos and films that tell where they were made, of kinds in which the server (store/traces/) erases nothing. */
const TELLING = /\.(cr3|raf|x3f|jxl|jp2|psd|mkv|avi|wmv|mts|m2ts)$/i;

const NO_FILE = {
  ...{ id: "", width: 0, height: 0, seconds: 0, url: "", preview: "", large: "" },
  ...{ picture: false, film: false, progress: 1, paused: false, blob: null },
};

/** @type {WeakMap<FileInfo, MessageFile>} */
const shown = new WeakMap();

/** A file that was sent; the same object for the same info. @param {FileInfo} info @returns {MessageFile} */
export function shownFile(info) {
  const known = shown.get(info);
  if (known) return known;
  const url = `/api/files/${info.id}`;
  const seen = info.width > 0;
  const inline = isPicture(info.type);
  const picture = seen && (inline || (info.preview && info.type.startsWith("image/")));
  const file = {
    ...NO_FILE,
    ...{ id: info.id, name: info.name, type: info.type, size: info.size },
    ...{ width: info.width, height: info.height, seconds: info.seconds ?? 0, url },
    preview: info.thumbnail ? `${url}/thumbnail` : "",
    large: info.preview ? `${url}/preview` : inline ? url : "",
    picture: Boolean(picture),
    film: seen && isFilm(info.type),
  };
  shown.set(info, file);
  return file;
}

/**
 * A file that waits to be sent.
 * @param {{name: string, blob: Blob, id: string, paused?: number}} file
 * @param {number} progress
 * @returns {MessageFile}
 */
export function waitingFile({ name, blob, id, paused }, progress) {
  const { type, size } = blob;
  const picture = isPicture(type);
  return {
    ...NO_FILE,
    name,
    type,
    size,
    picture,
    progress,
    paused: paused !== undefined && !id,
    blob,
  };
}

/** What the viewer shows: a picture, or something to play with a picture of it. @param {MessageFile} file */
export function isViewable({ url, picture, film }) {
  return url !== "" && (picture || film);
}

/** What a page may show inline. @param {string} type */
export function isPicture(type) {
  return /^image\/(jpeg|png|webp|gif|avif)$/.test(type);
}

/** @param {string} type */
function isFilm(type) {
  return /^video\/(mp4|quicktime|webm|ogg)$/.test(type);
}

/** Whether the place may stay in it when it is sent. @param {{name: string}} file */
export function mayTellPlace({ name }) {
  return TELLING.test(name);
}
