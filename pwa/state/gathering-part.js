// One's own part in a call of a room: what the others see of it (muted, camera, a raised hand, how the line is), and how tall
// one's screen draws each of them. Both are passing: said when they change, and again when one comes in or the line is back;
// what the screen draws also when the media is.

import { shownOf } from "./gathering-scene.js";

export class Part {
  #house;
  #desk;
  #floor = ""; // what was last said of oneself
  #shown = ""; // and of the screen
  /** @type {Record<string, number>|null} */ #drawn = null;
  /** @type {Record<string, number>} */ #apart = {}; // in a window of its own

  /**
   * @param {Pick<import("./gathering.js").House, "self"|"now">} house
   * @param {{going: () => import("./gathering.js").Own|null, inside: () => boolean, scene: import("./gathering-scene.js").Scene,
   *   line: import("./gathering-line.js").GatheringLine}} desk
   */
  constructor(house, desk) {
    this.#house = house;
    this.#desk = desk;
  }

  /** How one takes part, when that is another way than before. */
  told() {
    const now = this.#desk.going();
    if (!now || !this.#desk.inside()) return;
    const floor = this.#desk.scene.own(this.#house.self().device, now, this.#house.now());
    if (JSON.stringify(floor) === this.#floor) return;
    this.#floor = JSON.stringify(floor);
    this.#desk.line.say("call.show", { floor });
  }

  /** How tall each picture is drawn. @param {Record<string, number>} heights device px by "device source" */
  show(heights) {
    this.#drawn = heights;
    this.#see();
  }

  /** How tall what lies in a window of its own is drawn: seen beside the others, or larger. @param {Record<string, number>} heights */
  showApart(heights) {
    if (JSON.stringify(heights) === JSON.stringify(this.#apart)) return;
    this.#apart = heights;
    if (this.#drawn) this.#see();
  }

  #see() {
    const all = { ...this.#drawn };
    for (const [key, height] of Object.entries(this.#apart))
      all[key] = Math.max(height, all[key] ?? 0);
    this.#shown = JSON.stringify(shownOf(all));
    this.view();
  }

  /** The same again: a unit that was begun again does not know it. */
  view() {
    if (!this.#shown || !this.#desk.inside()) return;
    this.#desk.line.say("call.view", { shown: JSON.parse(this.#shown) });
  }

  /** Everything again: the server may not know it. */
  again() {
    this.#floor = "";
    this.told();
    this.view();
  }

  clear() {
    this.#floor = this.#shown = "";
    this.#drawn = null;
    this.#apart = {};
  }
}
