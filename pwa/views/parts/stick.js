/**
 * Where a log stands while it changes: at its end when the reader is there (within 100 px) and the end is the newest, else
 * exactly at what the reader looks at, whatever is drawn or let go above or below. Over the first that is drawn there is empty
 * room while there are older ones, and what comes takes of it: so nothing else moves, neither on the page nor by the scroll
 * position, and a frame paints what is new and no more. Browsers' own anchoring is off: not all have it.
 */

import { firstEntry, lastEntryBefore } from "./in-sight.js";

const AT_END = 100; // px from the end that still count as being there
const SEEN = 64; // px of what is drawn that have to be in sight
const STILL = window.matchMedia("(prefers-reduced-motion: reduce)");
const AHEAD = 1600; // px before the top at which older ones are wanted, and before the bottom newer ones: two screens of a phone
const ROOM = { least: 64, most: 6000, first: 8000 }; // px over the first: what says that older ones come fits in; about a page of history; and that with a screen
const PADDING = 8; // px that the column always has over what stands in it (conversation.css)
const BELOW = 2000; // px under the last, where newer ones are going to be drawn

/** @typedef {{top: boolean, bottom: boolean, end: boolean, room: import("./drawn.js").Room}} At which ends are near, and what is drawn as far as there */

export class Stick {
  /** @type {HTMLElement} */ #box;
  /** @type {HTMLElement} */ #column;
  /** @type {(at: At) => void} */ #moved;
  /** @type {{element: Element, offset: number}|null} what is read, and how far below the top of the column */ #anchor =
    null;
  #sizes = new ResizeObserver(() => this.settle());
  #watched = new WeakSet(); // days: what grows in one takes of the room, and the column stays as it is
  #leads = false; // to the first, once that is drawn
  #settled = false;
  #top = 0; // the scroll position last seen, for the event that tells of a new one comes a frame later
  #end = 0; // the last scroll position there was then
  #below = 0; // empty px under the last that is drawn
  atEnd = true;
  /** Whether the end of what is drawn is the newest there is. */
  endIsNewest = true;
  /** Whether there are older ones than what is drawn. */
  hasOlder = false;

