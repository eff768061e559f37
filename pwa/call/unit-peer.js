// The connection to the forwarding unit. The unit always offers, and its first sections are for what we send, so that
// turning a camera or a screen on negotiates nothing. Descriptions are taken one after another.

import { lookAt } from "./figures.js";
import { fingerprintOf } from "./peer.js";

/** @typedef {"microphone" | "camera" | "screen" | "screen-sound"} Source */
/** @typedef {{device: string, source: Source, track: MediaStreamTrack}} Remote what comes from somebody */
/** @typedef {Record<string, {device: string, source: string}>} Tracks whose each section is, by mid */
/**
 * @typedef {object} UnitPeerOptions
 * @property {(source: Source) => MediaStreamTrack | null} track what we send now
 * @property {(version: number, sdp: string) => void} answer to the unit
 * @property {(remote: Remote[]) => void} remote all that comes, anew with each change
 * @property {(state: RTCPeerConnectionState) => void} state
 * @property {(config: RTCConfiguration) => RTCPeerConnection} [make] for tests
 */

/** In the order of the unit's first sections (calls/negotiation.py). @type {Source[]} */
export const SOURCES = ["microphone", "camera", "screen", "screen-sound"];

/** A camera in two layers (calls/formats.py); the small one is half as wide and high. @type {Record<string, Partial<RTCRtpEncodingParameters>>} */
const LAYERS = {
  l: { scaleResolutionDownBy: 2, maxBitrate: 180_000 },
  h: { scaleResolutionDownBy: 1, maxBitrate: 1_500_000 },
};

/** The lines of an answer that the unit reads (calls/sdp.py). */
const READ =
  /^(?:[vost]=|m=|a=(?:mid|(?:send|recv)only|inactive|rtcp-mux$|rtpmap|ssrc|ssrc-group|simulcast|fingerprint|setup)\b)/u;

/** An answer as it is sent: in a call of 40 a whole one is longer than a command may be. @param {string} sdp */
export function essence(sdp) {
  return `${sdp
    .split("\r\n")
    .filter((line) => READ.test(line))
    .join("\r\n")}\r\n`;
}

const STEREO = /^a=fmtp:(\d+) (?:\S*;)?stereo=1/mu;

/** The payload type of what the unit sends in stereo, "" where nothing comes so. @param {string} offer */
export function stereoIn(offer) {
  const comes = offer.split("\r\nm=").find((one) => /^a=sendonly/mu.test(one) && STEREO.test(one));
  return STEREO.exec(comes ?? "")?.[1] ?? "";
}

/** An answer that asks for two channels, without which a browser decodes one (RFC 7587, 6.1). @param {string} answer @param {string} type */
export function inStereo(answer, type) {
  if (STEREO.exec(answer)?.[1] === type) return answer;
  return answer.replaceAll(`a=fmtp:${type} `, `a=fmtp:${type} stereo=1;`);
}

export class UnitPeer {
  /** @type {RTCPeerConnection | null} */ #pc = null;
  /** @type {RTCPeerConnection | null} */ #spare = null; // made before the first offer came
  /** @type {Promise<void> | null} */ #line = null; // the last offer that is being taken
  /** @type {Map<string, Remote>} by track */ #comes = new Map();
  #theirs = ""; // the unit's fingerprint towards us: another one is another connection
  #closed = false;
  #options;

  /** @param {UnitPeerOptions} options */
  constructor(options) {
    this.#options = options;
  }

