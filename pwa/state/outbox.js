// What was said and has not arrived: kept on disk first, sent once and in order, files before their message.
// The nonce makes it once: a resend after a lost answer is answered as the first time, and our own echo carries it.

import { computed, signal } from "@preact/signals-core";
import { retryDelay } from "../protocol/backoff.js";
import { wallClock } from "../protocol/clock.js";
import { Refused } from "../protocol/errors.js";
import { newNonce } from "../protocol/ids.js";
import { Cancelled, deliver, hasCome, refusalOf } from "./delivery.js";
import { draft } from "./drafts.js";
import { Keeping } from "./keeping.js";
import { current, dropUnreadLine } from "./screen.js";
import { asSent, shrink, unlessAborted } from "./shrinking.js";
import { hearMeant, tellMeant, tellTabs } from "./tabs.js";
import { stopped } from "./typing.js";
import { takeBack, upload } from "./uploads.js";
import {
  afresh,
  asMeant,
  isExpired,
  isNext,
  isPaused,
  isUnderWay,
  itemOf,
  shelfInMemory,
  waitingOf,
} from "./waiting.js";

export { MAX_FILES, MAX_TEXT } from "../protocol/limits.js";
export { shelfInMemory };

/** @typedef {import("./waiting.js").Item} Item */
/** @typedef {import("./waiting.js").ItemFile} ItemFile */
/** @typedef {import("./waiting.js").Meant} Meant */
/** @typedef {import("./delivery.js").Parts} Parts */
/** @typedef {import("./waiting.js").Pending} Pending */
/** @typedef {import("./waiting.js").Shelf} Shelf */
/** @typedef {Partial<Pick<Item, "voice"|"mentions"|"everyone"|"reply"|"forward"|"poll">> & {smaller?: boolean}} More `smaller`: its photos are made so before they are sent */

/** Everything that waits, in order. */
export const pending = signal(/** @type {readonly Pending[]} */ ([]));

/** How many messages wait. */
export const waiting = computed(() => pending.value.filter(({ state }) => state !== "sent").length);

export class Outbox {
  /** @type {Set<string>} conversations in which one is on its way */
  #running = new Set();
  /** @type {Map<string, AbortController>} by nonce, while its files are uploaded */
  #uploads = new Map();
  #keeping = new Keeping(() => this.parts.shelf);
  /** @type {Set<string>} by nonce: taken out, though a slow reading of the shelf may still show them */
  #gone = new Set();
  /** @type {Set<string>} by nonce: its files had expired on the server and are brought there once more */
  #anew = new Set();
  #attempt = 0;
  #open = false;
  /** @type {Promise<void>} the last reading of the shelf */
  #loading = Promise.resolve();

  /** @param {Parts} parts */
  constructor(parts) {
    this.parts = parts;
  }

