// Follows the log and does what the person says: rings, answers, ends. What stands in a conversation is the log's word
// (state/ringing.js folds it); a page that was away, loaded again, or too late only has to look at what stands now.

import { computed, effect, untracked } from "@preact/signals-core";
import { Refused } from "../protocol/errors.js";
import { Errands } from "./call-errand.js";
import { Held, letGo } from "./call-held.js";
import { Wire } from "./call-wire.js";

/** @typedef {import("../protocol/types.js").StandingCall} StandingCall */
/** @typedef {import("./call-held.js").CallState} CallState */
/** @typedef {{conversation: string, call: StandingCall}} Standing */
/**
 * @typedef {object} Memory which call this very tab is in, over a reload: two tabs are one device
 * @property {() => {call: string, startedAt: number, video: boolean, muted: boolean}} read
 * @property {(call: string) => Promise<boolean>} take false when another tab has it
 * @property {(part: {startedAt?: number, video?: boolean, muted?: boolean}) => void} note
 * @property {() => void} drop
 */
/**
 * @typedef {object} House what a call needs of the rest of the page
 * @property {(name: string, body: object) => Promise<object>} ask
 * @property {(name: string, callback: (body: any) => void) => () => void} hear
 * @property {import("@preact/signals-core").ReadonlySignal<Standing[]>} standing
 * @property {import("@preact/signals-core").ReadonlySignal<import("./gathering.js").Standing[]>} rooms the calls of rooms
 * @property {(which: import("./gathering-desk.js").Continued) => void} goOn in the call of a room
 * @property {import("@preact/signals-core").ReadonlySignal<boolean>} online
 * @property {() => {me: string, device: string}} self
 * @property {(conversation: string) => string} peerOf
 * @property {() => RTCIceServer[]} iceServers
 * @property {() => string} newNonce
 * @property {() => string} newCall
 * @property {(options: import("../call/engine.js").EngineOptions) => import("../call/engine.js").Engine} makeEngine
 * @property {(callback: () => void, ms: number) => () => void} later
 * @property {() => number} now ms
 * @property {Memory} memory
 * @property {(held: boolean) => void} hold nothing may reload the page meanwhile
 */

export const PATIENCE = 4000; // ms without a device that rings before "cannot be reached" is said
export const RINGS_OUT = 60_000; // ms; the server ends a ring after 45 s, this is for a page that did not hear it

export class Desk {
  held;
  /** A call of one's own that is not in this tab: on another device, or (`here`) of a tab that is gone. */
  elsewhere;
  #house;
  #errands;
  #wire;
  #stood = ""; // the call of ours that the log has shown
  #asking = ""; // the ring we ask the server about
  #back = false; // was the line to the server gone?
  /** @type {Set<string>} */ #done = new Set(); // calls ended here, which may stand a moment longer

