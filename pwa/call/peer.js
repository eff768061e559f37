// One connection to the other device: perfect negotiation (W3C WebRTC 1.0, 10.7), and starting over when the other side did.
//
// Everything that touches the description runs in one line, one after another, so a collision is simply an offer that
// comes while ours is out. Both kinds of media are in every offer from the start, with or without a track behind them, so
// turning a camera on later needs no new negotiation.
//
// A peer that `waits` is made while it rings. Until it may `begin` it says nothing but, to who is invited, an offer that
// holds no address; its candidates and its answer are kept.

/** @typedef {"offer" | "answer" | "candidate"} SignalKind */
/** @typedef {"audio" | "video"} MediaKind */
/** @typedef {{to?: string, offer?: string}} SignalMore `to`: a device that rings; `offer`: the fingerprint in what is answered */
/**
 * @typedef {object} PeerOptions
 * @property {boolean} polite who gives way when both offer at once: the one who was called
 * @property {() => RTCIceServer[]} iceServers what a connection may use now
 * @property {(kind: MediaKind) => MediaStreamTrack | null} track what we send now
 * @property {boolean} [waits] nobody has answered yet
 * @property {(kind: SignalKind, content: string, more?: SignalMore) => void} signal to the other device
 * @property {(tracks: MediaStreamTrack[]) => void} remote the other side's tracks, anew with each connection
 * @property {(state: RTCPeerConnectionState) => void} state
 * @property {() => void} settled a description and its answer are both in place
 * @property {(news: Record<string, unknown>) => void} news what the other side says of itself (muted, camera off)
 * @property {(config: RTCConfiguration) => RTCPeerConnection} [make] for tests
 */

const KINDS = /** @type {MediaKind[]} */ (["audio", "video"]);
const NEWS = { negotiated: true, id: 0 };
const HALF = 2; // times smaller, in width and height
const CANDIDATE = /(?:^|\r)\s*a\s*=[^:]*candidate/i; // and "end-of-candidates", "remote-candidates"

/** A connection's own certificate: another one means another connection, and so a page that was loaded again. @param {string} sdp */
export function fingerprintOf(sdp) {
  return /^a=fingerprint:\S+ (\S+)/m.exec(sdp)?.[1] ?? "";
}

/** An offer that tells no address: what is said, and what is read, before somebody has answered. Lines end as browsers take them to,
 * with or without a carriage return, and whoever wrote them may be a stranger. @param {string} sdp */
export function withoutAddresses(sdp) {
  return sdp
    .split("\n")
    .filter((line) => !CANDIDATE.test(line))
    .join("\n")
    .replace(/^c=[^\r\n]*/gm, "c=IN IP4 0.0.0.0")
    .replace(/^a=rtcp:[^\r\n]*/gm, "a=rtcp:9 IN IP4 0.0.0.0")
    .replace(/^(m=\w+) [1-9]\d* /gm, "$1 9 ");
}

export class Peer {
  /** @type {RTCPeerConnection} */ #pc;
  /** @type {RTCDataChannel} */ #channel;
  #options;
  #theirs = ""; // the other side's fingerprint, once heard
  /** @type {Promise<void> | null} */ #line = null; // the last step that is not done yet
  #closed = false;
  #waits; // nobody has answered yet
  #early = ""; // the offer for those who ring
  #answered = ""; // the offer that our answer is to
  /** @type {[SignalKind, string, SignalMore?][]} */ #kept = []; // to be said once somebody has answered
  /** @type {Record<string, unknown>} */ #said = {};

