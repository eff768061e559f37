// Recording what somebody says: the microphone, the browser's own recorder, and how loud it is meanwhile.

import { loudness } from "../state/levels.js";
import { stayAwake } from "./attention.js";
import { mayAsk, openMicrophone } from "./devices.js";

/** @typedef {import("../state/voice.js").Recorder} Recorder */
/** @typedef {import("../state/voice.js").Trouble} Trouble */

/** Best first: what every phone plays, then what the server makes playable (store/recode.py). */
const KINDS = [
  "audio/mp4;codecs=mp4a.40.2",
  "audio/mp4",
  "audio/webm;codecs=opus",
  "audio/ogg;codecs=opus",
];
const BITS = 48_000; // a second; speech is clear at half of it
const PIECE_MS = 1000; // handed out by the browser at once, so that little is lost when something ends it

/** @type {import("../state/voice.js").Open} */
export async function openRecorder(lost, piece) {
  if (!mayAsk()) return "insecure";
  if (typeof MediaRecorder === "undefined") return "unsupported";
  const { track, problem } = await openMicrophone();
  if (!track) return problem?.trouble ?? "failed";
  try {
    return record(track, lost, piece);
  } catch {
    track.stop();
    return "failed";
  }
}

/** @param {MediaStreamTrack} track @param {() => void} lost @param {(blob: Blob) => void} piece @returns {Recorder} */
function record(track, lost, piece) {
  const mimeType = KINDS.find((kind) => MediaRecorder.isTypeSupported(kind));
  const stream = new MediaStream([track]);
  const recorder = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: BITS });
  /** @type {Blob[]} */
  const pieces = [];
  recorder.addEventListener("dataavailable", ({ data }) => {
    pieces.push(data);
    piece(data);
  });
  recorder.addEventListener("error", lost);
  track.addEventListener("ended", lost);
  const listener = listen(stream);
  const sleep = stayAwake();
  recorder.start(PIECE_MS);
  const letGo = () => {
    track.removeEventListener("ended", lost);
    track.stop();
    listener.close();
    sleep?.();
  };
  return {
    level: listener.level,
    pause: () => {
      recorder.pause();
      recorder.requestData(); // a pause may be long: nothing of it waits for the next piece
    },
    resume: () => recorder.resume(),
    stop: async () => {
      await stopped(recorder);
      letGo();
      return new Blob(pieces, { type: recorder.mimeType || mimeType });
    },
    drop: () => {
      if (recorder.state !== "inactive") recorder.stop();
      letGo();
    },
  };
}

/** @param {MediaRecorder} recorder @returns {Promise<void>} when the last piece has come */
function stopped(recorder) {
  if (recorder.state === "inactive") return Promise.resolve();
  return new Promise((done) => {
    recorder.addEventListener("stop", () => done(), { once: true });
    recorder.stop();
  });
}

/** @param {MediaStream} stream */
function listen(stream) {
  const audio = new AudioContext();
  const analyser = new AnalyserNode(audio, { fftSize: 2048 });
  audio.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  return {
    level: () => {
      analyser.getFloatTimeDomainData(samples);
      return loudness(samples);
    },
    close: () => audio.close().catch(() => {}),
  };
}
