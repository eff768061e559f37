// What a call of a room needs of the browser: what we send, the connection to the forwarding unit, and how the line is.

import { allowed } from "./devices.js";
import { follow } from "./direct.js";
import { since } from "./figures.js";
import { Media } from "./media.js";
import { judgeLine, Steady, UNKNOWN } from "./stats.js";
import { UnitPeer } from "./unit-peer.js";

/** @typedef {import("./media.js").MediaView & import("./stats.js").Line} OwnView what the page shows of oneself */
/**
 * @typedef {object} UnitEngineOptions
 * @property {(version: number, sdp: string) => void} answer to the unit
 * @property {(part: Partial<OwnView>) => void} changed
 * @property {(remote: import("./unit-peer.js").Remote[]) => void} remote
 * @property {(state: RTCPeerConnectionState) => void} state
 * @property {() => void} moved the network is another one
 * @property {() => string[]} weak devices whose own line is weak: what is lost of theirs says nothing of ours
 * @property {Media | null} [media] what is sent already, of a call that goes on in a room
 */

/** @typedef {ReturnType<typeof makeUnitEngine>} UnitEngine */

/** What Media calls what goes into a section of the unit's. */
export const KIND = /** @type {const} */ ({
  microphone: "audio",
  camera: "video",
  screen: "screen",
  "screen-sound": "screen-sound",
});
export const SOURCE = /** @type {const} */ ({
  audio: "microphone",
  video: "camera",
  screen: "screen",
  "screen-sound": "screen-sound",
});
const LOOK = 2000; // ms between two looks at the figures

/** @param {UnitEngineOptions} options */
export function makeUnitEngine({
  answer,
  changed,
  remote,
  state,
  moved,
  weak,
  media: given = null,
}) {
  /** @type {UnitPeer | null} */
  let peer = null;
  /** @type {import("./media.js").MediaOptions} */
  const here = {
    apart: true,
    send: (kind, track) => peer?.send(SOURCE[kind], track).catch(() => {}), // closed meanwhile
    changed,
  };
  const media = given ?? new Media(here);
  const connection = new UnitPeer({
    answer,
    remote,
    state,
    track: (source) => media.track(KIND[source]),
  });
  peer = connection;
  connection.prepare();
  const until = new AbortController();
  watch(connection, weak, changed, until.signal);
  follow(moved, until.signal);
  return {
    /** Ask for microphone and camera, or go on with what is there; never fails. @param {{video: boolean, muted?: boolean, handed?: import("./media.js").Handed|null}} wanted */
    open: async (wanted) => (given ? given.serve(here) : media.open(wanted)),
    /** Will `open` ask nobody? @param {{video: boolean}} wanted */
    allowed: (wanted) => allowed(wanted),
    /** @param {number} version @param {string} sdp @param {import("./unit-peer.js").Tracks} tracks */
    take: (version, sdp, tracks) => connection.take(version, sdp, tracks),
    /** @param {boolean} muted */
    mute: (muted) => media.mute(muted),
    /** @param {boolean} on */
    turnCamera: (on) => media.turnCamera(on),
    flip: () => media.flip(),
    /** @param {"camera"|"microphone"} kind @param {string} id */
    choose: (kind, id) => media.choose(kind, id),
    /** @param {(level: number) => void} hear */
    listen: (hear) => media.listen(hear),
    /** @param {boolean} on */
    share: (on) => media.share(on),
    /** The second before, null at the first look. @returns {Promise<import("./figures.js").Figures | null>} */
    figures: since(() => connection.look()),
    close: () => {
      until.abort();
      connection.close();
      media.close();
    },
  };
}

/** Says every two seconds how the line is. @param {UnitPeer} peer @param {() => string[]} weak @param {(line: import("./stats.js").Line) => void} say @param {AbortSignal} until */
function watch(peer, weak, say, until) {
  /** @type {import("./figures.js").Look | null} */
  let before = null;
  const steady = new Steady(UNKNOWN);
  const looking = setInterval(async () => {
    const now = await peer.look();
    if (now && before) say(steady.hears(judgeLine(before, now, weak())));
    before = now;
  }, LOOK);
  until.addEventListener("abort", () => clearInterval(looking));
}
