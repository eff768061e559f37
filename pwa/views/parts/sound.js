/** One soft sound, made and not loaded. Browsers let a page sound only after it was touched, so the first tap unlocks it. */

import { sound } from "../../state/settings.js";

/** @type {AudioContext|null} */
let audio = null;

/** Waits for the first tap or key anywhere. @param {AbortSignal} signal */
export function unlockSound(signal) {
  const unlock = () => {
    audio ??= new AudioContext();
    if (audio.state === "suspended") audio.resume().catch(() => {});
  };
  for (const kind of ["pointerup", "keydown"])
    window.addEventListener(kind, unlock, { signal, capture: true, passive: true });
}

/** The context once it sounds, for a ring tone; null before the first tap. */
export const audioContext = () => (audio?.state === "running" ? audio : null);

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
