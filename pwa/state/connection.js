// The one link of this page to the server: its state, asking over it, and hearing what passes.

import { signal } from "@preact/signals-core";
import { wallClock } from "../protocol/clock.js";
import { Lost } from "../protocol/errors.js";
import { Link } from "../protocol/link.js";
import { postFrames } from "../protocol/rest.js";
import { socketTo } from "../protocol/socket.js";
import { twinTo } from "../protocol/twin.js";

/** @typedef {import("../protocol/link.js").Connection} Connection */
/** @typedef {import("../protocol/link.js").LinkEar} LinkEar */
/** @template T @typedef {import("@preact/signals-core").ReadonlySignal<T>} Sig */

/** @type {import("@preact/signals-core").Signal<Connection>} */
const now = signal({ state: "offline", via: "", since: 0, retry_at: 0 });

/** How the link is; `retry_at` is when it tries again, 0 if it is not waiting. @type {Sig<Connection>} */
export const connection = now;

/** What `hello` named for calls. @type {import("@preact/signals-core").Signal<RTCIceServer[]>} */
export const iceServers = signal([]);

/** @type {Link|null} */
let link = null;

/** @type {Map<string, Set<(body: any) => void>>} */
const hearers = new Map();

/**
 * Begins to connect, and goes on until `disconnect`.
 * @param {Omit<LinkEar, "changed">} ear
 * @param {Partial<ConstructorParameters<typeof Link>[0]>} [parts] other transports, clock and chance, for tests
 */
export function connect(ear, parts = {}) {
  disconnect();
  const origin = globalThis.location?.origin ?? "";
  link = new Link({
    socket: socketTo(`${origin.replace(/^http/, "ws")}/ws`),
    twin: twinTo(postFrames),
    clock: wallClock,
    random: Math.random,
    ear: { ...ear, changed: (state) => (now.value = state) },
    ...parts,
  });
  link.start();
}

export function disconnect() {
  link?.stop();
  link = null;
}

/** The network or the person came back: connect at once, or look whether the line still stands. */
export function nudge() {
  link?.nudge();
}

/**
 * Asks the server anything of the protocol.
 * @template {keyof import("../protocol/types.js").CommandBodies} Name
 * @param {Name} name
 * @param {import("../protocol/types.js").CommandBodies[Name]} body
 * @returns {Promise<any>} the answer; rejects with Refused or Lost
 */
export function ask(name, body) {
  return link ? link.ask(name, body) : Promise.reject(new Lost());
}

/**
 * Calls back after a live event of that name was applied; never for what is pulled or cached.
 * @template {keyof import("../protocol/types.js").EventBodies} Name
 * @param {Name} name
 * @param {(body: import("../protocol/types.js").EventBodies[Name]) => void} callback
 * @returns {() => void} stops it
 */
export function hear(name, callback) {
  const those = hearers.get(name) ?? new Set();
  hearers.set(name, those.add(callback));
  return () => those.delete(callback);
}

/** Tells those who hear; one that fails keeps nothing from the others. @param {string} name @param {object} body */
export function tellHearers(name, body) {
  for (const callback of hearers.get(name) ?? []) {
    try {
      callback(body);
    } catch (error) {
      console.error(error);
    }
  }
}
