// One sound to try a loudspeaker with: two soft notes, made and not loaded, out of whichever was chosen.

const NOTES = [523.25, 783.99]; // Hz: C5 G5
const LONG = 0.55; // s, each; the second begins half-way
const REST = 300; // ms for the last echo in the device's own buffers

/** Resolves when it was heard. @param {string} speaker an id as setSinkId takes it, "" for the device's own choice */
export async function chime(speaker) {
  const audio = new AudioContext();
  await audio.resume();
  const out = new MediaStreamAudioDestinationNode(audio);
  const player = new Audio();
  player.srcObject = out.stream;
  await direct(player, speaker);
  await player.play();
  NOTES.forEach((frequency, at) => {
    strike(audio, out, frequency, audio.currentTime + 0.1 + (at * LONG) / 2);
  });
  await new Promise((done) => setTimeout(done, 1000 * (0.1 + 1.5 * LONG) + REST));
  player.srcObject = null;
  await audio.close();
}

/** Send the sound of an element there, where the browser lets a page choose. @param {HTMLMediaElement | null} element @param {string} speaker */
export async function direct(element, speaker) {
  if (!element?.setSinkId || element.sinkId === speaker) return;
  await element.setSinkId(speaker).catch(() => {}); // it was pulled out just now: the device's own choice goes on
}

/** Whether a page may choose where sound goes. */
export const canDirect = () => "setSinkId" in HTMLMediaElement.prototype;

/** Whether a page may say how loud an element is. On an iPhone it may not: its volume reads as 1, whatever was set (Apple, "Safari HTML5 Audio and Video Guide"). */
export function canSetVolume() {
  const probe = new Audio();
  probe.volume = 0.5;
  return probe.volume === 0.5;
}

/** @param {AudioContext} audio @param {AudioNode} out @param {number} frequency @param {number} start s */
function strike(audio, out, frequency, start) {
  const tone = new OscillatorNode(audio, { type: "triangle", frequency });
  const volume = new GainNode(audio, { gain: 0 });
  volume.gain.setValueAtTime(0, start);
  volume.gain.linearRampToValueAtTime(0.35, start + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.001, start + LONG);
  tone.connect(volume).connect(out);
  tone.start(start);
  tone.stop(start + LONG + 0.02);
}
