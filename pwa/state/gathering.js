// The call of a room that this page is in, at most one: what is shown of it, and what can be done about it.

import { computed, signal } from "@preact/signals-core";
import { isBlocked } from "./blocks.js";
import { call, page } from "./calls.js";
import { GatheringDesk } from "./gathering-desk.js";
import { RoomRing } from "./gathering-ring.js";
import { roleOf } from "./rooms.js";
import { serverNow } from "./server-time.js";
import { session } from "./session.js";
import { world } from "./world.js";

/** @typedef {import("../protocol/types.js").Floor} Floor */
/** @typedef {import("../protocol/types.js").GroupCall} GroupCall */
/** @typedef {GroupCall["rights"][number]} Right "speak", "show", "share", "write" */
/** @typedef {"joining" | "lobby" | "live" | "reconnecting" | "ended"} Phase `lobby`: somebody has to open */
/**
 * @typedef {object} Seat one person in the call, oneself too, in the order they came
 * @property {string} person
 * @property {string} device
 * @property {boolean} mine
 * @property {Floor} floor muted, camera, sharing, when the hand was raised (ms, 0 when it is down), rights asked for, and how weak the line is
 * @property {MediaStream|null} camera null while no picture comes
 * @property {MediaStream|null} screen
 * @property {MediaStream|null} sound null for oneself
 * @property {MediaStream|null} screenSound of a shared screen
 * @property {boolean} speaking has the floor
 */
/** @typedef {{person: string, emoji: string, key: number}} Cheer */
/**
 * @typedef {object} Gathering
 * @property {string} conversation
 * @property {string} call
 * @property {boolean} video begun as a video call
 * @property {Phase} phase
 * @property {number} startedAt ms, when this page came in; 0 before
 * @property {""|"left"|"closed"|"elsewhere"|"tab"|"out"|"turnedAway"|"refused"} reason how it ended: by oneself, for everybody, on another device, it is in another tab, put out, turned away in the lobby, not let in
 * @property {string} words why it was refused, or why nobody opens, for people
 * @property {number} seconds how long one was in it, once it has ended
 * @property {Seat[]} seats
 * @property {boolean} leads may this person mute others, let them in, put them out and lock it? Who began it may end it for all, too
 * @property {string[]} knocking people who wait in the lobby, for who leads
 * @property {Cheer[]} cheers of the last seconds
 * @property {MediaStream|null} local one's own picture
 * @property {boolean} muted
 * @property {boolean} talking speaks, although muted
 * @property {boolean} camera
 * @property {boolean} mirrored
 * @property {boolean} canFlip
 * @property {boolean} canShare
 * @property {boolean} sharing
 * @property {boolean} hand
 * @property {Record<Right, boolean>} may what one may do there
 * @property {Right[]} asks what one asks to be allowed
 * @property {{right: Right, given: boolean}|null} answered what was just allowed, or not
 * @property {boolean} unheard something that was decided here waits for the line to the server
 * @property {string} refused why the last thing that was decided here was not done, for people; "" after a moment
 * @property {string} silenced the person who muted one just now, "" after a moment
 * @property {import("../call/devices.js").Problem[]} problems what could not be had
 * @property {import("../call/media.js").Swap|null} swap a device that went or came just now
 * @property {{camera: string, microphone: string}} using the ids of what is sent
 * @property {""|"good"|"fair"|"poor"} quality of one's own line
 * @property {""|"loss"|"delay"} why it is not good
 */
/** @typedef {{video: boolean, camera?: boolean, ring?: boolean, muted?: boolean, handed?: import("../call/media.js").Handed|null}} Wish how to come in; `camera`: with one's own on, as `video` if left out; `handed`: what was opened before */
/**
 * @typedef {object} Actions
 * @property {(conversation: string, wish: Wish) => void} start begin a call, or join the one that is on
 * @property {() => void} leave
 * @property {() => void} close end it for everybody
 * @property {() => void} dismiss the end has been seen
 * @property {(muted: boolean) => void} mute
 * @property {(on: boolean) => void} turnCamera
 * @property {() => void} flip
 * @property {(kind: "camera"|"microphone", id: string) => void} choose use this one from now on
 * @property {(hear: (level: number) => void) => (() => void)} listen how loud one's microphone is, until told to stop
 * @property {() => Promise<import("../call/figures.js").Figures|null>} figures how the connection is, for those who ask
 * @property {(on: boolean) => void} share
 * @property {(up: boolean) => void} raise
 * @property {(emoji: string) => void} cheer
 * @property {(person: string) => void} silence one, or everybody else ("")
 * @property {(person: string, admitted: boolean) => void} admit let in from the lobby, or turn away
 * @property {(people: string[]) => void} summon call people into it; who leads may bring in those who are not in the room
 * @property {(person: string) => void} putOut
 * @property {(right: Right) => void} ask to be allowed that, or take the question back
 * @property {(person: string, right: Right, may: boolean) => void} allow one person that, beside what everybody may, or no longer
 * @property {(person: string, right: Right) => void} defer not now
 * @property {(what: {locked?: boolean, lobby?: boolean, rights?: Right[]}) => void} change
 * @property {(heights: Record<string, number>) => void} show how tall each picture is drawn, device px by `device source`
 * @property {(heights: Record<string, number>) => void} showApart how tall what lies in a window of its own is drawn, beside that
 */

