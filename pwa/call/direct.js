// The way from device to device: the connection (peer.js), and whether it holds (link.js).

import { later } from "../state/timers.js";
import { Link } from "./link.js";
import { Peer } from "./peer.js";

export const GROW = 2000; // ms after the connection: the first picture is there, and the browser knows what the line holds

/**
 * @typedef {object} Way how what we send reaches the other side, and what they send reaches us
 * @property {(kind: import("./peer.js").MediaKind, track: MediaStreamTrack | null) => Promise<void>} send
 * @property {(news: import("./engine.js").News) => void} tell the other side about ourselves
 * @property {(kind: import("./engine.js").SignalKind, content: any, offer?: string) => void} take what was heard from the server
 * @property {() => void} renew the line to the server was gone, and so may be what was said meanwhile
 * @property {() => void} relog there are other logins to servers
 * @property {() => Promise<RTCStatsReport | null>} stats
 * @property {(comes: boolean) => void} flows did anything come since this was last said?
 * @property {() => void} close
 */
/**
 * @typedef {object} WayOptions
 * @property {(kind: import("./peer.js").MediaKind) => MediaStreamTrack | null} track what we send now
 * @property {(tracks: MediaStreamTrack[]) => void} remote what comes from the other side
 * @property {(link: import("./link.js").LinkState) => void} changed
 * @property {(news: import("./engine.js").News) => void} news what the other side says of itself
 */

/**
 * @typedef {Way & {prepare: () => void, invite: (device: string) => void, begin: () => void}} Direct
 *   one that `waits` was made while it rings: it may `prepare` its offer and `invite` devices that ring, and `begin`s when
 *   somebody has answered (peer.js)
 */

/**
 * @param {WayOptions & {polite: boolean, offers?: boolean, waits?: boolean, iceServers: () => RTCIceServer[],
 *   stuck: () => void, signal: import("./peer.js").PeerOptions["signal"]}} options `offers`: speak first
 * @returns {Direct}
 */
export function direct({
  polite,
  offers = false,
  waits = false,
  iceServers,
  signal,
  stuck,
  track,
  remote,
  changed,
  news,
}) {
  const until = new AbortController();
  /** @type {Peer} */
  const peer = new Peer({
    polite,
    waits,
    iceServers,
    signal,
    track,
    remote,
    state: (state) => {
      link.state(state);
      if (state === "connected") later(() => peer.grow(), GROW);
    },
    settled: () => link.settled(),
    news,
  });
  const link = new Link({ polite, offer: () => peer.offer(), stuck, changed, later });
  follow(() => link.moved(), until.signal);
  if (offers) peer.offer();
  return {
    send: (kind, track) => peer.send(kind, track),
    tell: (news) => peer.tell(news),
    prepare: () => peer.prepare(),
    invite: (device) => peer.invite(device),
    begin: () => peer.begin(),
    take: (kind, content, offer) => {
      if (kind === "offer" || kind === "answer" || kind === "candidate")
        peer.take(kind, content, offer);
    },
    renew: () => peer.offer(),
    relog: () => peer.relog(),
    stats: () => peer.stats(),
    flows: () => {}, // the connection itself knows whether the other side is there (RFC 7675)
    close: () => {
      until.abort();
      link.close();
      peer.close();
    },
  };
}

/** Whenever the network is another. @param {() => void} moved @param {AbortSignal} signal */
export function follow(moved, signal) {
  window.addEventListener("online", moved, { signal });
  const network = /** @type {{connection?: EventTarget}} */ (/** @type {unknown} */ (navigator))
    .connection;
  network?.addEventListener("change", moved, { signal });
}
