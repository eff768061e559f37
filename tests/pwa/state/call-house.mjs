// A page's rest as the call desk sees it: a log that stands still until told, a line that can be cut, an engine that notes.

import { signal } from "@preact/signals-core";
import { Lost, Refused } from "../../../pwa/protocol/errors.js";
import { Desk } from "../../../pwa/state/call-desk.js";

export const ME = "pme";
export const OTHER = "pother";
export const HERE = "dhere";
export const THERE = "dthere";
export const CONVERSATION = "direct.pme.pother";

export const ROOM = "room.raaaaaaaaaaaaa";
/** What an engine sends. */
export const MEDIA = /** @type {any} */ ({ kind: "media" });

/** Time in the test's hand. */
export class Time {
  now = 1_000_000;
  /** @type {{at: number, callback: () => void}[]} */ set = [];

  later = (/** @type {() => void} */ callback, /** @type {number} */ ms) => {
    const timer = { at: this.now + ms, callback };
    this.set.push(timer);
    return () => {
      this.set = this.set.filter((one) => one !== timer);
    };
  };

  /** @param {number} ms */
  pass(ms) {
    const until = this.now + ms;
    for (;;) {
      const next = this.set.filter((one) => one.at <= until).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.set = this.set.filter((one) => one !== next);
      this.now = next.at;
      next.callback();
    }
    this.now = until;
  }
}

/** Everything already under way has happened. */
export async function settled() {
  for (let turn = 0; turn < 20; turn += 1) await null;
}

class FakeEngine {
  /** @type {any[]} */ did = [];
  /** @param {any} options @param {{opened: Promise<void>, granted: boolean}} house when microphone and camera are allowed, and whether they were before */
  constructor(options, house) {
    this.options = options;
    this.house = house;
  }
  open({ video, muted, handed }) {
    const more = [muted && "muted", handed].filter(Boolean);
    this.did.push(["open", video, ...more]);
    this.options.changed({ camera: video });
    return this.house.opened;
  }
  async allowed() {
    return this.house.granted;
  }
  prepare(role) {
    this.did.push(["prepare", role]);
  }
  invite(device) {
    this.did.push(["invite", device]);
  }
  accept() {
    this.did.push(["accept"]);
  }
  connect(role) {
    this.did.push(["connect", role]);
  }
  take(kind, content, ...offer) {
    this.did.push(["take", kind, content, ...offer.filter(Boolean)]);
  }
  renew() {
    this.did.push(["renew"]);
  }
  relog() {
    this.did.push(["relog"]);
  }
  relay() {
    this.did.push(["relay"]);
  }
  handOver() {
    this.did.push(["handOver"]);
    return MEDIA;
  }
  mute(muted) {
    this.did.push(["mute", muted]);
  }
  turnCamera(on) {
    this.did.push(["turnCamera", on]);
  }
  close() {
    this.did.push(["close"]);
  }
  /** @param {string} verb */
  of(verb) {
    return this.did.filter(([first]) => first === verb);
  }
  /** @param {string} verb */
  count(verb) {
    return this.of(verb).length;
  }
}