  /** @param {HTMLElement} box what scrolls; its one child grows @param {(at: At) => void} moved */
  constructor(box, moved) {
    this.#box = box;
    this.#column = /** @type {HTMLElement} */ (box.firstElementChild);
    this.#moved = moved;
    box.addEventListener("scroll", this.#scrolled, { passive: true });
    this.#sizes.observe(box);
    this.#sizes.observe(this.#column);
  }

  /** Whether it has had its first look. */
  get started() {
    return this.#settled;
  }

  /** Puts things right after the content or the room for it changed. */
  settle() {
    if (!this.#settled) return;
    this.#watch();
    this.#keepRoom();
    const sank = Math.abs(this.#deepest() - this.#end) >= 1; // what comes above moves nobody, and least who is leaving the end
    if (this.atEnd && sank && this.#unseen() >= -AT_END) this.toEnd();
    this.#scrolled();
  }

  /** The first look: at `line` when there is one, else at the end. @param {Element|null} line */
  start(line) {
    this.#settled = true;
    const box = this.#box;
    this.#setHeight(this.hasOlder ? ROOM.first : 0);
    this.#setBelow(this.endIsNewest ? 0 : BELOW);
    this.toEnd();
    if (line) {
      const top = line.getBoundingClientRect().top - box.getBoundingClientRect().top;
      box.scrollTop += Math.min(0, top - box.clientHeight / 4);
    }
    this.#scrolled();
  }

  /** @param {boolean} [smoothly] for the eye, when a person asked for it */
  toEnd(smoothly = false) {
    if (!smoothly) this.atEnd = true; // the scroll event that says so comes a frame later
    const behavior = smoothly && !STILL.matches ? "smooth" : "instant";
    this.#box.scrollTo({ top: this.#deepest() - this.#below, behavior });
    if (smoothly) return;
    this.#top = this.#box.scrollTop;
    this.#end = this.#deepest();
  }

  /** To the first that is drawn, or is going to be with the next drawing. @param {boolean} isToCome */
  toStart(isToCome) {
    this.#leads = true;
    if (!isToCome) this.arrive();
  }

  /** Where somebody is led that was not drawn when they asked. */
  arrive() {
    if (!this.#leads) return;
    this.#leads = false;
    this.atEnd = false;
    this.#moveTo(this.#room());
  }

  /** Nothing is there yet, or any more: what comes is looked at anew. */
  rest() {
    this.#settled = false;
    this.#anchor = null;
    this.#setHeight(0);
    this.#setBelow(0);
  }

  /** Brings an element into the middle. @param {Element} element */
  toElement(element) {
    this.#settled = true;
    this.atEnd = false;
    element.scrollIntoView({ block: "center", behavior: "instant" });
    this.#scrolled();
  }

  /**
   * The outermost that reach within so many px of what is in sight; null while somewhere a hand is on one, or it plays.
   * @param {number} px @returns {{first: string, last: string}|null}
   */
  near(px) {
    this.#remember(); // what is read now is not taken away
    if (this.#isInUse()) return null;
    const { top, bottom } = this.#box.getBoundingClientRect();
    const first = firstEntry(this.#column, (place) => place.bottom > top - px);
    const last = lastEntryBefore(this.#column, (place) => place.top >= bottom + px);
    const keys = [first?.dataset.key, last?.dataset.key];
    return keys[0] && keys[1] ? { first: keys[0], last: keys[1] } : null;
  }

  close() {
    this.#sizes.disconnect();
    this.#box.removeEventListener("scroll", this.#scrolled);
    this.rest();
  }

  #scrolled = () => {
    const { scrollTop, clientHeight } = this.#box;
    this.#end = this.#deepest();
    const below = this.#end - scrollTop - this.#below;
    const above = scrollTop - this.#room();
    const isRead = scrollTop !== this.#top || !this.#anchor?.element.isConnected;
    this.#top = scrollTop;
    this.atEnd = this.endIsNewest && below <= AT_END;
    if (isRead) this.#remember();
    const ends = { top: above < AHEAD, bottom: below < AHEAD, end: this.atEnd };
    this.#moved({ ...ends, room: { above, below } });
    if (above < -clientHeight) this.#moveTo(scrollTop - above - clientHeight / 2); // nobody is left where nothing is
    if (below < SEEN - clientHeight) this.#moveTo(scrollTop + below + clientHeight / 2);
  };

  /** Not by the reader's own hand: what is in sight there is what is read. @param {number} top */
  #moveTo(top) {
    this.#box.scrollTop = top;
    this.#top = this.#box.scrollTop;
    this.#remember();
  }

  /** Days that have come grow, too. */
  #watch() {
    for (const day of this.#column.children) {
      if (this.#watched.has(day)) continue;
      this.#watched.add(day);
      this.#sizes.observe(day);
    }
  }

  /** Whether the keyboard is at something in it, or sound comes from there. */
  #isInUse() {
    if (this.#column.contains(document.activeElement)) return true;
    const players = this.#column.querySelectorAll("audio, video");
    return [...players].some((one) => !(/** @type {HTMLMediaElement} */ (one).paused));
  }

  /** How far one can scroll. */
  #deepest() {
    return this.#box.scrollHeight - this.#box.clientHeight;
  }

  /** Where the reader was before the column became lower: what went above took the end with it, and held the position. */
  #position() {
    const { scrollTop } = this.#box;
    const isHeld = scrollTop < this.#top && scrollTop >= this.#deepest() - 1;
    return isHeld ? this.#top : scrollTop;
  }

  /** How far the reader has scrolled since it last looked; where a shorter log holds the position, nobody did. */
  #unseen() {
    const { scrollTop } = this.#box;
    return scrollTop < this.#deepest() - 1 ? scrollTop - this.#top : 0;
  }

  /** The first element that reaches into view, and where. */
  #remember() {
    const top = this.#box.getBoundingClientRect().top;
    const element = firstEntry(this.#column, ({ bottom }) => bottom > top);
    this.#anchor = element ? { element, offset: this.#offsetOf(element) } : null;
  }

  /** @param {Element} element */
  #offsetOf(element) {
    return element.getBoundingClientRect().top - this.#column.getBoundingClientRect().top;
  }

  /**
   * Keeps what is read where it is. The column is higher than what stands in it and that stands at its end, so what comes above
   * takes of the empty room by itself; for what comes below the column grows. Only when the room is used up does all move in
   * the column, and the scroll with it.
   */
  #keepRoom() {
    const { element, offset = 0 } = this.#anchor ?? {};
    const moved = element?.isConnected ? this.#offsetOf(element) - offset : 0;
    const apart = this.#apart(this.#room() - moved);
    const before = this.#position();
    if (moved !== 0 || apart !== 0) this.#grow(apart - moved);
    if (this.endIsNewest === this.#below > 0) this.#setBelow(this.endIsNewest ? 0 : BELOW);
    if (apart === 0 && this.#box.scrollTop === before) return;
    if (element) this.#anchor = { element, offset: offset + apart };
    this.#box.scrollTop = before + apart;
    this.#top += this.#box.scrollTop - before; // nobody has scrolled
    this.#end += apart;
  }

  /** Empty px over the first that is drawn. */
  #room() {
    const first = this.#column.firstElementChild;
    return first ? Math.max(0, this.#offsetOf(first) - PADDING) : 0;
  }

  /** How much more or less room there has to be, in whole px: a scroll position has no parts of one. @param {number} room */
  #apart(room) {
    if (!this.hasOlder) return -Math.floor(room);
    return room < ROOM.least ? Math.ceil(ROOM.most - room) : 0;
  }

  /** @param {number} px */
  #grow(px) {
    this.#setHeight(this.#column.getBoundingClientRect().height + px);
  }

  /** At least so high, and at least as the log: what is short stands at its end. @param {number} px */
  #setHeight(px) {
    this.#column.style.minBlockSize = px > 0 ? `max(100%, ${px}px)` : "";
  }

  /** @param {number} room px */
  #setBelow(room) {
    this.#below = room;
    this.#column.style.marginBlockEnd = room > 0 ? `${room}px` : "";
  }
}