  /** Whether any would be lost with the page. */
  get hasUnkept() {
    return pending
      .peek()
      .some(({ nonce, state }) => state !== "sent" && this.#keeping.isUnkept(nonce));
  }

  /** Resolves when it would not be lost with the page: it is kept, delivered or thrown away. @param {string} nonce */
  settled(nonce) {
    return this.#keeping.settled(nonce);
  }

  /** Reads the shelf again: at start, or when another tab has changed it. */
  load() {
    this.#loading = this.#load();
    return this.#loading;
  }

  async #load() {
    const items = await this.#keeping.read();
    const isOurs = (/** @type {Pending} */ one) =>
      isUnderWay(one) || this.#keeping.isUnkept(one.nonce);
    const held = pending.peek().filter(isOurs);
    const known = new Set([...this.#gone, ...held.map(({ nonce }) => nonce)]);
    const idle = items.filter(({ nonce }) => !known.has(nonce)).map(waitingOf);
    pending.value = [...held, ...idle].sort((a, b) => a.order - b.order);
    this.go();
  }

  /** May send from now on. */
  open() {
    this.#open = true;
    this.#attempt = 0;
    this.go();
  }

  /** There is no connection, or the tab that sends is another one. */
  shut() {
    this.#open = false;
  }

  /**
   * @param {string} conversation
   * @param {string} text
   * @param {File[]} files
   * @param {More} [more] what else it carries
   * @returns {Promise<string>} its nonce, when it is kept, or the disk refused it
   */
  async add(conversation, text, files, { smaller = false, ...more } = {}) {
    const at = this.parts.clock.now();
    const order = Math.max(at, (pending.peek().at(-1)?.order ?? 0) + 1);
    const those = files.map((file) => ({ ...asSent(file, smaller), location: "", id: "" }));
    const nonce = newNonce();
    const item = { nonce, conversation, text, files: those, at, order, error: "", ...more };
    pending.value = [...pending.peek(), waitingOf(item)];
    await this.#keeping.begin(item);
    const now = this.#find(nonce); // it may be another by now, or none
    if (now) await this.#keeping.put(itemOf(now));
    this.go();
    return nonce;
  }

  /** @param {string} nonce a failed one, tried again */
  async retry(nonce) {
    await this.#keep(nonce, { error: "", state: "queued" });
    this.go();
  }

  /** @param {string} nonce */
  async discard(nonce) {
    const { files = [] } = this.#find(nonce) ?? {};
    const done = this.#mean("discard", nonce);
    for (const file of files) this.#takeBack(file);
    await done;
  }

  /** Takes a file out of a message; a message with nothing left goes too. @param {string} nonce @param {number} index */
  async cancelFile(nonce, index) {
    const { files = [] } = this.#find(nonce) ?? {};
    const done = this.#mean("cancel", nonce, index);
    this.#takeBack(files[index]);
    await done;
  }

  /** What has come stays on the server; the rest waits until it is resumed. @param {string} nonce @param {number} index */
  pauseFile(nonce, index) {
    return this.#mean("pause", nonce, index);
  }

  /** @param {string} nonce @param {number} index */
  resumeFile(nonce, index) {
    return this.#mean("resume", nonce, index);
  }

  /** Another tab's person meant this, and it may be this tab that sends. @param {Meant} meant */
  async heard(meant) {
    await this.#loading; // it may be just about to show what is meant
    await this.#does(meant);
  }

  /** @param {Meant["what"]} what @param {string} nonce @param {number} [index] of the file */
  #mean(what, nonce, index = 0) {
    const of = this.#find(nonce)?.files.length ?? 0;
    const meant = { what, nonce, index, of };
    this.parts.tell(meant);
    return this.#does(meant);
  }

  /** @param {Meant} meant */
  async #does(meant) {
    const { nonce, what } = meant;
    const changes = asMeant(this.#find(nonce), meant);
    if (!changes) return;
    const done = changes === "gone" ? this.#remove(nonce) : this.#keep(nonce, changes);
    if (what !== "resume") this.#uploads.get(nonce)?.abort();
    await done;
    this.go();
  }

  /** Our own message has come back as an event. @param {string} nonce */
  echoed(nonce) {
    if (this.#find(nonce)) this.#remove(nonce);
  }

  /** Sends what may be sent: one at a time in each conversation. */
  go() {
    if (!this.#open) return;
    for (const one of pending.peek()) {
      if (isNext(one) && !this.#running.has(one.conversation)) this.#run(one.conversation);
    }
  }

  /** @param {string} conversation */
  async #run(conversation) {
    this.#running.add(conversation);
    let goesOn = true;
    while (goesOn && this.#open) {
      const next = pending.peek().find((one) => one.conversation === conversation && isNext(one));
      goesOn = next !== undefined && (await this.#send(next.nonce));
    }
    this.#running.delete(conversation);
  }

  /** @param {string} nonce @returns {Promise<boolean>} whether the next may follow now */
  async #send(nonce) {
    this.#show(nonce, { state: "sending" });
    try {
      await this.#uploadFiles(nonce);
      const item = this.#find(nonce);
      if (!item) return true; // discarded meanwhile
      if (item.files.some(({ id }) => !id)) {
        this.#show(nonce, { state: "queued" }); // paused: it waits, and the next may go before it
        return true;
      }
      const { conversation, seq } = await this.parts.deliver(item);
      this.#attempt = 0;
      await this.#arrived(nonce, conversation, seq);
      return true;
    } catch (error) {
      return this.#stumbled(nonce, error);
    }
  }

  /** @param {string} nonce @param {string} conversation @param {number} seq */
  async #arrived(nonce, conversation, seq) {
    if (!this.#find(nonce)) return; // its echo was quicker
    if (this.parts.hasCome(conversation, seq)) return this.#remove(nonce);
    this.#show(nonce, { state: "sent" }); // shown until its echo comes
    await this.#unkeep(nonce);
  }

  /** @param {string} nonce @param {unknown} error @returns {boolean} whether the next may follow now */
  #stumbled(nonce, error) {
    if (error instanceof Refused && isExpired(error) && !this.#anew.has(nonce)) {
      this.#anew.add(nonce);
      this.#keep(nonce, { ...afresh(this.#find(nonce)?.files ?? []), state: "queued" });
      return true;
    }
    const refused = refusalOf(error);
    if (refused) {
      this.#keep(nonce, { error: refused.message, state: "failed" });
      return true;
    }
    this.#show(nonce, { state: "queued" });
    if (error instanceof Cancelled) return true; // go on with what is left
    this.parts.clock.later(retryDelay(this.#attempt++, this.parts.random), () => this.go());
    return false;
  }

  /** @param {string} nonce */
  async #uploadFiles(nonce) {
    const { files = [], voice = null } = this.#find(nonce) ?? {};
    for (const [index, file] of files.entries()) {
      if (file.id || isPaused(this.#find(nonce)?.files[index])) continue;
      const over = new AbortController();
      this.#uploads.set(nonce, over);
      try {
        const { blob, name } = await this.#made(nonce, index, file, over.signal);
        const id = await this.parts.upload(blob, name, {
          signal: over.signal,
          location: file.location,
          voice: voice !== null,
          created: (location) => this.#keepFile(nonce, index, { location }),
          progress: (fraction) => this.#progress(nonce, index, fraction),
        });
        over.signal.throwIfAborted();
        await this.#keepFile(nonce, index, { id });
        over.signal.throwIfAborted(); // its files may be others by now
      } catch (error) {
        throw over.signal.aborted ? new Cancelled() : error;
      } finally {
        this.#uploads.delete(nonce);
      }
    }
  }

  /** The file as it is sent: it lies on the shelf as it was until then. @param {string} nonce @param {number} index @param {ItemFile} file @param {AbortSignal} signal */
  async #made(nonce, index, file, signal) {
    if (!file.large) return file;
    const made = await unlessAborted(this.parts.shrink(file.blob, file.name), signal);
    signal.throwIfAborted();
    await this.#keepFile(nonce, index, { ...made, large: undefined });
    return made;
  }

  /** It need not wait on the server until it expires. @param {ItemFile|undefined} file */
  #takeBack(file) {
    if (file?.location) this.parts.takeBack(file.location).catch(() => {});
  }

  /** @param {string} nonce @param {number} index @param {Partial<ItemFile>} changes */
  #keepFile(nonce, index, changes) {
    const files = this.#find(nonce)?.files ?? [];
    return this.#keep(nonce, {
      files: files.map((file, at) => (at === index ? { ...file, ...changes } : file)),
    });
  }

