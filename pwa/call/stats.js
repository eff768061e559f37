// What the line is like, from the browser's own figures (W3C webrtc-stats), as one of three words.

/**
 * @typedef {object} Sample
 * @property {number} lost packets lost on the way to us, so far
 * @property {number} came packets that arrived, so far
 * @property {number} frames video frames decoded, so far
 * @property {number} roundTrip ms, 0 while unknown
 */
/** @typedef {"" | "good" | "fair" | "poor"} Quality */

/** Loss and delay at which speech becomes tiring and then hard (ITU-T G.114: 150 ms and 400 ms one way). */
const FAIR = { loss: 0.03, roundTrip: 300 };
const POOR = { loss: 0.1, roundTrip: 800 };

/** What a look saw of all that is received together. @param {import("./figures.js").Look} look @returns {Sample} */
export function sampleOf({ path, streams }) {
  const sample = { lost: 0, came: 0, frames: 0, roundTrip: path.roundTrip };
  for (const one of streams) {
    if (one.sent) continue;
    sample.lost += one.lost;
    sample.came += one.packets;
    sample.frames += one.frames;
  }
  return sample;
}

/** How the time between two samples was. @param {Sample} before @param {Sample} now @returns {Quality} */
export function judge(before, now) {
  const came = now.came - before.came;
  const lost = Math.max(0, now.lost - before.lost);
  if (came <= 0) return before.came ? "poor" : "";
  const loss = lost / (lost + came);
  if (loss >= POOR.loss || now.roundTrip >= POOR.roundTrip) return "poor";
  return loss >= FAIR.loss || now.roundTrip >= FAIR.roundTrip ? "fair" : "good";
}

/** @typedef {"" | "loss" | "delay"} Why what is wrong with it */
/** @typedef {{quality: Quality, why: Why}} Line */

/** How one's own line to the unit was between two looks: what is lost of one's own, what is lost of the others', the way
 * there and back. What those lose whose own line is weak says nothing of ours.
 * @param {import("./figures.js").Look} before @param {import("./figures.js").Look} now @param {Iterable<string>} [weak] their devices @returns {Line} */
export function judgeLine(before, now, weak = []) {
  const excused = new Set(weak);
  const known = new Map(before.streams.map((one) => [one.key, one]));
  const { lost, all } = now.streams.reduce(
    (sum, one) => {
      const was = known.get(one.key);
      if (!was || excused.has(one.whose.who)) return sum;
      const packets = Math.max(0, one.packets - was.packets);
      const gone = one.sent ? packets * one.share : Math.max(0, one.lost - was.lost);
      return { lost: sum.lost + gone, all: sum.all + packets + (one.sent ? 0 : gone) };
    },
    { lost: 0, all: 0 },
  );
  const loss = all > 0 ? lost / all : 0;
  const { roundTrip } = now.path;
  if (!all && !roundTrip) return UNKNOWN;
  if (loss >= POOR.loss) return { quality: "poor", why: "loss" };
  if (roundTrip >= POOR.roundTrip) return { quality: "poor", why: "delay" };
  if (loss >= FAIR.loss) return { quality: "fair", why: "loss" };
  return roundTrip >= FAIR.roundTrip ? { quality: "fair", why: "delay" } : GOOD;
}

/** @type {Line} */
export const UNKNOWN = { quality: "", why: "" };

/** @type {Line} */
const GOOD = { quality: "good", why: "" };

/** A verdict that is said only once it was passed twice: one bad moment is none. @template {{quality: Quality}} T */
export class Steady {
  /** @type {T} */ #said;
  /** @type {T | null} */ #before = null;

  /** @param {T} unknown what is to be said at first */
  constructor(unknown) {
    this.#said = unknown;
  }

  /** @param {T} now @returns {T} what is to be said */
  hears(now) {
    const first = !this.#said.quality && now.quality === "good";
    if (first || this.#before?.quality === now.quality) this.#said = now;
    this.#before = now;
    return this.#said;
  }
}