/** @typedef {{conversation: string, on: GroupCall, leads: boolean}} Standing */
/**
 * @typedef {object} House what it needs of the rest of the page
 * @property {(name: string, body: object) => Promise<object>} ask
 * @property {(name: string, callback: (body: any) => void) => () => void} hear
 * @property {import("@preact/signals-core").ReadonlySignal<Standing[]>} standing the calls that go on in one's rooms
 * @property {import("@preact/signals-core").ReadonlySignal<boolean>} online
 * @property {() => {me: string, device: string}} self
 * @property {() => string} newNonce
 * @property {() => string} newCall
 * @property {(options: import("../call/unit-engine.js").UnitEngineOptions) => import("../call/unit-engine.js").UnitEngine} makeEngine
 * @property {(callback: () => void, ms: number) => () => void} later
 * @property {() => number} now ms
 * @property {import("./call-desk.js").Memory} memory
 * @property {(held: boolean) => void} hold nothing may reload the page meanwhile
 */
/** @typedef {Omit<Gathering, "seats"|"knocking"|"cheers"|"leads"|"may">} Own what the desk alone knows */

/** What does it all, once it is loaded. @type {import("@preact/signals-core").Signal<{view: import("@preact/signals-core").ReadonlySignal<Gathering|null>, actions: Partial<Actions>, leading?: Partial<Actions>, goOn?: (which: import("./gathering-desk.js").Continued) => void}|null>} */
export const gatheringDesk = signal(null);

/** A call wanted before what makes calls was here. @type {Parameters<Actions["start"]>|null} */
let wish = null;

/** The call of a room that this page is in, or null. */
export const gathering = computed(() => gatheringDesk.value?.view.value ?? null);

/** @param {{phase: string}|null} one */
const going = (one) => one !== null && one.phase !== "ended";

/** Whether this page is in a call, of two or of a room: its microphone and its sound are the call's. */
export const isInCall = computed(() => going(call.value) || going(gathering.value));

/** What can be done about it. While it is not loaded nothing can, but to wish for a call. @type {Actions} */
export const doing = /** @type {Actions} */ (
  new Proxy(
    {},
    {
      get:
        (_, /** @type {keyof Actions} */ name) =>
        (/** @type {any[]} */ ...given) => {
          const desk = gatheringDesk.peek();
          if (!desk && name === "start") wish = /** @type {any} */ (given);
          const does = /** @type {any} */ (desk?.actions[name] ? desk.actions : desk?.leading);
          return does?.[name]?.(...given);
        },
    },
  )
);

/** Leave it for a call between two: how it ended is not shown. */
export function leaveRoom() {
  doing.leave();
  doing.dismiss();
}

/** @type {import("@preact/signals-core").Signal<RoomRing|null>} */
const ring = signal(null);

/** The call of a room that rings here, or null. */
export const ringingRoom = computed(() => ring.value?.ringing.value ?? null);

/** The call of a room that would ring here if one were not in another, or null. */
export const waitingRoom = computed(() => ring.value?.waiting.value ?? null);

/** Do not come into the call that rings, or waits. */
export function declineRoom() {
  const now = ringingRoom.peek() ?? waitingRoom.peek();
  if (now) ring.peek()?.decline(now);
}

/** The calls that go on in one's rooms, and whether one leads there. */
export const gatherings = computed(() =>
  Object.values(world.value.conversations).flatMap(({ id, gathering: on, room, out }) =>
    on && room && !out
      ? [{ conversation: id, on, leads: roleOf(room, world.value.me) !== "member" }]
      : [],
  ),
);

/** A call between two has become that of a room. @param {import("./gathering-desk.js").Continued} which */
export function goOnInRoom(which) {
  gatheringDesk.peek()?.goOn?.(which);
}

/** A call that one is in, and this page is not: on another device, or (`here`) on this one, by a tab that is gone. */
export const elsewhereInRoom = computed(() => {
  const { me, device } = session.value;
  const own = gathering.value;
  for (const { conversation, on } of gatherings.value) {
    const mine = on.attendees.find(({ person }) => person === me);
    if (mine && own?.call !== on.call)
      return { conversation, call: on.call, here: mine.device === device };
  }
  return null;
});

/** Once, while somebody is signed in (call/begin.js). @param {Pick<House, "makeEngine"|"memory">} means @param {AbortSignal} until */
export function followGatherings(means, until) {
  const house = { ...means, ...page, standing: gatherings };
  const made = new GatheringDesk(house);
  const rings = new RoomRing({
    ...house,
    now: serverNow,
    isBlocked: (id) => isBlocked(id).peek(),
    busy: computed(() => going(call.value) || going(made.view.value)),
  });
  const goOn = made.goOn.bind(made);
  gatheringDesk.value = { view: made.view, actions: made, leading: made.leading, goOn };
  made.begin(until);
  ring.value = rings;
  rings.begin(until);
  if (wish) made.start(...wish);
  wish = null;
  until.addEventListener("abort", () => {
    gatheringDesk.value = null;
    ring.value = null;
  });
}