/** What every desk of calls is given, and what was made of it. */
export function makeParts({ kept = {}, standing = [] } = {}) {
  const time = new Time();
  const hearers = new Map();
  const house = {
    time,
    asked: /** @type {[string, any][]} */ ([]),
    engines: /** @type {FakeEngine[]} */ ([]),
    held: false,
    opened: Promise.resolve(),
    granted: false,
    kept: { call: "", startedAt: 0, video: false, muted: false, ...kept },
    free: true,
    refusals: /** @type {Record<string, {code: string, message?: string}>} */ ({}),
    answers: /** @type {Record<string, any>} */ ({}),
    standing: signal(/** @type {any[]} */ (standing)),
    rooms: signal(/** @type {any[]} */ ([])),
    wentOn: /** @type {any[]} */ ([]),
    online: signal(true),
    memory: {
      read: () => house.kept,
      take: async (call) => {
        if (!house.free) return false;
        house.kept = { ...house.kept, call };
        return true;
      },
      note: (part) => {
        house.kept = { ...house.kept, ...part };
      },
      drop: () => {
        house.kept = { call: "", startedAt: 0, video: false, muted: false };
      },
    },
    get engine() {
      return house.engines.at(-1);
    },
    /** What was asked by this name. */
    said: (name) => house.asked.filter(([one]) => one === name).map(([, body]) => body),
    tell: (name, body) => {
      for (const callback of hearers.get(name) ?? []) callback(body);
    },
    /** The log shows this call, or none. */
    stands: (call) => {
      house.standing.value = call ? [{ conversation: CONVERSATION, call }] : [];
    },
    /** The log shows that it became the call of a room, with these devices in it. */
    continues: (call, devices) => {
      const attendees = devices.map((device) => ({ person: `of ${device}`, device, at: 1 }));
      house.rooms.value = [{ conversation: ROOM, on: { call, video: true, attendees } }];
      house.ends(call, "continued", 7);
    },
    /** The log says that it ended. */
    ends: (call, reason, seconds = 0) => {
      house.stands(null);
      house.tell("call.ended", { call, reason, seconds });
    },
  };
  let count = 0;
  const parts = {
    standing: house.standing,
    online: house.online,
    memory: house.memory,
    ask: async (name, body) => {
      if (!house.online.value) throw new Lost();
      house.asked.push([name, body]);
      if (house.refusals[name]) throw new Refused(house.refusals[name]);
      return house.answers[name] ?? {};
    },
    hear: (name, callback) => {
      hearers.set(name, [...(hearers.get(name) ?? []), callback]);
      return () => hearers.delete(name);
    },
    self: () => ({ me: ME, device: HERE }),
    newNonce: () => `nonce${count++}`,
    newCall: () => `call${count++}`,
    later: time.later,
    now: () => time.now,
    hold: (held) => {
      house.held = held;
    },
  };
  return { house, parts };
}

export function makeHouse(given = {}) {
  const { house, parts } = makeParts(given);
  const until = new AbortController();
  const desk = new Desk({
    ...parts,
    rooms: house.rooms,
    goOn: (which) => house.wentOn.push(which),
    peerOf: () => OTHER,
    iceServers: () => [],
    makeEngine: (options) => {
      const engine = new FakeEngine(options, house);
      house.engines.push(engine);
      return /** @type {any} */ (engine);
    },
  });
  const begin = () => desk.begin(until.signal);
  return { house, desk, begin, stop: () => until.abort() };
}

/** A call as the log shows it. */
export function ring({
  call = "ctheirs",
  caller = OTHER,
  device = THERE,
  video = true,
  by = "",
  relayed = false,
} = {}) {
  const since = by ? 2 : 0;
  return { call, caller, device, video, seq: 1, at: 1, picked_up_by: by, since, relayed };
}

/** A page that has just called, and the ring stands in the log. */
export async function calling(video = true) {
  const page = makeHouse();
  page.begin();
  page.desk.start(CONVERSATION, { video });
  await settled();
  const { call } = page.desk.held.call.value;
  page.house.stands(ring({ call, caller: ME, device: HERE, video }));
  return { ...page, call };
}

/** A page that rings. */
export async function rung(video = true) {
  const page = makeHouse();
  page.begin();
  page.house.stands(ring({ video }));
  await settled();
  return { ...page, call: "ctheirs" };
}

/** A page in a call that it answered. */
export async function talking() {
  const page = await rung();
  page.desk.accept({ video: true });
  await settled();
  page.house.stands(ring({ by: HERE }));
  page.house.engine.options.changed({ link: "connected" });
  return page;
}

export const phase = ({ desk }) => desk.held.call.value?.phase ?? null;