  /** @param {PeerOptions} options */
  constructor(options) {
    this.#options = options;
    this.#waits = options.waits ?? false;
    [this.#pc, this.#channel] = this.#make();
  }

  /** While it rings: make the offer. */
  prepare() {
    return this.#next(async () => {
      const pc = this.#pc;
      this.#fill(pc);
      await pc.setLocalDescription();
      this.#early = withoutAddresses(pc.localDescription?.sdp ?? "");
    });
  }

  /** This device rings, too. @param {string} device */
  invite(device) {
    return this.#next(() => {
      if (this.#early && this.#waits) this.#options.signal("offer", this.#early, { to: device });
    });
  }

  /** Somebody has answered: what was kept is said, and all else at once from now on. */
  begin() {
    return this.#next(() => {
      this.#waits = false;
      // the early offer once more: it may not have come to them
      if (this.#early) this.#options.signal("offer", this.#early);
      else if (!this.#options.polite) this.offer();
      for (const one of this.#kept.splice(0)) this.#options.signal(...one);
      if (!this.#theirs) return;
      this.#options.remote(tracksOf(this.#pc));
      this.#options.settled();
    });
  }

  /** Offer, and again whenever the way to the other side may have changed. */
  offer() {
    return this.#next(async () => {
      if (this.#waits) return;
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

  /** What came from the other side. @param {SignalKind} kind @param {string} content @param {string} [offer] the fingerprint in what it answers */
  take(kind, content, offer = "") {
    return this.#next(() => {
      if (kind === "offer") return this.#takeOffer(content);
      return kind === "answer" ? this.#takeAnswer(content, offer) : this.#takeCandidate(content);
    });
  }

  /** Send this track from now on, or nothing. @param {MediaKind} kind @param {MediaStreamTrack | null} track */
  async send(kind, track) {
    await transceiverOf(this.#pc, kind)?.sender.replaceTrack(track);
  }

  /** The picture is sent in its whole size from now on. The first ones are half as wide and high: a browser begins with 300 kbit/s, for
   * which Chromium finds whole ones too large, and drops some before it sends a smaller one by itself. */
  grow() {
    if (!this.#closed) shrink(transceiverOf(this.#pc, "video")?.sender, 1);
  }

  /** Tell the other side about ourselves. @param {Record<string, unknown>} news */
  tell(news) {
    this.#said = { ...this.#said, ...news };
    if (this.#channel.readyState === "open") this.#channel.send(JSON.stringify(this.#said));
  }

  /** There are other logins to servers: use them from now on, before those that are used end. */
  relog() {
    this.#pc.setConfiguration({
      iceServers: this.#options.iceServers(),
      bundlePolicy: "max-bundle",
    });
    return this.offer();
  }

  /** The browser's own report. */
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
    if (sdp === this.#answered && this.#pc.signalingState === "stable") {
      this.#signalAnswer(this.#pc); // as it was: the same offer came twice
      return;
    }
    if (this.#isAnother(sdp) || (collision && !this.#theirs)) this.#startOver();
    const pc = this.#pc;
    await pc.setRemoteDescription({ type: "offer", sdp }); // takes back an offer of ours by itself
    this.#theirs = fingerprintOf(sdp);
    this.#fillAnswer(pc);
    await pc.setLocalDescription();
    this.#answered = sdp;
    this.#signalAnswer(pc);
    if (!this.#closed && !this.#waits) this.#options.settled();
  }

  /** @param {string} sdp @param {string} offer */
  async #takeAnswer(sdp, offer) {
    const { signalingState, localDescription } = this.#pc;
    if (signalingState !== "have-local-offer") return; // to an offer that was taken back
    if (offer && offer !== fingerprintOf(localDescription?.sdp ?? "")) return; // to that of a page before
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
  #takeCandidate(json) {
    if (this.#pc.remoteDescription) this.#pc.addIceCandidate(JSON.parse(json)).catch(() => {});
  }

  /** @param {string} sdp */
  #isAnother(sdp) {
    return this.#theirs !== "" && fingerprintOf(sdp) !== this.#theirs;
  }

  #startOver() {
    this.#pc.close();
    this.#theirs = this.#answered = this.#early = "";
    this.#kept = [];
    [this.#pc, this.#channel] = this.#make();
  }

  /** @returns {[RTCPeerConnection, RTCDataChannel]} */
  #make() {
    const { iceServers, make = (config) => new RTCPeerConnection(config) } = this.#options;
    const pc = make({ iceServers: iceServers(), bundlePolicy: "max-bundle" });
    const ours = () => pc === this.#pc && !this.#closed;
    pc.onicecandidate = ({ candidate }) => {
      if (candidate?.candidate && ours() && !calls(candidate))
        this.#say("candidate", JSON.stringify(candidate));
    };
    pc.onconnectionstatechange = () => {
      if (ours()) this.#options.state(pc.connectionState);
    };
    pc.ontrack = () => {
      if (ours() && !this.#waits) this.#options.remote(tracksOf(pc));
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
    for (const kind of KINDS) {
      if (transceiverOf(pc, kind)) continue;
      const small = kind === "video" ? { sendEncodings: [{ scaleResolutionDownBy: HALF }] } : {};
      pc.addTransceiver(this.#options.track(kind) ?? kind, { direction: "sendrecv", ...small });
    }
  }

  /** What the other side's offer made room for. @param {RTCPeerConnection} pc */
  #fillAnswer(pc) {
    for (const kind of KINDS) {
      const transceiver = transceiverOf(pc, kind);
      if (!transceiver || transceiver.sender.track) continue;
      if (kind === "video" && transceiver.direction !== "sendrecv")
        shrink(transceiver.sender, HALF);
      transceiver.direction = "sendrecv";
      transceiver.sender.replaceTrack(this.#options.track(kind)).catch(() => {}); // closed meanwhile
    }
  }

  /** @param {RTCPeerConnection} pc */
  #signalLocal(pc) {
    const { localDescription } = pc;
    if (pc === this.#pc && !this.#closed && localDescription)
      this.#say(/** @type {SignalKind} */ (localDescription.type), localDescription.sdp);
  }

  /** @param {RTCPeerConnection} pc */
  #signalAnswer(pc) {
    const { localDescription } = pc;
    if (pc === this.#pc && !this.#closed && localDescription)
      this.#say("answer", localDescription.sdp, { offer: this.#theirs });
  }

  /** @param {SignalKind} kind @param {string} content @param {SignalMore} [more] */
  #say(kind, content, more) {
    if (this.#waits) this.#kept.push([kind, content, more]);
    else this.#options.signal(kind, content, more);
  }

  /** Now, before anything is drawn, or after what goes on. @param {() => void | Promise<void>} step @returns {Promise<void>} */
  #next(step) {
    const before = this.#line;
    let done = () => {};
    const line = new Promise((/** @type {(value?: undefined) => void} */ resolve) => {
      done = resolve;
    });
    this.#line = line; // what the step itself asks for comes after it
    const run = async () => {
      try {
        if (!this.#closed) await step();
      } catch (error) {
        if (!this.#closed) console.warn("call: a step of the negotiation failed", error);
      }
      if (this.#line === line) this.#line = null;
      done();
    };
    if (before) before.then(run);
    else run();
    return line;
  }
}

/** A browser's ways by TCP only call, and none of them listens: two browsers never meet there. @param {RTCIceCandidate} candidate */
const calls = ({ protocol, tcpType }) => protocol === "tcp" && tcpType === "active";

/** @param {RTCRtpSender | undefined} sender @param {number} times */
async function shrink(sender, times) {
  try {
    const parameters = sender?.getParameters();
    if (!sender || !parameters?.encodings?.[0]) return;
    parameters.encodings[0].scaleResolutionDownBy = times;
    await sender.setParameters(parameters);
  } catch {
    // closed meanwhile, or a browser that has its own mind: it sends what it will
  }
}

/** @param {RTCPeerConnection} pc */
const tracksOf = (pc) => pc.getReceivers().map((receiver) => receiver.track);

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
