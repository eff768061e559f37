// Cameras and microphones: asking for them, and what to say when there are none. The choice made last is remembered.

/** @typedef {"camera" | "microphone" | "screen"} DeviceKind */
/** @typedef {"refused" | "missing" | "in-use" | "insecure" | "failed"} Trouble */
/** @typedef {{device: DeviceKind, trouble: Trouble}} Problem */
/** @typedef {{track: MediaStreamTrack | null, problem: Problem | null}} Opened */

const REMEMBERED = { camera: "parley.camera", microphone: "parley.microphone" };

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

/** Is there a way to ask at all? Only secure pages have one. */
export const mayAsk = () => Boolean(navigator.mediaDevices?.getUserMedia);

export const canShareScreen = () => Boolean(navigator.mediaDevices?.getDisplayMedia);

/** Microphone and camera in one question, then each alone when that fails, so that one missing does not cost the other.
 * @param {{video: boolean}} wanted @returns {Promise<{microphone: Opened, camera: Opened}>} */
export async function openBoth({ video }) {
  const none = { track: null, problem: null };
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

/** @returns {Promise<Opened>} */
export function openMicrophone() {
  return open("microphone", { audio: microphoneWish() });
}

/** @param {{facing?: string, id?: string}} [wish] @returns {Promise<Opened>} */
export function openCamera(wish) {
  return open("camera", { video: cameraWish(wish) });
}

/** @returns {Promise<Opened>} */
export async function openScreen() {
  try {
    const stream = await navigator.mediaDevices.getDisplayMedia({
      video: { frameRate: 15 },
      audio: false,
    });
    return { track: stream.getVideoTracks()[0] ?? null, problem: null };
  } catch (error) {
    const trouble = troubleOf(error);
    return { track: null, problem: trouble === "refused" ? null : { device: "screen", trouble } }; // closing the choice is no fault
  }
}

/** The camera after this one, "" when it is the only one. @param {string} current its device id */
export async function nextCamera(current) {
  const cameras = (await navigator.mediaDevices.enumerateDevices()).filter(
    (one) => one.kind === "videoinput",
  );
  if (cameras.length < 2) return "";
  const at = cameras.findIndex((one) => one.deviceId === current);
  return cameras[(at + 1) % cameras.length].deviceId;
}

export async function countCameras() {
  if (!navigator.mediaDevices?.enumerateDevices) return 0;
  const all = await navigator.mediaDevices.enumerateDevices();
  return all.filter((one) => one.kind === "videoinput").length;
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
  if (!track) return failed(device, "missing");
  remember(device, track.getSettings().deviceId ?? "");
  return { track, problem: null };
}

/** @param {DeviceKind} device @param {Trouble} trouble @returns {Opened} */
const failed = (device, trouble) => ({ track: null, problem: { device, trouble } });

/** @returns {MediaTrackConstraints} */
function microphoneWish() {
  const wish = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
  const id = remembered("microphone");
  return id ? { ...wish, deviceId: { ideal: id } } : wish;
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
  const last = remembered("camera");
  return last ? { ...size, deviceId: { ideal: last } } : { ...size, facingMode: { ideal: "user" } };
}

/** @param {"camera" | "microphone"} device */
function remembered(device) {
  try {
    return localStorage.getItem(REMEMBERED[device]) ?? "";
  } catch {
    return ""; // storage is blocked
  }
}

/** @param {"camera" | "microphone"} device @param {string} id */
function remember(device, id) {
  try {
    if (id) localStorage.setItem(REMEMBERED[device], id);
  } catch {
    // storage is blocked: it is asked for by default next time
  }
}