  /** An offer is on its way: a browser takes a moment to make a connection. */
  prepare() {
    if (!this.#pc && !this.#closed) this.#spare ??= this.#make();
  }

  /** Take an offer of the unit: now, before anything is drawn, or after the one that is being taken.
   * @param {number} version @param {string} sdp @param {Tracks} tracks */
  take(version, sdp, tracks) {
    const answer = () => this.#answer(version, sdp, tracks);
    const taking = (this.#line?.then(answer) ?? answer())
      .catch((error) => {
        if (!this.#closed) console.warn("call: an offer of the unit was not taken", error);
      })
      .finally(() => {
        if (this.#line === taking) this.#line = null;
      });
    this.#line = taking;
    return taking;
  }

  /** Send this from now on, or nothing. @param {Source} source @param {MediaStreamTrack | null} track */
  async send(source, track) {
    const mid = String(SOURCES.indexOf(source));
    const ours = this.#pc?.getTransceivers().find((one) => one.mid === mid);
    await ours?.sender.replaceTrack(track);
  }

  /** The connection in figures, null before there is one. @returns {Promise<import("./figures.js").Look | null>} */
  async look() {
    const report = await this.#pc?.getStats().catch(() => null);
    if (!report || this.#closed) return null;
    const values = /** @type {any} */ (report).values();
    return lookAt(values, performance.now(), (raw) => this.#whoseOf(raw));
  }

  /** The browser's own report, null before there is a connection. */
  stats() {
    return this.#pc?.getStats() ?? Promise.resolve(null);
  }

  close() {
    this.#closed = true;
    this.#pc?.close();
    this.#spare?.close();
  }

  /** @param {number} version @param {string} sdp @param {Tracks} tracks */
  async #answer(version, sdp, tracks) {
    if (this.#closed) return;
    const pc = this.#connection(sdp);
    await pc.setRemoteDescription({ type: "offer", sdp });
    const ours = this.#fill(pc);
    await answered(pc, sdp);
    if (this.#closed || !pc.localDescription) return;
    this.#options.answer(version, essence(pc.localDescription.sdp));
    await layered(ours.get("camera"));
    await preferred(ours.get("screen"));
    const remote = pc.getTransceivers().flatMap(({ mid, receiver, currentDirection }) => {
      const whose = mid === null ? undefined : tracks[mid];
      const comes = currentDirection === "recvonly" || currentDirection === "sendrecv";
      return whose && comes
        ? [
            {
              device: whose.device,
              source: /** @type {Source} */ (whose.source),
              track: receiver.track,
            },
          ]
        : [];
    });
    this.#comes = new Map(remote.map((one) => [one.track.id, one]));
    if (!this.#closed) this.#options.remote(remote);
  }

  /** Whose a stream of a report is. @param {import("./figures.js").Raw} raw @returns {import("./figures.js").Whose | null} */
  #whoseOf({ type, mid, trackIdentifier }) {
    if (type === "outbound-rtp")
      return SOURCES[mid] ? { who: "", source: SOURCES[Number(mid)] } : null;
    const one = this.#comes.get(trackIdentifier);
    return one ? { who: one.device, source: one.source } : null;
  }

  /** The connection this offer is for. @param {string} sdp */
  #connection(sdp) {
    const theirs = fingerprintOf(sdp);
    if (this.#pc && theirs === this.#theirs) return this.#pc;
    this.#pc?.close();
    this.#theirs = theirs;
    const pc = this.#spare ?? this.#make();
    this.#spare = null;
    this.#pc = pc;
    pc.onconnectionstatechange = () => {
      if (pc === this.#pc && !this.#closed) this.#options.state(pc.connectionState);
    };
    return pc;
  }

  #make() {
    const { make = (config) => new RTCPeerConnection(config) } = this.#options;
    return make({ bundlePolicy: "max-bundle" });
  }

  /** What we send goes into the sections that are ours, once. @param {RTCPeerConnection} pc @returns {Map<Source, RTCRtpSender>} */
  #fill(pc) {
    /** @type {Map<Source, RTCRtpSender>} */
    const senders = new Map();
    for (const one of pc.getTransceivers()) {
      const source = one.mid === null ? undefined : SOURCES[Number(one.mid)];
      if (!source) continue;
      senders.set(source, one.sender);
      if (one.direction === "sendonly") continue;
      one.direction = "sendonly";
      one.sender.replaceTrack(this.#options.track(source)).catch(() => {}); // closed meanwhile
    }
    return senders;
  }
}

/** The connection's own answer, with what comes in stereo where the browser lets that be said. @param {RTCPeerConnection} pc @param {string} offer */
async function answered(pc, offer) {
  const type = stereoIn(offer);
  if (!type) return pc.setLocalDescription();
  const { sdp = "" } = await pc.createAnswer();
  const stereo = /** @type {const} */ ({ type: "answer", sdp: inStereo(sdp, type) });
  return pc.setLocalDescription(stereo).catch(() => pc.setLocalDescription());
}

/** Two layers, each with its size, where the browser sends two. @param {RTCRtpSender} [sender] */
async function layered(sender) {
  const parameters = sender?.getParameters();
  const named = parameters?.encodings?.filter(({ rid }) => rid && Object.hasOwn(LAYERS, rid)) ?? [];
  if (!sender || !parameters || named.length < 2) return;
  for (const one of named) Object.assign(one, LAYERS[one.rid ?? ""]);
  await sender.setParameters(parameters).catch(() => {}); // a browser that has its own mind sends what it will
}

/** Of what the line carries a screen gets twice what the camera beside it does, not as much: writing stays legible. Measured with the
 * 2.1 Mbit/s of a large call (Chromium, 2026-11-28): 1.15 Mbit/s in place of 0.87, and a quarter more pictures. @param {RTCRtpSender} [sender] */
async function preferred(sender) {
  const parameters = sender?.getParameters();
  const [encoding] = parameters?.encodings ?? [];
  if (!sender || !parameters || !encoding || encoding.priority === "medium") return;
  encoding.priority = "medium"; // "low" is the usual (W3C WebRTC priority, 4)
  await sender.setParameters(parameters).catch(() => {}); // a browser that has its own mind shares as it will
}
