/** Fingers, wheel and double tap on one picture: pinch and pan while it is large, swipe while it is not. */

import { onward } from "./direction.js";

const MOST = 6;
const DOUBLE = 2.5; // what a double tap zooms to
const SWIPE = 60; // px

/** @typedef {{x: number, y: number}} Point */

export class Zoom {
  /** @type {HTMLElement} */ #stage;
  /** @type {HTMLElement} */ #picture;
  /** @type {{step: (by: number) => void, close: () => void}} */ #tell;
  /** @type {Map<number, Point>} */ #fingers = new Map();
  /** @type {Point} */ #start = { x: 0, y: 0 };
  #ended = new AbortController();
  #scale = 1;
  #x = 0;
  #y = 0;

  /** @param {HTMLElement} stage holds one picture @param {{step: (by: number) => void, close: () => void}} tell */
  constructor(stage, tell) {
    this.#stage = stage;
    this.#picture = /** @type {HTMLElement} */ (stage.firstElementChild);
    this.#tell = tell;
    const { signal } = this.#ended;
    stage.addEventListener("pointerdown", this.#down, { signal });
    stage.addEventListener("pointermove", this.#move, { signal });
    stage.addEventListener("pointerup", this.#up, { signal });
    stage.addEventListener("pointercancel", this.#lost, { signal });
    stage.addEventListener("wheel", this.#wheel, { signal, passive: false });
    stage.addEventListener("dblclick", this.#double, { signal });
  }

  close() {
    this.#ended.abort();
  }

  /** By keyboard, around the middle; 0 shows all of it. @param {number} factor */
  by(factor) {
    const box = this.#stage.getBoundingClientRect();
    const middle = { x: box.left + box.width / 2, y: box.top + box.height / 2 };
    this.#zoomTo(this.#scale * factor, middle);
  }

  /** Zooms so that what is under the point stays under it. @param {number} scale @param {Point} point */
  #zoomTo(scale, point) {
    const next = Math.min(MOST, Math.max(1, scale));
    const box = this.#stage.getBoundingClientRect();
    const from = { x: point.x - box.left - box.width / 2, y: point.y - box.top - box.height / 2 };
    this.#x = from.x - ((from.x - this.#x) * next) / this.#scale;
    this.#y = from.y - ((from.y - this.#y) * next) / this.#scale;
    this.#scale = next;
    this.#draw();
  }

  /** Never further than the picture's edge; at rest in the middle. */
  #draw() {
    const far = {
      x: (this.#picture.offsetWidth * this.#scale - this.#stage.clientWidth) / 2,
      y: (this.#picture.offsetHeight * this.#scale - this.#stage.clientHeight) / 2,
    };
    const keep = (/** @type {number} */ at, /** @type {number} */ most) =>
      Math.min(Math.max(at, -Math.max(0, most)), Math.max(0, most));
    this.#x = keep(this.#x, far.x);
    this.#y = keep(this.#y, far.y);
    this.#picture.style.transform = `translate(${this.#x}px, ${this.#y}px) scale(${this.#scale})`;
  }

  #down = (/** @type {PointerEvent} */ event) => {
    this.#stage.setPointerCapture(event.pointerId);
    this.#fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    this.#start = { x: event.clientX, y: event.clientY };
  };

  #move = (/** @type {PointerEvent} */ event) => {
    const before = this.#fingers.get(event.pointerId);
    if (!before) return;
    const now = { x: event.clientX, y: event.clientY };
    const other = [...this.#fingers].find(([id]) => id !== event.pointerId)?.[1];
    this.#fingers.set(event.pointerId, now);
    if (other) {
      const apart = (/** @type {Point} */ one) => Math.hypot(one.x - other.x, one.y - other.y) || 1;
      this.#zoomTo((this.#scale * apart(now)) / apart(before), {
        x: (now.x + other.x) / 2,
        y: (now.y + other.y) / 2,
      });
    } else if (this.#scale > 1) {
      this.#x += now.x - before.x;
      this.#y += now.y - before.y;
      this.#draw();
    }
  };

  #up = (/** @type {PointerEvent} */ event) => {
    const alone = this.#fingers.size === 1;
    this.#fingers.delete(event.pointerId);
    if (!alone || this.#scale > 1) return;
    const [dx, dy] = [event.clientX - this.#start.x, event.clientY - this.#start.y];
    if (Math.abs(dx) > SWIPE && Math.abs(dx) > 2 * Math.abs(dy))
      this.#tell.step(dx < 0 ? onward() : -onward());
    else if (dy > 2 * SWIPE && dy > 2 * Math.abs(dx)) this.#tell.close();
  };

  #lost = (/** @type {PointerEvent} */ event) => {
    this.#fingers.delete(event.pointerId);
  };

  #wheel = (/** @type {WheelEvent} */ event) => {
    event.preventDefault();
    this.#zoomTo(this.#scale * Math.exp(-event.deltaY / 300), {
      x: event.clientX,
      y: event.clientY,
    });
  };

  #double = (/** @type {MouseEvent} */ event) => {
    this.#zoomTo(this.#scale > 1 ? 1 : DOUBLE, { x: event.clientX, y: event.clientY });
  };
}
