// One connection to the other device: perfect negotiation (W3C WebRTC 1.0, 10.7), and starting over when the other side did.
//
// Everything that touches the description runs in one line, one after another, so a collision is simply an offer that
// comes while ours is out. Both kinds of media are in every offer from the start, with or without a track behind them, so
// turning a camera on later needs no new negotiation.

/** @typedef {"offer" | "answer" | "candidate"} SignalKind */
/** @typedef {"audio" | "video"} MediaKind */
/**
 * @typedef {object} PeerOptions
 * @property {boolean} polite who gives way when both offer at once: the one who was called
 * @property {RTCIceServer[]} iceServers
 * @property {(kind: MediaKind) => MediaStreamTrack | null} track what we send now
 * @property {(kind: SignalKind, content: string) => void} signal to the other device
 * @property {(tracks: MediaStreamTrack[]) => void} remote the other side's tracks, anew with each connection
 * @property {(state: RTCPeerConnectionState) => void} state
 * @property {() => void} settled a description and its answer are both in place
 * @property {(news: Record<string, unknown>) => void} news what the other side says of itself (muted, camera off)
 * @property {(config: RTCConfiguration) => RTCPeerConnection} [make] for tests
 */

const KINDS = /** @type {MediaKind[]} */ (["audio", "video"]);
const NEWS = { negotiated: true, id: 0 };

/** A connection's own certificate: another one means another connection, and so a page that was loaded again. @param {string} sdp */
export function fingerprintOf(sdp) {
  return /^a=fingerprint:\S+ (\S+)/m.exec(sdp)?.[1] ?? "";
}

export class Peer {
  /** @type {RTCPeerConnection} */ #pc;
  /** @type {RTCDataChannel} */ #channel;
  #options;
  #theirs = ""; // the other side's fingerprint, once heard
  /** @type {Promise<void>} */ #line = Promise.resolve();
  #closed = false;
  /** @type {Record<string, unknown>} */ #said = {};

