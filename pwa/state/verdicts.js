// What a test of camera and microphone has shown, in a few findings, each of which views say in one plain sentence.

/** @typedef {import("../call/trial.js").Echo} Echo */
/** @typedef {"line" | "camera" | "microphone"} About */
/** @typedef {"good" | "bad" | "so-so" | "waiting"} Grade */
/** @typedef {{about: About, what: string, grade: Grade, given: number[]}} Verdict `what` names the sentence, `given` what stands in it */
/** @typedef {{camera: boolean, muted: boolean, problems: {device: string}[]}} Own */

const SLOW = 200; // ms there and back: with as much on the other side speech is late (ITU-T G.114)
const LOSSY = 0.03; // at which sound begins to stutter
const QUIET = 0.3; // of loudness, the loudest of the last seconds: a voice at the other end of the room
const SILENT = 0.12; // nobody spoke
const LOUD = 0.98; // the microphone is at its end

/** @param {Echo} echo @param {Own} own @returns {Verdict[]} */
export function verdictsOf(echo, own) {
  const missing = (/** @type {string} */ device) =>
    own.problems.some((one) => one.device === device);
  return [
    lineOf(echo),
    own.camera ? pictureOf(echo) : verdict("camera", ...notSent(missing("camera"), "off")),
    own.muted ? verdict("microphone", ...notSent(missing("microphone"), "muted")) : voiceOf(echo),
  ];
}

/** @param {Echo} echo @returns {Verdict} */
function lineOf({ phase, facts }) {
  if (phase === "failed") return verdict("line", "failed", "bad");
  if (!facts?.protocol || !facts.roundTrip) return verdict("line", "waiting", "waiting");
  const ms = Math.max(1, Math.round(facts.roundTrip));
  if (facts.loss >= LOSSY) return verdict("line", "lossy", "bad", [Math.round(100 * facts.loss)]);
  if (ms >= SLOW) return verdict("line", "slow", "so-so", [ms]);
  return facts.protocol === "tcp"
    ? verdict("line", "tcp", "so-so", [ms])
    : verdict("line", "good", "good", [ms]);
}

/** @param {Echo} echo @returns {Verdict} */
function pictureOf({ facts }) {
  if (!facts?.width) return verdict("camera", "waiting", "waiting");
  return verdict("camera", "good", "good", [facts.width, facts.height]);
}

/** @param {Echo} echo @returns {Verdict} */
function voiceOf({ facts }) {
  const loudest = facts?.loudest ?? 0;
  if (!facts?.heard || loudest < SILENT) return verdict("microphone", "waiting", "waiting");
  if (loudest < QUIET) return verdict("microphone", "quiet", "so-so");
  return loudest > LOUD
    ? verdict("microphone", "loud", "so-so")
    : verdict("microphone", "good", "good");
}

/** @param {boolean} missing @param {string} off @returns {[string, Grade]} */
const notSent = (missing, off) => (missing ? ["missing", "bad"] : [off, "so-so"]);

/** @param {About} about @param {string} what @param {Grade} grade @param {number[]} [given] @returns {Verdict} */
function verdict(about, what, grade, given = []) {
  return { about, what, grade, given };
}
