// A message that waits: what the disk keeps of it, what is shown of it, and whether it is its turn. All pure.

/** @typedef {import("../protocol/types.js").Voice} Voice */
/**
 * @typedef {object} ItemFile
 * @property {Blob} blob
 * @property {string} name
 * @property {string} location where its upload goes on
 * @property {string} id once it is there
 * @property {boolean} [large] a photo that is yet to be made smaller
 * @property {number} [paused] by hand, at this fraction; the message waits, and others go before it
 */
/**
 * @typedef {object} Item
 * @property {string} nonce
 * @property {string} conversation
 * @property {string} text
 * @property {ItemFile[]} files
 * @property {Voice|null} [voice] with it the one file is a recording of somebody speaking
 * @property {string[]} [mentions] the people its text names
 * @property {string} [everyone] the word by which it names everybody
 * @property {number} [reply] the message it quotes
 * @property {import("../protocol/types.js").Place|null} [forward] the message whose words and files it carries on
 * @property {import("../protocol/types.js").Poll|null} [poll] what may be answered to it
 * @property {number} at when it was written, this device's clock
 * @property {number} order
 * @property {string} error why it failed, "" while it has not
 */
/** @typedef {Item & {state: "queued"|"sending"|"failed"|"sent", progress: number[]}} Pending */
/** @typedef {{what: "discard"|"cancel"|"pause"|"resume", nonce: string, index: number, of: number}} Meant of a message, or of one of `of` files it has */
/** @typedef {{all: () => Promise<Item[]>, put: (item: Item) => Promise<void>, remove: (nonce: string) => Promise<void>}} Shelf */

/** @param {Item} item @returns {Pending} */
export function waitingOf(item) {
  const progress = item.files.map(({ id, paused = 0 }) => (id ? 1 : paused));
  return { ...item, state: item.error ? "failed" : "queued", progress };
}

/** @param {ItemFile|undefined} file */
export function isPaused(file) {
  return file?.paused !== undefined && !file.id;
}

/** Whether there is something to do for it now. @param {Pending} item */
export function isNext({ state, files }) {
  return (
    state === "queued" &&
    !(files.some(isPaused) && files.every((file) => file.id || isPaused(file)))
  );
}

/** @param {Pending} item */
export function isUnderWay({ state }) {
  return state === "sending" || state === "sent";
}

/** What the shelf keeps. @param {Pending} pending @returns {Item} */
export function itemOf({ state: _state, progress: _progress, ...item }) {
  return item;
}

/**
 * What changes of a message as its person means it, in whichever tab; "gone" if nothing of it is left, null if nothing is to be done.
 * @param {Pending|undefined} item undefined where it is not known, or no longer
 * @param {Meant} meant
 * @returns {Partial<Pending>|"gone"|null}
 */
export function asMeant(item, { what, index, of }) {
  if (what === "discard") return "gone";
  if (!item || index >= of || item.files.length !== of) return null; // it is done already
  if (what === "cancel") return without(item, index);
  if (item.files[index].id) return null; // too late
  const paused = what === "pause" ? item.progress[index] : undefined;
  return { files: item.files.map((file, at) => (at === index ? { ...file, paused } : file)) };
}

/** A message with nothing left goes too. @param {Pending} item @param {number} index @returns {Partial<Pending>|"gone"} */
function without({ files, text }, index) {
  const left = files.filter((_, at) => at !== index);
  if (left.length === 0 && !text.trim()) return "gone";
  return { files: left, progress: left.map(({ id, paused = 0 }) => (id ? 1 : paused)) };
}

/** A shelf for where there is no storage. @returns {Shelf} */
export function shelfInMemory() {
  /** @type {Map<string, Item>} */
  const items = new Map();
  return {
    all: async () => [...items.values()],
    put: async (item) => void items.set(item.nonce, item),
    remove: async (nonce) => void items.delete(nonce),
  };
}

/** The server no longer has the files: what is never sent it removes in time. @param {{code: string, field: string}} refused */
export function isExpired({ code, field }) {
  return code === "not-found" && field === "files";
}

/** To be brought there from the beginning. @param {ItemFile[]} files */
export function afresh(files) {
  const none = files.map((file) => ({ ...file, id: "", location: "" }));
  return { files: none, progress: none.map(() => 0) };
}
