// A page's rest as the desk of a room's call sees it, with an engine that only notes what it is told.

import { GatheringDesk } from "../../../pwa/state/gathering-desk.js";
import { HERE, ME, makeParts, ROOM, settled } from "./call-house.mjs";

export { ROOM };

export const BEN = "pben";
export const TABLET = "dtablet";

globalThis.MediaStream ??= class {
  constructor(tracks) {
    this.tracks = tracks;
  }
  getTracks() {
    return this.tracks;
  }
};

class NotingEngine {
  /** @type {any[]} */ did = [];
  constructor(options, house) {
    this.options = options;
    this.allowed = () => house.granted || Promise.resolve(false); // known, or asked for
    for (const verb of ["take", "mute", "turnCamera", "flip", "choose", "share", "close"])
      this[verb] = (...given) => {
        this.did.push([verb, ...given]);
      };
    this.open = async (wanted) => {
      this.wanted = wanted;
      options.changed({ camera: wanted.video });
      await house.opened;
      options.changed({ muted: wanted.muted });
    };
  }
}

/** A call as the log shows it; who is in it by [person, device]. */
export function going(people, more = {}) {
  const attendees = people.map(([person, device]) => ({ person, device, at: 1 }));
  const nobody = { granted: {}, admitted: [], barred: [], called: [], locked: false, lobby: false };
  const rights = ["speak", "show", "share", "write"];
  return {
    call: "c1",
    began: BEN,
    seq: 1,
    at: 1,
    video: true,
    ring: false,
    rights,
    ...nobody,
    attendees,
    ...more,
  };
}

export function makePage(given = {}) {
  const { house, parts } = makeParts(given);
  const until = new AbortController();
  const desk = new GatheringDesk({
    ...parts,
    makeEngine: (options) => {
      const engine = new NotingEngine(options, house);
      house.engines.push(engine);
      return /** @type {any} */ (engine);
    },
  });
  desk.begin(until.signal);
  const stands = (on, leads = false) => {
    house.standing.value = on ? [{ conversation: ROOM, on, leads }] : [];
  };
  return { house, desk, stands, stop: () => until.abort() };
}

/** A page in a call that Ben began, with media. */
export async function inside(more = {}, leads = false) {
  const page = makePage();
  page.stands(going([[BEN, "dben"]], more), leads);
  page.desk.start(ROOM, { video: true });
  await settled();
  page.stands(
    going(
      [
        [BEN, "dben"],
        [ME, HERE],
      ],
      more,
    ),
    leads,
  );
  page.house.engine.options.state("connected");
  return page;
}
