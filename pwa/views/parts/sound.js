/** One soft sound, made and not loaded. Browsers let a page sound only after it was touched, so the first tap unlocks it. */

import { sound } from "../../state/settings.js";
import { askToSound } from "../../state/tabs.js";

/** @type {AudioContext|null} */
let audio = null;

const AFTER_MS = 200; // what the tap is for comes first: opening the sound system takes up to half a second of a slow phone

/** Waits for the first tap or key anywhere. @param {AbortSignal} signal */
export function unlockSound(signal) {
  const open = () => {
    audio ??= new AudioContext();
    if (audio.state === "suspended") audio.resume().catch(() => {});
  };
  let asked = false;
  const unlock = () => {
    if (audio) return open();
    if (!asked) askToSound();
    asked = true;
    setTimeout(open, AFTER_MS);
  };
  for (const kind of ["pointerup", "keydown"])
    window.addEventListener(kind, unlock, { signal, capture: true, passive: true });
}

/** A soft pop, 140 ms: a sine that falls a fifth. Silent when sounds are off or still locked. */
export function pop() {
  if (!sound.value || audio?.state !== "running") return;
  const now = audio.currentTime;
  const tone = new OscillatorNode(audio, { type: "sine", frequency: 660 });
  const volume = new GainNode(audio, { gain: 0 });
  tone.frequency.exponentialRampToValueAtTime(440, now + 0.09);
  volume.gain.linearRampToValueAtTime(0.16, now + 0.012);
  volume.gain.exponentialRampToValueAtTime(0.001, now + 0.14);
  tone.connect(volume).connect(audio.destination);
  tone.start(now);
  tone.stop(now + 0.15);
}
