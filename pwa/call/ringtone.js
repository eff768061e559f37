// The sounds of a call, made and not loaded: a ring for who is called, a quiet tone for who waits, softer ones for who comes
// and goes, and a soft end.
// Browsers let a page sound only after it was touched, so the first tap or key anywhere unlocks it.

/** @typedef {{frequency: number, at: number, seconds: number, loud: number}} Note `at` in seconds from the start */

const RING_EVERY = 2.4; // s
const WAIT_EVERY = 4; // s
const AFTER_MS = 200; // what the tap is for comes first: opening the sound system takes up to half a second of a slow phone

/** Two rising thirds, like a small bell: G5 B5 D6, twice. @type {Note[]} */
const RING = [0, 0.62].flatMap((start) =>
  [783.99, 987.77, 1174.66].map((frequency, place) => ({
    frequency,
    at: start + place * 0.12,
    seconds: 0.5,
    loud: 0.2,
  })),
);
/** @type {Note[]} */
const WAIT = [
  { frequency: 425, at: 0, seconds: 0.9, loud: 0.05 }, // the ringing tone of most of Europe (ITU-T E.180)
];
/** @type {Note[]} */
const END = [
  { frequency: 523.25, at: 0, seconds: 0.25, loud: 0.12 },
  { frequency: 392, at: 0.14, seconds: 0.35, loud: 0.12 },
];

/** @type {Note[]} */
const KNOCK = [
  { frequency: 659.26, at: 0, seconds: 0.2, loud: 0.08 },
  { frequency: 659.26, at: 0.18, seconds: 0.3, loud: 0.08 },
];

/** @type {Note[]} */
const CAME = [
  { frequency: 440, at: 0, seconds: 0.18, loud: 0.05 },
  { frequency: 587.33, at: 0.1, seconds: 0.28, loud: 0.05 },
];
const LEFT = CAME.map((note, place) => ({ ...note, frequency: CAME[1 - place].frequency }));

/** @type {AudioContext | null} */
let audio = null;

/** @param {AbortSignal} until */
export function unlockRingtone(until) {
  const open = () => {
    audio ??= new AudioContext();
    if (audio.state === "suspended") audio.resume().catch(() => {});
  };
  const unlock = () => {
    if (audio) open();
    else setTimeout(open, AFTER_MS);
  };
  for (const kind of ["pointerup", "keydown"])
    window.addEventListener(kind, unlock, { signal: until, capture: true, passive: true });
}

/** Rings until told to stop. @returns {() => void} */
export const ring = () => repeat(RING, RING_EVERY);

/** The tone of waiting for an answer, until told to stop. @returns {() => void} */
export const wait = () => repeat(WAIT, WAIT_EVERY);

/** Once: it is over. */
export function ended() {
  play(END);
}

/** Once: somebody waits at the door. */
export function knock() {
  play(KNOCK);
}

/** Once: somebody came into the call. */
export function came() {
  play(CAME);
}

/** Once: somebody left it. */
export function left() {
  play(LEFT);
}

/** @param {Note[]} notes @param {number} every s */
function repeat(notes, every) {
  let stop = play(notes);
  const timer = setInterval(() => {
    stop = play(notes);
  }, every * 1000);
  return () => {
    clearInterval(timer);
    stop();
  };
}

/** @param {Note[]} notes @returns {() => void} falls silent */
function play(notes) {
  if (audio?.state !== "running") return () => {};
  const context = audio;
  const all = new GainNode(context, { gain: 1 });
  all.connect(context.destination);
  for (const note of notes) strike(context, all, note);
  return () => all.gain.setTargetAtTime(0, context.currentTime, 0.02);
}

/** @param {AudioContext} context @param {AudioNode} out @param {Note} note */
function strike(context, out, { frequency, at, seconds, loud }) {
  const start = context.currentTime + at;
  const tone = new OscillatorNode(context, { type: "sine", frequency });
  const volume = new GainNode(context, { gain: 0 });
  volume.gain.setValueAtTime(0, start);
  volume.gain.linearRampToValueAtTime(loud, start + 0.015);
  volume.gain.exponentialRampToValueAtTime(0.001, start + seconds);
  tone.connect(volume).connect(out);
  tone.start(start);
  tone.stop(start + seconds + 0.05);
}
