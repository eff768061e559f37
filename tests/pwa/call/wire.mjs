// Two browsers' peer connections and the wire between them, as far as the negotiation sees them (JSEP, RFC 8829).

import { Peer } from "../../../pwa/call/peer.js";

let certificates = 0;

function newCertificate() {
  certificates += 1;
  return certificates;
}

/** Holds the signalling state machine of RFC 8829, 3.2; refuses what a browser refuses. */
export class FakeConnection {
  signalingState = "stable";
  connectionState = "new";
  localDescription = null;
  remoteDescription = null;
  transceivers = [];
  candidates = [];
  restarts = 0;
  version = 0;
  refuses = false; // other sizes than its own
  fingerprint = `sha-256 ${newCertificate()}`;

  createDataChannel() {
    this.channel = { readyState: "connecting", send: (text) => this.sent.push(text) };
    return this.channel;
  }
  sent = [];
  addTransceiver(trackOrKind, { direction, sendEncodings }) {
    const track = typeof trackOrKind === "string" ? null : trackOrKind;
    this.#transceiver(track?.kind ?? trackOrKind, direction, track, sendEncodings);
  }
  getTransceivers() {
    return this.transceivers;
  }
  getReceivers() {
    return this.transceivers.map((one) => one.receiver);
  }
  setConfiguration(config) {
    this.config = config;
  }
  restartIce() {
    this.restarts += 1;
  }
  async setLocalDescription() {
    await null;
    this.#open();
    const type = this.signalingState === "have-remote-offer" ? "answer" : "offer";
    this.version += 1;
    const sdp = `v=0 ${this.version} restarts=${this.restarts}\r\na=fingerprint:${this.fingerprint}\r\n`;
    this.localDescription = { type, sdp };
    this.signalingState = type === "offer" ? "have-local-offer" : "stable";
  }
  async setRemoteDescription({ type, sdp }) {
    await null;
    this.#open();
    if (type === "answer" && this.signalingState !== "have-local-offer")
      throw new Error("InvalidStateError");
    this.rolledBack = type === "offer" && this.signalingState === "have-local-offer";
    if (type === "offer")
      for (const kind of ["audio", "video"])
        if (!this.transceivers.some((one) => one.receiver.track.kind === kind))
          this.#transceiver(kind, "recvonly", null);
    this.remoteDescription = { type, sdp };
    this.signalingState = type === "offer" ? "have-remote-offer" : "stable";
    this.ontrack?.({});
  }
  /** The browser found a way to us. @param {string} address */
  finds(address) {
    const candidate = { candidate: `candidate:1 1 udp 1 ${address} 9 typ host`, protocol: "udp" };
    this.onicecandidate?.({ candidate });
  }
  async addIceCandidate(candidate) {
    if (candidate.candidate === "of another connection") throw new Error("OperationError");
    this.candidates.push(candidate);
  }
  close() {
    this.signalingState = "closed";
  }
  #open() {
    if (this.signalingState === "closed") throw new Error("InvalidStateError: closed");
  }
  #transceiver(kind, direction, track, encodings = [{}]) {
    let sent = { encodings };
    const sender = {
      track,
      getParameters: () => structuredClone(sent),
      setParameters: async (parameters) => {
        if (this.refuses) throw new Error("InvalidModificationError");
        sent = parameters;
      },
      replaceTrack: async (next) => {
        sender.track = next;
      },
    };
    const mid = String(this.transceivers.length);
    this.transceivers.push({ mid, direction, sender, receiver: { track: { kind } } });
  }
}

/** One side of a call. */
export class Side {
  connections = [];
  settled = 0;
  shown = 0; // times that the other side's tracks were told
  out = [];
  servers = [{ urls: "stun:first.test" }];
  tracks = { audio: { kind: "audio", id: "microphone" }, video: null };

  /** @param {boolean} polite @param {{waits?: boolean}} [more] `waits`: nobody has answered yet */
  constructor(polite, { waits = false } = {}) {
    this.polite = polite;
    this.waits = waits;
    this.load();
  }

  /** A page that was just loaded. */
  load() {
    this.peer?.close();
    this.peer = new Peer({
      polite: this.polite,
      waits: this.waits,
      iceServers: () => this.servers,
      track: (kind) => this.tracks[kind],
      signal: (...said) => this.out.push(said.filter((one) => one !== undefined)),
      remote: () => {
        this.shown += 1;
      },
      state: () => {},
      settled: () => {
        this.settled += 1;
      },
      news: () => {},
      make: (config) => {
        const connection = new FakeConnection();
        connection.config = config;
        this.connections.push(connection);
        return /** @type {any} */ (connection);
      },
    });
  }

  get connection() {
    return this.connections.at(-1);
  }
}

/** Do both sides mean the same connection, with nothing left open? @param {Side} one @param {Side} other */
export function agree(one, other) {
  const sees = (a, b) =>
    a.connection.remoteDescription?.sdp.includes(`a=fingerprint:${b.connection.fingerprint}\r`);
  return Boolean(
    one.connection.signalingState === "stable" &&
      other.connection.signalingState === "stable" &&
      sees(one, other) &&
      sees(other, one),
  );
}

/** What one side said comes to the other. @param {Side} side @param {any[]} said */
export function hear(side, [kind, content, more]) {
  return side.peer.take(kind, content, more?.offer);
}

/** Let everything under way arrive, in the order it was said. @param {Side} one @param {Side} other */
export async function deliver(one, other) {
  for (let turn = 0; turn < 200; turn += 1) {
    await null;
    for (const [from, to] of [
      [one, other],
      [other, one],
    ]) {
      const next = from.out.shift();
      if (next) hear(to, next);
    }
  }
}
