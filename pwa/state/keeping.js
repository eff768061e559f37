// What of the outbox lies on the disk. A message with files comes there twice: its words first, as of one that failed, which
// takes neither time nor room; then all of it in their place. So the words outlive a page that ends between, and a full disk.

import { Refused } from "../protocol/errors.js";
import { holdKeeping, keepingHeld } from "./tabs.js";

/** @typedef {import("./waiting.js").Item} Item */
/** @typedef {import("./waiting.js").Shelf} Shelf */
/**
 * @typedef {object} Loose
 * @property {() => Promise<void>} letGo other tabs may show it after all
 * @property {(() => void)[]} awaited by whom it is to be told that it is kept
 */

export class Keeping {
  /** @type {Map<string, Loose>} by nonce, what would be lost with the page */
  #unkept = new Map();

  /** @param {() => Shelf} shelf as it is by then */
  constructor(shelf) {
    this.shelf = shelf;
  }

  /** Whether it would be lost with the page, or its files would. @param {string} nonce */
  isUnkept(nonce) {
    return this.#unkept.has(nonce);
  }

  /** Resolves when it is kept, or need not be any more: it was delivered, or thrown away. @param {string} nonce @returns {Promise<void>} */
  settled(nonce) {
    return new Promise((resolve) => {
      const loose = this.#unkept.get(nonce);
      if (loose) loose.awaited.push(resolve);
      else resolve();
    });
  }

  /** What is on the disk, but for what another tab is just putting there. */
  async read() {
    const elsewhere = await keepingHeld();
    const items = await this.shelf()
      .all()
      .catch(() => []);
    return items.filter(({ nonce }) => this.#unkept.has(nonce) || !elsewhere.has(nonce));
  }

  /** A new one: its words are kept, where files would take their time. A recording has a shelf of its own. @param {Item} item */
  async begin(item) {
    this.#unkept.set(item.nonce, { letGo: holdKeeping(item.nonce), awaited: [] });
    if (item.files.length === 0 || item.voice) return;
    const error = new Refused({ code: "unkept" }).message; // what is read of it where nothing more was kept
    await this.shelf()
      .put({ ...item, files: [], error })
      .catch(() => {});
  }

  /** Storage full or refused: it is sent all the same. @param {Item} item */
  async put(item) {
    const kept = this.shelf().put(item);
    await kept.then(() => this.#settle(item.nonce)).catch(() => {});
  }

  /** Where even that fails, a resend after a reload is answered as the first time. @param {string} nonce */
  async remove(nonce) {
    const settled = this.#settle(nonce);
    await this.shelf()
      .remove(nonce)
      .catch(() => {});
    await settled;
  }

  /** @param {string} nonce */
  async #settle(nonce) {
    const loose = this.#unkept.get(nonce);
    if (!loose) return;
    this.#unkept.delete(nonce);
    for (const tell of loose.awaited) tell();
    await loose.letGo();
  }
}
