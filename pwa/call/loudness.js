// How loud a microphone is, many times a second: for a meter, and to notice somebody who speaks although they are muted.

import { loudness } from "../state/levels.js";

const EVERY = 60; // ms

/** @typedef {(track: MediaStreamTrack, hear: (level: number) => void) => () => void} Follow */

/** Hear a track as it is picked up, also while it is muted. Resolves to how to stop. @type {Follow} */
export function followLoudness(track, hear) {
  if (typeof AudioContext === "undefined") return () => {};
  const ours = track.clone(); // what is muted is the other one
  ours.enabled = true;
  const audio = new AudioContext();
  audio.resume().catch(() => {}); // not before the page was touched
  const analyser = new AnalyserNode(audio, { fftSize: 2048 });
  audio.createMediaStreamSource(new MediaStream([ours])).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    hear(loudness(samples));
  }, EVERY);
  return () => {
    clearInterval(timer);
    ours.stop();
    audio.close().catch(() => {});
  };
}
