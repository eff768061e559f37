// What one may not do in the call of a room and asks for. The rights are the server's (chat/roles.py); this page keeps to
// them, so that nobody talks into a microphone that reaches no one. What is allowed is not turned on by itself.

import { rightsIn } from "./gathering-rights.js";

/** @typedef {import("./gathering.js").Right} Right */
/** @typedef {import("./gathering.js").Own} Own */
/** @typedef {import("./gathering.js").Standing} Standing */

const ANSWER = 8000; // ms that an answer stays on the screen

/** @type {Record<Right, boolean>} */
const ALL = { speak: true, show: true, share: true, write: true };

/** @param {Standing|undefined} standing @param {string} person */
export const allowedIn = (standing, person) =>
  standing ? rightsIn(standing.on, person, standing.leads) : ALL;

export class Asking {
  #desk;
  /** @type {Record<Right, boolean>} */ #before = ALL;

  /**
   * @param {object} desk
   * @param {() => Own|null} desk.own
   * @param {() => Record<Right, boolean>} desk.may
   * @param {(part: Partial<Own>) => void} desk.change
   * @param {Pick<import("./gathering-desk.js").GatheringDesk, "mute"|"turnCamera"|"share">} desk.does what the person could do, so that it is remembered over a reload
   * @param {(key: string, ms: number, callback: () => void) => void} desk.later
   */
  constructor(desk) {
    this.#desk = desk;
  }

  /** Whether that has to be asked for; then it is, or the question is taken back. @param {Right} right */
  instead(right) {
    if (this.#desk.may()[right]) return false;
    this.ask(right);
    return true;
  }

  /** Ask for it, or take the question back. @param {Right} right */
  ask(right) {
    const { asks = [] } = this.#desk.own() ?? {};
    this.#desk.change({
      asks: asks.includes(right) ? asks.filter((one) => one !== right) : [...asks, right],
      answered: null,
    });
  }

  /** Somebody who leads says: not now. @param {Right} right */
  deferred(right) {
    if (this.#desk.own()?.asks.includes(right)) this.#answer(right, false);
  }

  /** Somebody who leads wants it quiet: one is muted, and sees by whom. @param {string} person */
  silenced(person) {
    const { muted = true } = this.#desk.own() ?? {};
    this.#desk.does.mute(true);
    if (muted) return;
    this.#desk.change({ silenced: person });
    this.#desk.later("silenced", ANSWER, () => this.#desk.change({ silenced: "" }));
  }

  /** The log says what everybody may: what was taken away ends, what was asked for is answered. */
  keep() {
    const now = this.#desk.own();
    if (!now) return;
    const may = this.#desk.may();
    const { does } = this.#desk;
    if (!may.speak && !now.muted) does.mute(true);
    if (!may.show && now.camera) does.turnCamera(false);
    if (!may.share && now.sharing) does.share(false);
    for (const right of now.asks) if (may[right]) this.#answer(right, true);
    if (this.#before.speak && !may.speak) this.#tell("speak", false);
    this.#before = may;
  }

  /** The call is over: the next one says anew what one may not. */
  clear() {
    this.#before = ALL;
  }

  /** @param {Right} right @param {boolean} given */
  #answer(right, given) {
    const { asks = [] } = this.#desk.own() ?? {};
    this.#desk.change({ asks: asks.filter((one) => one !== right) });
    this.#tell(right, given);
  }

  /** @param {Right} right @param {boolean} given */
  #tell(right, given) {
    this.#desk.change({ answered: { right, given } });
    this.#desk.later("answered", ANSWER, () => this.#desk.change({ answered: null }));
  }
}