  /** @param {PeerOptions} options */
  constructor(options) {
    this.#options = options;
    [this.#pc, this.#channel] = this.#make();
  }

  /** Offer, and again whenever the way to the other side may have changed. */
  offer() {
    return this.#next(async () => {
      const pc = this.#pc;
      if (pc.signalingState === "have-local-offer" && pc.localDescription) {
        this.#options.signal("offer", pc.localDescription.sdp); // it may have been lost, and an answer to it may be on its way
        return;
      }
      this.#fill(pc);
      if (pc.remoteDescription) pc.restartIce();
      await pc.setLocalDescription();
      this.#signalLocal(pc);
    });
  }

  /** What came from the other side. @param {SignalKind} kind @param {string} content */
  take(kind, content) {
    return this.#next(() => {
      if (kind === "offer") return this.#takeOffer(content);
      return kind === "answer" ? this.#takeAnswer(content) : this.#takeCandidate(content);
    });
  }

  /** Send this track from now on, or nothing. @param {MediaKind} kind @param {MediaStreamTrack | null} track */
  async send(kind, track) {
    await transceiverOf(this.#pc, kind)?.sender.replaceTrack(track);
  }

  /** Tell the other side about ourselves. @param {Record<string, unknown>} news */
  tell(news) {
    this.#said = { ...this.#said, ...news };
    if (this.#channel.readyState === "open") this.#channel.send(JSON.stringify(this.#said));
  }

  /** The report of call/stats.js's trade. */
  stats() {
    return this.#pc.getStats();
  }

  close() {
    this.#closed = true;
    this.#pc.close();
  }

  /** @param {string} sdp */
  async #takeOffer(sdp) {
    const collision = this.#pc.signalingState === "have-local-offer";
    if (collision && !this.#options.polite) return;
    if (this.#isAnother(sdp) || (collision && !this.#theirs)) this.#startOver();
    const pc = this.#pc;
    await pc.setRemoteDescription({ type: "offer", sdp }); // takes back an offer of ours by itself
    this.#theirs = fingerprintOf(sdp);
    this.#fillAnswer(pc);
    await pc.setLocalDescription();
    this.#signalLocal(pc);
    if (!this.#closed) this.#options.settled();
  }

  /** @param {string} sdp */
  async #takeAnswer(sdp) {
    if (this.#pc.signalingState !== "have-local-offer") return; // to an offer that was taken back
    if (this.#isAnother(sdp)) {
      this.#startOver();
      this.offer();
      return;
    }
    await this.#pc.setRemoteDescription({ type: "answer", sdp });
    this.#theirs = fingerprintOf(sdp);
    if (!this.#closed) this.#options.settled();
  }

  /** A candidate of an offer that we passed over, or of an earlier connection, fits nothing; that is no fault. @param {string} json */
  async #takeCandidate(json) {
    if (this.#pc.remoteDescription)
      await this.#pc.addIceCandidate(JSON.parse(json)).catch(() => {});
  }

  /** @param {string} sdp */
  #isAnother(sdp) {
    return this.#theirs !== "" && fingerprintOf(sdp) !== this.#theirs;
  }

  #startOver() {
    this.#pc.close();
    this.#theirs = "";
    [this.#pc, this.#channel] = this.#make();
  }

  /** @returns {[RTCPeerConnection, RTCDataChannel]} */
  #make() {
    const { iceServers, make = (config) => new RTCPeerConnection(config) } = this.#options;
    const pc = make({ iceServers, bundlePolicy: "max-bundle" });
    const ours = () => pc === this.#pc && !this.#closed;
    pc.onicecandidate = ({ candidate }) => {
      if (candidate?.candidate && ours())
        this.#options.signal("candidate", JSON.stringify(candidate));
    };
    pc.onconnectionstatechange = () => {
      if (ours()) this.#options.state(pc.connectionState);
    };
    pc.ontrack = () => {
      if (ours()) this.#options.remote(pc.getReceivers().map((receiver) => receiver.track));
    };
    return [pc, this.#open(pc)];
  }

  /** @param {RTCPeerConnection} pc */
  #open(pc) {
    const channel = pc.createDataChannel("about", NEWS);
    channel.onopen = () => channel.send(JSON.stringify(this.#said));
    channel.onmessage = ({ data }) => {
      const news = readNews(data);
      if (news) this.#options.news(news);
    };
    return channel;
  }

  /** Both kinds, in the first offer of a connection. @param {RTCPeerConnection} pc */
  #fill(pc) {
    for (const kind of KINDS)
      if (!transceiverOf(pc, kind))
        pc.addTransceiver(this.#options.track(kind) ?? kind, { direction: "sendrecv" });
  }

  /** What the other side's offer made room for. @param {RTCPeerConnection} pc */
  #fillAnswer(pc) {
    for (const kind of KINDS) {
      const transceiver = transceiverOf(pc, kind);
      if (!transceiver || transceiver.sender.track) continue;
      transceiver.direction = "sendrecv";
      transceiver.sender.replaceTrack(this.#options.track(kind)).catch(() => {}); // closed meanwhile
    }
  }

  /** @param {RTCPeerConnection} pc */
  #signalLocal(pc) {
    const { localDescription } = pc;
    if (pc === this.#pc && !this.#closed && localDescription)
      this.#options.signal(/** @type {SignalKind} */ (localDescription.type), localDescription.sdp);
  }

  /** @param {() => void | Promise<void>} step */
  #next(step) {
    this.#line = this.#line
      .then(async () => {
        if (!this.#closed) await step();
      })
      .catch((error) => {
        if (!this.#closed) console.warn("call: a step of the negotiation failed", error);
      });
    return this.#line;
  }
}

/** @param {RTCPeerConnection} pc @param {MediaKind} kind */
function transceiverOf(pc, kind) {
  return pc
    .getTransceivers()
    .find((one) => one.receiver.track.kind === kind && one.direction !== "stopped");
}

/** @param {unknown} data @returns {Record<string, unknown> | null} */
function readNews(data) {
  try {
    const news = JSON.parse(String(data));
    return news && typeof news === "object" ? news : null;
  } catch {
    return null;
  }
}
