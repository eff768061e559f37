// Cameras and microphones: asking for them, and what to say when there are none. Which one is state/gear.js's to remember.

import { chosen, found, present, sorted } from "../state/gear.js";

/** @typedef {"camera" | "microphone" | "screen"} DeviceKind */
/** @typedef {"refused" | "missing" | "in-use" | "insecure" | "failed"} Trouble */
/** @typedef {{device: DeviceKind, trouble: Trouble}} Problem */
/** @typedef {{track: MediaStreamTrack | null, problem: Problem | null}} Opened */

/** The names of https://www.w3.org/TR/mediacapture-streams/#dom-mediadevices-getusermedia, in our words.
 * @type {Record<string, Trouble>} */
const TROUBLES = {
  NotAllowedError: "refused",
  SecurityError: "refused",
  NotFoundError: "missing",
  OverconstrainedError: "missing",
  NotReadableError: "in-use",
  AbortError: "in-use",
};

/** @param {unknown} error @returns {Trouble} */
export function troubleOf(error) {
  return (error instanceof Error && TROUBLES[error.name]) || "failed";
}

/** Which devices there are, now; kept for all who look at them. @returns {Promise<import("../state/gear.js").Present>} */
export async function lookAround() {
  const list = (await navigator.mediaDevices?.enumerateDevices?.().catch(() => [])) ?? [];
  const now = sorted(list);
  if (JSON.stringify(now) !== JSON.stringify(present.peek())) present.value = now; // what is the same need not be drawn anew
  return present.peek();
}

/** Is there a way to ask at all? Only secure pages have one. */
export const mayAsk = () => Boolean(navigator.mediaDevices?.getUserMedia);

/** What the browser said of each: the state in it is always the one of now. @type {Map<string, PermissionStatus>} */
const known = new Map();

/** Know from now on what is allowed: when a button is pressed, nothing needs to be asked for first. Not every browser says. */
export async function followAllowed() {
  for (const name of ["microphone", "camera"]) {
    const status = await permission(name);
    status?.addEventListener("change", ignore); // who does not listen is told of no change
    if (status) known.set(name, status);
  }
}

/** Was all of this allowed before, so that nobody is asked now? At once where that is known.
 * @param {{video: boolean}} wanted @returns {boolean | Promise<boolean>} */
export function allowed({ video }) {
  const names = video ? ["microphone", "camera"] : ["microphone"];
  if (names.every((name) => known.get(name)?.state === "granted")) return true;
  return Promise.all(names.map(permission)).then((told) =>
    told.every((status) => status?.state === "granted"),
  );
}

/** @param {string} name @returns {Promise<PermissionStatus | null>} null where the browser does not say */
async function permission(name) {
  try {
    return await navigator.permissions.query({ name: /** @type {any} */ (name) });
  } catch {
    return null;
  }
}

export const canShareScreen = () => Boolean(navigator.mediaDevices?.getDisplayMedia);

/** Microphone and camera in one question, then each alone when that fails, so that one missing does not cost the other.
 * @param {{video: boolean}} wanted @returns {Promise<{microphone: Opened, camera: Opened}>} */
export async function openBoth({ video }) {
  const none = { track: null, problem: null };
  if (isUnfound("microphone") || (video && isUnfound("camera"))) await lookAround();
  if (video && mayAsk()) {
    try {
      const stream = await navigator.mediaDevices.getUserMedia({
        audio: microphoneWish(),
        video: cameraWish(),
      });
      const [microphone] = stream.getAudioTracks();
      const [camera] = stream.getVideoTracks();
      return { microphone: opened("microphone", microphone), camera: opened("camera", camera) };
    } catch (error) {
      if (troubleOf(error) === "refused")
        return { microphone: await openMicrophone(), camera: failed("camera", "refused") };
    }
  }
  return { microphone: await openMicrophone(), camera: video ? await openCamera() : none };
}