  /** @param {House} house */
  constructor(house) {
    this.#house = house;
    this.#errands = new Errands(house);
    this.held = new Held({
      ...house,
      signal: (...said) => this.#wire.signal(...said),
      say: (name, body) => this.#wire.say(name, body),
      stuck: () => this.#wire.say("call.move", {}),
      unreachable: () => this.#unreachable(),
    });
    this.#wire = new Wire(house, this.held);
    this.elsewhere = computed(() => this.#findElsewhere());
  }

  /** Begin to follow. @param {AbortSignal} until */
  begin(until) {
    const { hear, standing, online } = this.#house;
    const stops = [
      ...this.#wire.follow(),
      hear("call.alerted", (body) => this.#alerted(body)),
      hear("call.ended", (body) => this.#ended(body)),
      effect(() => {
        const list = standing.value;
        untracked(() => this.#follow(list));
      }),
      effect(() => {
        const up = online.value;
        untracked(() => this.#line(up));
      }),
    ];
    until.addEventListener("abort", () => {
      for (const stop of stops) stop();
      this.held.drop();
    });
  }

  // -- what the person does

  /** Call somebody; whoever rings for us there is answered instead. @param {string} conversation @param {import("./call-held.js").Wish} wish */
  async start(conversation, wish) {
    const now = this.held.going;
    if (now?.conversation === conversation) return this.accept(wish);
    if (now) return letGo(wish);
    const { video, muted = false } = wish;
    const { newCall, newNonce, peerOf, memory } = this.#house;
    const [call, person] = [newCall(), peerOf(conversation)];
    this.held.take({ phase: "outgoing", conversation, call, person, video, outgoing: true });
    const opened = this.held.open(wish);
    await memory.take(call);
    memory.note({ video, muted });
    if (!(await opened)) return undefined;
    this.held.engine?.prepare({ polite: false });
    this.held.change({ ring: "trying" });
    this.held.later(PATIENCE, () => {
      if (this.held.going?.ring === "trying") this.held.change({ ring: "unreachable" });
    });
    this.held.later(RINGS_OUT, () => this.#ringOut());
    return this.#errand("call.ring", { conversation, call, video, nonce: newNonce() });
  }

  /** Answer what rings, in the task of the press; a video call may be answered with sound only, and any call as one
   * has looked. Another tab of this browser may have answered: its lock tells, for the log knows tabs as one device. @param {import("./call-held.js").Wish} wish */
  async accept(wish) {
    const now = this.held.going;
    if (now?.phase !== "incoming") return letGo(wish);
    const { call, conversation } = now;
    const { memory, newNonce } = this.#house;
    const video = (now.video || Boolean(wish.handed)) && wish.video;
    const picked = this.#errand("call.pick_up", { conversation, call, nonce: newNonce() });
    this.held.change({ phase: "connecting", video });
    const opened = this.held.open({ ...wish, video, soon: true });
    if (await memory.take(call)) memory.note({ video, muted: wish.muted ?? false });
    else if (this.held.is(call)) this.held.drop();
    await picked;
    if (await opened) this.#follow(this.#house.standing.value);
  }

  /** Decline, cancel or hang up. */
  hangUp() {
    const now = this.held.going;
    if (!now) return;
    const rung = now.ring !== "asking" || !now.outgoing;
    this.#forget();
    if (now.phase === "incoming" || !rung) this.held.drop();
    else this.held.finish(now.startedAt ? "ended" : "cancelled");
    if (rung) this.#end(now);
  }

  /** Take more people into the call; it then goes on in a room, which may have to be made. Rejects with Refused. @param {string[]} people @param {string} title */
  async add(people, title) {
    const now = this.held.going;
    if (!now?.startedAt) return;
    const { conversation, call } = now;
    const body = { conversation, call, people, title, nonce: this.#house.newNonce() };
    await this.#errands.run("call.add", body, () => this.held.is(call));
  }

  /** Take up a call of this device that no tab holds any more. Resolves to false when a tab does hold it. */
  async rejoin() {
    const lost = this.elsewhere.value;
    if (!lost?.here || this.held.going) return true;
    if (!(await this.#house.memory.take(lost.call.call))) return false;
    this.#house.memory.note({ video: lost.call.video, muted: false, startedAt: 0 });
    this.#follow(this.#house.standing.value);
    return true;
  }

  /** Remembered over a reload. @param {boolean} muted */
  mute(muted) {
    this.#house.memory.note({ muted });
    return this.held.engine?.mute(muted);
  }

  /** Camera on or off, remembered over a reload. @param {boolean} on */
  turnCamera(on) {
    this.#house.memory.note({ video: on });
    return this.held.engine?.turnCamera(on);
  }

  // -- what the log says

  /** @param {Standing[]} list */
  #follow(list) {
    const now = this.held.going;
    if (!now) this.#look(list);
    else this.#followOurs(now, list.find((one) => one.conversation === now.conversation)?.call);
  }

  /** @param {CallState} now @param {StandingCall | undefined} call what stands in its conversation */
  #followOurs(now, call) {
    if (!call) {
      if (this.#stood === now.call && !this.#goesOn(now)) this.#over("ended");
      return;
    }
    const { me, device } = this.#house.self();
    if (call.call === now.call) this.#stood = call.call;
    else if (now.phase !== "outgoing" || !call.picked_up_by) return;
    if (!call.picked_up_by) return;
    const ours = call.device === device || call.picked_up_by === device;
    if (!ours || now.phase === "incoming") {
      this.#over("elsewhere");
      return;
    }
    if (call.call !== now.call) this.#join(call);
    this.held.connect(call.caller !== me, call.relayed);
    this.#house.memory.note({ startedAt: this.held.going?.startedAt ?? 0 });
  }

  /** Is it a room's by now, with this device in it? Then what we send goes on there. @param {{call: string, startedAt: number, video: boolean}} which */
  #goesOn({ call, startedAt, video }) {
    const { rooms, self, goOn, memory } = this.#house;
    const at = rooms
      .peek()
      .find(
        ({ on }) => on.call === call && on.attendees.some((one) => one.device === self().device),
      );
    if (!at) return false;
    const camera = this.held.going?.camera ?? video;
    const { muted } = memory.read();
    const media = this.held.handOver();
    this.#forget();
    goOn({ conversation: at.conversation, on: at.on, camera, muted, startedAt, media });
    return true;
  }

  /** Both rang at once and theirs was first: our ring became the answer to it. @param {StandingCall} call */
  #join(call) {
    this.#stood = call.call;
    this.#house.memory.take(call.call);
    this.held.change({ call: call.call, outgoing: false });
  }

  /** Nothing goes on here: does something ring, or stand that this tab was in before it was loaded again? @param {Standing[]} list */
  #look(list) {
    const { me, device } = this.#house.self();
    if (!device) return;
    const kept = this.#house.memory.read().call;
    if (kept && this.#goesOn(this.#house.memory.read())) return;
    for (const one of list) {
      const { call } = one;
      if (this.#done.has(call.call)) continue;
      if (call.caller !== me && !call.picked_up_by) this.#ringIn(one);
      else if (call.call === kept && (call.device === device || call.picked_up_by === device))
        this.#resume(one);
      else continue;
      return;
    }
  }

  /** Ring once the server says that it still stands: what a page kept from yesterday must not. @param {Standing} one */
  async #ringIn({ conversation, call }) {
    if (this.#asking === call.call) return;
    this.#asking = call.call;
    const stands = await this.#alert({ conversation, call: call.call });
    this.#asking = "";
    if (!stands || this.held.going || !this.#rings(call.call)) return;
    const { caller, video } = call;
    this.held.take({
      phase: "incoming",
      conversation,
      call: call.call,
      person: caller,
      video,
      outgoing: false,
    });
    this.#stood = call.call;
    this.held.prepare();
  }

  /** @param {string} id */
  #rings(id) {
    return this.#house.standing.value.some(({ call }) => call.call === id && !call.picked_up_by);
  }

  /** @param {Standing} one */
  async #resume({ conversation, call }) {
    const { memory, self, peerOf } = this.#house;
    const { video, muted, startedAt } = memory.read();
    this.held.take({
      phase: call.picked_up_by ? "reconnecting" : "outgoing",
      conversation,
      call: call.call,
      person: peerOf(conversation),
      video,
      outgoing: call.caller === self().me,
      ring: "trying",
      startedAt,
    });
    this.#stood = call.call;
    const opened = this.held.open({ video, muted });
    if (!(await memory.take(call.call))) this.held.drop();
    else if (await opened) this.#follow(this.#house.standing.value);
  }

  // -- what is heard

  /** @param {{call: string, device: string, early: boolean}} body */
  #alerted({ call, device, early }) {
    if (!this.held.is(call) || this.held.going?.phase !== "outgoing") return;
    this.held.change({ ring: "ringing" });
    if (early) this.held.engine?.invite(device);
  }

  /** How it ended; the fold only knows that it stands no longer. @param {{call: string, reason: import("./call-held.js").Ending, seconds: number}} body */
  #ended({ call, reason, seconds }) {
    const now = this.held.call.peek();
    if (now?.call !== call) return;
    if (now.phase !== "ended") this.#over(reason, seconds);
    else if (now.reason === "ended") this.held.change({ reason, seconds: seconds || now.seconds });
  }

  /** @param {boolean} up */
  #line(up) {
    const back = up && this.#back;
    this.#back = !up;
    this.#errands.line(up);
    if (!up) return;
    const now = this.held.going;
    if (!now) this.#follow(this.#house.standing.value);
    else if (back && now.phase === "incoming") this.#alert(now);
    else if (back && this.held.connected) this.held.engine?.renew();
  }

  // -- what is said

  /** This device rings. Resolves to whether there is anything to ring for. @param {{conversation: string, call: string}} which */
  async #alert({ conversation, call }) {
    try {
      await this.#house.ask("call.alert", { conversation, call, early: true });
      return true;
    } catch (error) {
      return error instanceof Refused && error.code === "not-connected"; // the caller's device is away for a moment
    }
  }

  /** Ring or pick up: while this call is still wanted. @param {string} name @param {{call: string, conversation: string, [more: string]: unknown}} body */
  async #errand(name, body) {
    try {
      await this.#errands.run(name, body, () => this.held.is(body.call));
    } catch (error) {
      if (!this.held.is(body.call)) return;
      if (error instanceof Refused && error.code === "call-over") this.#over("elsewhere");
      else this.#over("refused", 0, error instanceof Error ? error.message : "");
    }
  }

  /** @param {{conversation: string, call: string}} which @param {boolean} failed */
  #end({ conversation, call }, failed = false) {
    this.#done.add(call);
    const body = { conversation, call, failed, nonce: this.#house.newNonce() };
    this.#errands.run("call.end", body, () => true, true).catch(ignore); // refused: it was over already
  }

  // -- how it ends

  /** @param {import("./call-held.js").Ending} reason @param {number} [seconds] @param {string} [words] */
  #over(reason, seconds, words) {
    const now = this.held.going;
    if (!now) return;
    this.#forget();
    const quiet =
      now.phase === "incoming" ||
      reason === "elsewhere" ||
      (!now.outgoing && reason === "cancelled");
    if (quiet) this.held.drop();
    else this.held.finish(reason, seconds, words);
    this.#done.add(now.call);
    this.#look(this.#house.standing.value);
  }

  #unreachable() {
    const now = this.held.going;
    if (!now) return;
    this.#end(now, true);
    this.#over("failed", 0);
  }

  #ringOut() {
    const now = this.held.going;
    if (now?.phase !== "outgoing") return;
    this.#end(now);
    this.#over("missed");
  }

  #forget() {
    this.#stood = "";
    this.#house.memory.drop();
  }

  #findElsewhere() {
    const { me, device } = this.#house.self();
    const here = this.held.call.value?.call;
    const found = this.#house.standing.value.find(
      ({ call }) =>
        call.call !== here &&
        !this.#done.has(call.call) &&
        (call.picked_up_by || call.caller === me),
    );
    return found
      ? { ...found, here: found.call.device === device || found.call.picked_up_by === device }
      : null;
  }
}

function ignore() {}