  /** @param {string} nonce @param {number} index @param {number} fraction */
  #progress(nonce, index, fraction) {
    const item = this.#find(nonce);
    if (item) this.#show(nonce, { progress: item.progress.with(index, fraction) });
  }

  /** @param {string} nonce */
  #find(nonce) {
    return pending.peek().find((one) => one.nonce === nonce);
  }

  /** @param {string} nonce @param {Partial<Pending>} changes */
  #show(nonce, changes) {
    pending.value = pending
      .peek()
      .map((one) => (one.nonce === nonce ? { ...one, ...changes } : one));
  }

  /** @param {string} nonce @param {Partial<Pending>} changes */
  async #keep(nonce, changes) {
    this.#show(nonce, changes);
    const item = this.#find(nonce);
    if (!item) return;
    await this.#keeping.put(itemOf(item));
    tellTabs("outbox");
  }

  /** @param {string} nonce */
  async #remove(nonce) {
    pending.value = pending.peek().filter((one) => one.nonce !== nonce);
    this.#gone.add(nonce);
    await this.#unkeep(nonce);
  }

  /** @param {string} nonce */
  async #unkeep(nonce) {
    await this.#keeping.remove(nonce);
    tellTabs("outbox");
  }
}

/** This page's outbox; start.js gives it the disk's shelf. */
export const outbox = new Outbox({
  shelf: shelfInMemory(),
  deliver,
  shrink,
  upload,
  takeBack,
  hasCome,
  tell: tellMeant,
  clock: wallClock,
  random: Math.random,
});

hearMeant((meant) => outbox.heard(meant));

/**
 * Says something: it shows at once and is sent when it can be.
 * @param {string} id
 * @param {string} text
 * @param {File[]} [files]
 * @param {More} [more] what else it carries
 * @returns {Promise<string>} its nonce, when it is kept, or the disk refused it
 */
export async function send(id, text, files = [], more = {}) {
  if (!more.voice && !more.poll) draft(id).value = ""; // else what stands in the box was not said
  stopped(id);
  if (current.peek() === id) dropUnreadLine();
  const nonce = await outbox.add(id, text, files, more);
  tellTabs("outbox");
  return nonce;
}

/** @param {string} nonce */
export const retry = (nonce) => outbox.retry(nonce);

/** @param {string} nonce */
export const discard = (nonce) => outbox.discard(nonce);

/** @param {string} nonce @param {number} index */
export const cancelFile = (nonce, index) => outbox.cancelFile(nonce, index);

/** @param {string} nonce @param {number} index */
export const pauseFile = (nonce, index) => outbox.pauseFile(nonce, index);

/** @param {string} nonce @param {number} index */
export const resumeFile = (nonce, index) => outbox.resumeFile(nonce, index);
