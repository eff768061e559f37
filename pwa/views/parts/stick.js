/**
 * Where a log stands while it changes: at its end when the reader is there (within 100 px), else exactly at what the
 * reader looks at, whatever is added above or below. Browsers' own anchoring is off: not all have it.
 */

const NEAR = 100; // px from the end that still count as being there
const STILL = window.matchMedia("(prefers-reduced-motion: reduce)");
const AHEAD = 800; // px before the top at which older ones are wanted

export class Stick {
  /** @type {HTMLElement} */ #box;
  /** @type {{moved: (top: boolean, end: boolean) => void}} */ #tell;
  /** @type {{element: Element, offset: number}|null} */ #anchor = null;
  #sizes = new ResizeObserver(() => this.settle());
  #settled = false;
  atEnd = true;

  /** @param {HTMLElement} box what scrolls; its one child grows @param {{moved: (top: boolean, end: boolean) => void}} tell */
  constructor(box, tell) {
    this.#box = box;
    this.#tell = tell;
    box.addEventListener("scroll", this.#scrolled, { passive: true });
    this.#sizes.observe(box);
    if (box.firstElementChild) this.#sizes.observe(box.firstElementChild);
  }

  /** Puts things right after the content or the room for it changed. */
  settle() {
    if (!this.#settled) return;
    if (this.atEnd) this.toEnd();
    else this.#restore();
    this.#scrolled();
  }

  /** The first look: at `line` when there is one, else at the end. @param {Element|null} line */
  start(line) {
    this.#settled = true;
    const box = this.#box;
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
    this.#box.scrollTo({ top: this.#box.scrollHeight, behavior });
  }

  close() {
    this.#sizes.disconnect();
    this.#box.removeEventListener("scroll", this.#scrolled);
  }

  #scrolled = () => {
    const { scrollTop, scrollHeight, clientHeight } = this.#box;
    this.atEnd = scrollHeight - scrollTop - clientHeight <= NEAR;
    this.#remember();
    this.#tell.moved(scrollTop < AHEAD, this.atEnd);
  };

  /** The first element that reaches into view, and where. */
  #remember() {
    const top = this.#box.getBoundingClientRect().top;
    for (const element of this.#box.querySelectorAll("[data-key]")) {
      const place = element.getBoundingClientRect();
      if (place.bottom > top) {
        this.#anchor = { element, offset: place.top - top };
        return;
      }
    }
    this.#anchor = null;
  }

  #restore() {
    if (!this.#anchor?.element.isConnected) return;
    const top =
      this.#anchor.element.getBoundingClientRect().top - this.#box.getBoundingClientRect().top;
    const moved = top - this.#anchor.offset;
    if (Math.abs(moved) >= 1) this.#box.scrollTop += moved; // setting it needlessly would end a smooth scroll
  }
}