/** @param {{id?: string}} [wish] @returns {Promise<Opened>} */
export function openMicrophone(wish) {
  return open("microphone", { audio: microphoneWish(wish) });
}

/** @param {{facing?: string, id?: string}} [wish] @returns {Promise<Opened>} */
export function openCamera(wish) {
  return open("camera", { video: cameraWish(wish) });
}

/** A screen, and what is heard of it where that is had. @returns {Promise<Opened & {sound: MediaStreamTrack | null}>} */
export async function openScreen() {
  try {
    const stream = await navigator.mediaDevices.getDisplayMedia(screenWish());
    const [track = null, heard = null] = [stream.getVideoTracks()[0], stream.getAudioTracks()[0]];
    return { track, sound: heard, problem: null };
  } catch (error) {
    const trouble = troubleOf(error);
    return {
      track: null,
      sound: null,
      problem: trouble === "refused" ? null : { device: "screen", trouble },
    }; // closing the choice is no fault
  }
}

/** Of the whole machine's sound only what a browser can part from the call's own: the others would hear themselves.
 * @returns {DisplayMediaStreamOptions} */
function screenWish() {
  const parts = "restrictOwnAudio" in navigator.mediaDevices.getSupportedConstraints();
  const audio = /** @type {MediaTrackConstraints} */ ({ restrictOwnAudio: true });
  const more = { systemAudio: parts ? "include" : "exclude" }; // not in TypeScript's own types yet
  return { video: { frameRate: 15 }, audio, ...more };
}

/** The camera after this one, "" when it is the only one. @param {string} current its device id */
export async function nextCamera(current) {
  const { camera: cameras } = await lookAround();
  if (cameras.length < 2) return "";
  const at = cameras.findIndex((one) => one.id === current);
  return cameras[(at + 1) % cameras.length].id;
}

/** @param {"camera" | "microphone"} device @param {MediaStreamConstraints} constraints */
async function open(device, constraints) {
  if (!mayAsk()) return failed(device, "insecure");
  try {
    const stream = await navigator.mediaDevices.getUserMedia(constraints);
    return opened(device, stream.getTracks()[0]);
  } catch (error) {
    return failed(device, troubleOf(error));
  }
}

/** @param {"camera" | "microphone"} device @param {MediaStreamTrack | undefined} track @returns {Opened} */
function opened(device, track) {
  return track ? { track, problem: null } : failed(device, "missing");
}

/** @param {DeviceKind} device @param {Trouble} trouble @returns {Opened} */
const failed = (device, trouble) => ({ track: null, problem: { device, trouble } });

/** @param {{id?: string}} [wish] @returns {MediaTrackConstraints} */
function microphoneWish({ id = "" } = {}) {
  const wish = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
  if (id) return { ...wish, deviceId: { exact: id } };
  const last = wished("microphone");
  return last ? { ...wish, deviceId: { ideal: last } } : wish;
}

/** @param {{facing?: string, id?: string}} [wish] @returns {MediaTrackConstraints} */
function cameraWish({ facing = "", id = "" } = {}) {
  const size = {
    width: { ideal: 1280 },
    height: { ideal: 720 },
    frameRate: { ideal: 30, max: 30 },
  };
  if (id) return { ...size, deviceId: { exact: id } };
  if (facing) return { ...size, facingMode: { ideal: facing } };
  const last = wished("camera");
  return last ? { ...size, deviceId: { ideal: last } } : { ...size, facingMode: { ideal: "user" } };
}

/** The id of what was chosen, under whichever the browser knows it now. @param {"camera" | "microphone"} device */
const wished = (device) => found(device, present.peek())?.id || chosen.peek()[device]?.id || "";

/** Was one chosen that is not among those one knows of? It may be known under another id by now. @param {"camera" | "microphone"} device */
const isUnfound = (device) => Boolean(chosen.peek()[device]) && !found(device, present.peek());

function ignore() {}
