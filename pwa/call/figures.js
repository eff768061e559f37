// A connection in figures, from the browser's own report (W3C webrtc-stats): the way it takes, and each stream with what it
// does a second. Rates need two looks, so a look keeps the counters and `between` makes figures of two of them.

/** @typedef {"microphone" | "camera" | "screen" | "screen-sound"} Source */
/** @typedef {{who: string, source: Source}} Whose `who`: a device, "" for oneself */
/**
 * @typedef {object} Path
 * @property {"" | "udp" | "tcp"} protocol
 * @property {boolean} relay by a TURN server
 * @property {number} roundTrip ms, 0 while unknown
 * @property {number} room bit/s that may be sent, by the browser's estimate; 0 while unknown
 */
/**
 * @typedef {object} Counted what one look saw of a stream
 * @property {string} key
 * @property {number} at ms, by the clock of the report: a browser may answer with one that is some moments old
 * @property {boolean} sent
 * @property {Whose} whose
 * @property {string} codec
 * @property {string} layer of a camera in two
 * @property {number} width 0 for sound
 * @property {number} height
 * @property {number} frames so far
 * @property {number} packets so far
 * @property {number} lost so far, of what was received
 * @property {number} bytes so far
 * @property {number} share lost of what was sent, 0..1, as the other end says
 * @property {number} jitter ms
 * @property {"" | "bandwidth" | "cpu" | "other"} held what keeps the picture smaller than it could be
 */
/** @typedef {{at: number, path: Path, streams: Counted[]}} Look `at` in ms */
/** @typedef {Omit<Counted, "at" | "frames" | "bytes" | "packets" | "lost" | "share"> & {frames: number, rate: number, loss: number}} Row frames and bit/s a second, loss 0..1 */
/** @typedef {{path: Path, rows: Row[]}} Figures */
/** @typedef {Record<string, any>} Raw one entry of the report */

/** @type {Path} */
const NO_PATH = { protocol: "", relay: false, roundTrip: 0, room: 0 };

/** @param {Iterable<Raw>} report the values of an RTCStatsReport @param {number} at ms @param {(raw: Raw) => Whose | null} whoseOf @returns {Look} */
export function lookAt(report, at, whoseOf) {
  const all = new Map([...report].map((raw) => [raw.id, raw]));
  const remote = new Map([...all.values()].map((raw) => [raw.localId, raw]));
  const streams = [...all.values()].flatMap((raw) => {
    const whose = isStream(raw) ? whoseOf(raw) : null;
    return whose ? [counted(raw, at, whose, all, remote.get(raw.id))] : [];
  });
  return { at, path: pathOf(all), streams };
}

/** What was done a second between two looks; what sends or brings nothing is left out. @param {Look} before @param {Look} now @returns {Figures} */
export function between(before, now) {
  const known = new Map(before.streams.map((one) => [one.key, one]));
  const rows = now.streams.flatMap((one) => {
    const was = known.get(one.key);
    if (!was || one.packets <= was.packets) return [];
    const seconds = (one.at - was.at) / 1000;
    if (seconds <= 0) return [];
    const { at, frames, bytes, packets, lost, share, ...same } = one;
    return [
      {
        ...same,
        frames: Math.round(Math.max(0, frames - was.frames) / seconds),
        rate: (8 * Math.max(0, bytes - was.bytes)) / seconds,
        loss: one.sent ? share : lossOf(was, one),
      },
    ];
  });
  return { path: now.path, rows };
}

const STALE = 4000; // ms after which a look is none to measure from

/** Figures since they were last asked for; null at the first time, and after a long pause. @param {() => Promise<Look | null>} look @returns {() => Promise<Figures | null>} */
export function since(look) {
  /** @type {Look | null} */
  let last = null;
  return async () => {
    const before = last;
    last = await look();
    return before && last && last.at - before.at <= STALE ? between(before, last) : null;
  };
}

/** The share that was lost of what should have come between two looks; what was sent again and came is not lost. @param {Counted} was @param {Counted} now */
export function lossOf(was, now) {
  const came = Math.max(0, now.packets - was.packets);
  const lost = Math.max(0, now.lost - was.lost);
  return lost ? lost / (lost + came) : 0;
}

/** Inbound and outbound streams carry sound or pictures. @param {Raw} raw */
function isStream({ type, kind }) {
  return (
    (type === "inbound-rtp" || type === "outbound-rtp") && (kind === "audio" || kind === "video")
  );
}

/** @param {Raw} raw @param {number} at where the report does not say @param {Whose} whose @param {Map<string, Raw>} all @param {Raw} [remote] what the other end reports of it @returns {Counted} */
function counted(raw, at, whose, all, remote) {
  const sent = raw.type === "outbound-rtp";
  return {
    key: raw.id,
    at: raw.timestamp ?? at,
    sent,
    whose,
    codec: String(all.get(raw.codecId)?.mimeType ?? "").replace(/^.*\//u, ""),
    layer: raw.rid ?? "",
    width: raw.frameWidth ?? 0,
    height: raw.frameHeight ?? 0,
    frames: (sent ? raw.framesSent : raw.framesDecoded) ?? 0,
    packets: (sent ? raw.packetsSent : raw.packetsReceived) ?? 0,
    lost: Math.max(0, raw.packetsLost ?? 0),
    bytes: (sent ? raw.bytesSent : raw.bytesReceived) ?? 0,
    share: (sent && remote?.fractionLost) || 0,
    jitter: 1000 * ((sent ? remote?.jitter : raw.jitter) ?? 0),
    held: raw.qualityLimitationReason in HELD ? raw.qualityLimitationReason : "",
  };
}

const HELD = { bandwidth: true, cpu: true, other: true };

/** The way that is taken: the transport names it, where a browser has transports. @param {Map<string, Raw>} all @returns {Path} */
function pathOf(all) {
  const entries = [...all.values()];
  const named = entries.find(({ type }) => type === "transport")?.selectedCandidatePairId;
  const pair =
    all.get(named) ??
    entries.find(({ type, nominated, state }) => {
      return type === "candidate-pair" && nominated && state === "succeeded";
    });
  if (!pair) return NO_PATH;
  const local = all.get(pair.localCandidateId);
  const remote = all.get(pair.remoteCandidateId);
  const tcp = [local, remote].some(
    (one) => one?.protocol === "tcp" || one?.relayProtocol === "tcp",
  );
  return {
    protocol: tcp ? "tcp" : "udp",
    relay: [local, remote].some((one) => one?.candidateType === "relay"),
    roundTrip: 1000 * (pair.currentRoundTripTime ?? 0),
    room: pair.availableOutgoingBitrate ?? 0,
  };
}
