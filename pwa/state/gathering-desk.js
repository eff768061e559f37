// Comes into calls of rooms, stays in them and leaves. Who is in one is the log's word (state/gatherings.js folds it).

import { computed, effect, signal, untracked } from "@preact/signals-core";
import { Refused } from "../protocol/errors.js";
import { letGo } from "./call-held.js";
import { Asking, allowedIn } from "./gathering-asking.js";
import { comeIn, keep } from "./gathering-coming.js";
import { Door } from "./gathering-door.js";
import { FRESH } from "./gathering-fresh.js";
import { Leading } from "./gathering-leading.js";
import { GatheringLine } from "./gathering-line.js";
import { Part } from "./gathering-part.js";
import { Scene } from "./gathering-scene.js";
import { Timers } from "./timers.js";

/** @typedef {import("./gathering.js").Gathering} Gathering */
/** @typedef {import("./gathering.js").Right} Right */
/** @typedef {import("../protocol/types.js").GroupCall} GroupCall */
/** @typedef {import("../call/unit-engine.js").UnitEngine} UnitEngine */
/** @typedef {import("./gathering.js").House} House */
/** @typedef {import("./gathering.js").Standing} Standing */
/** @typedef {import("./gathering.js").Own} Own */
/** @typedef {{conversation: string, on: GroupCall, camera: boolean, muted: boolean, startedAt: number, media: import("../call/media.js").Media|null}} Continued `media`: what is sent already, if this page was in the call */
/** @typedef {import("./gathering-coming.js").Which} Which */

const FAREWELL = 6000; // ms that the end stays on the screen

export class GatheringDesk {
  #house;
  #timers;
  #line;
  #scene;
  #part;
  #door;
  /** What those who lead do. */ leading;
  /** @type {import("@preact/signals-core").Signal<Own | null>} */ #own = signal(null);
  #asking;
  /** @type {UnitEngine | null} */ #engine = null;
  #in = false; // has the log shown us in it?

  /** @param {House} house */
  constructor(house) {
    this.#house = house;
    this.#timers = new Timers(house.later);
    this.#scene = new Scene(this.#timers.set);
    const going = () => this.#going;
    const inside = () => this.#in;
    const changed = (/** @type {Partial<Own>} */ part) => this.#change(part);
    this.#line = new GatheringLine(house, { going, inside, changed, timers: this.#timers });
    this.#part = new Part(house, { going, inside, scene: this.#scene, line: this.#line });
    this.#door = new Door(house, { going, changed, timers: this.#timers });
    this.leading = new Leading(
      (name, body) => this.#line.insist(name, body),
      this.#scene,
      (person) => this.#standing()?.on.granted[person] ?? [],
    );
    this.#asking = new Asking({
      own: () => this.#going,
      may: () => allowedIn(this.#standing(), this.#house.self().me),
      change: (part) => this.#change(part),
      does: this,
      later: this.#timers.set,
    });
  }

  /** What is shown of the call, or null. */
  view = computed(() => this.#scene.view(this.#own.value, this.#house));

  /** Begin to follow. @param {AbortSignal} until */
  begin(until) {
    const { hear, standing, online } = this.#house;
    const stops = [
      hear("call.media", (body) => this.#ours(body) && this.#take(body)),
      hear("call.shown", (body) => this.#ours(body) && this.#scene.shown(body.floors)),
      hear("call.spoke", (body) => this.#ours(body) && this.#scene.spoke(body.device)),
      hear(
        "call.videos",
        (body) => this.#ours(body) && this.#scene.sends(body.device, body.sources),
      ),
      hear("call.deferred", (body) => this.#ours(body) && this.#asking.deferred(body.right)),
      hear("call.silenced", (body) => this.#ours(body) && this.#asking.silenced(body.person)),
      hear("call.knocked", (body) => this.#ours(body) && this.#scene.knocked(body.person)),
      hear("call.cheered", (body) => this.#ours(body) && this.#scene.cheered(body)),
      effect(() => {
        const list = standing.value;
        untracked(() => this.#follow(list));
      }),
      effect(() => {
        const up = online.value;
        untracked(() => {
          if (this.#line.turned(up) && this.#in) this.#part.again();
        });
      }),
    ];
    until.addEventListener("abort", () => {
      for (const stop of stops) stop();
      this.#drop();
    });
  }

  // -- what the person does

  /** Begin a call in a room, or come into the one that is on. @param {string} conversation @param {import("./gathering.js").Wish} wish */
  async start(conversation, { video, camera = video, ring = false, muted = false, handed = null }) {
    if (this.#going) return letGo({ video, handed });
    const standing = this.#standing(conversation);
    const on = standing?.on;
    const call = on?.call ?? this.#house.newCall();
    const shows = camera && allowedIn(standing, this.#house.self().me).show;
    const which = { conversation, call, video: on?.video ?? video };
    const more = on ? {} : { video, ring };
    const body = { conversation, call, ...more, nonce: this.#house.newNonce() };
    const enter = () => this.#ask(on ? "call.join" : "call.open", body);
    const alone = !on?.attendees.some(({ device }) => device === this.#house.self().device);
    const came = await this.#come(which, { video: shows, muted, handed }, { enter, alone });
    if (!came && this.#is(call)) this.#finish("tab");
  }

  /** A call between two that this device is in has become that of a room: stay in it. @param {Continued} which */
  async goOn({ conversation, on, camera, muted, startedAt, media }) {
    const which = { conversation, call: on.call, video: on.video };
    const enter = () => this.#again({ ...which, ...FRESH });
    const wanted = { video: camera, muted };
    if (media) this.#begin(which, startedAt, media).open(wanted); // what is sent already waits for nothing
    const coming = media
      ? keep(this.#house.memory, on.call, wanted)
      : this.#come(which, wanted, { enter, startedAt });
    this.#change({ phase: "reconnecting" });
    if (!(await coming) && !media) this.#drop();
    if (!this.#is(on.call)) return;
    if (media) this.#follow(this.#house.standing.peek());
    this.#line.expect();
  }

  leave() {
    const now = this.#going;
    if (!now) return;
    const { conversation, call, phase } = now;
    this.#finish("left");
    if (phase === "lobby") return;
    this.#line
      .run("call.leave", { conversation, call, nonce: this.#house.newNonce() }, () => true, true)
      .catch(() => {}); // refused: we were out of it already
  }

  dismiss() {
    if (this.#own.peek()?.phase === "ended") this.#drop();
  }

  /** What one may not do is asked for instead. @param {boolean} muted */
  mute(muted) {
    if (!muted && this.#asking.instead("speak")) return undefined;
    this.#house.memory.note({ muted });
    return this.#engine?.mute(muted);
  }

  /** @param {boolean} on */
  turnCamera(on) {
    if (on && this.#asking.instead("show")) return undefined;
    this.#house.memory.note({ video: on });
    return this.#engine?.turnCamera(on);
  }

  flip() {
    return this.#engine?.flip();
  }

  /** How the connection is, in figures; null at first, and without one. @returns {Promise<import("../call/figures.js").Figures|null>} */
  async figures() {
    return (await this.#engine?.figures()) ?? null;
  }

  /** Use this camera or microphone from now on. @param {"camera"|"microphone"} kind @param {string} id */
  choose(kind, id) {
    return this.#engine?.choose(kind, id);
  }

  /** How loud one's microphone is, muted too. @param {(level: number) => void} hear 0..1 @returns {() => void} no longer */
  listen(hear) {
    return this.#engine?.listen(hear) ?? (() => {});
  }

  /** @param {boolean} on */
  share(on) {
    return on && this.#asking.instead("share") ? undefined : this.#engine?.share(on);
  }

  /** Ask for a right, or take the question back. @param {Right} right */
  ask(right) {
    this.#asking.ask(right);
  }

  /** @param {boolean} up */
  raise(up) {
    this.#change({ hand: up });
  }

  /** @param {string} emoji */
  cheer(emoji) {
    this.#line.say("call.cheer", { emoji });
  }

  /** How tall each picture is drawn. @param {Record<string, number>} heights device px by "device source" */
  show(heights) {
    this.#part.show(heights);
  }

  /** How tall what lies in a window of its own is drawn. @param {Record<string, number>} heights as above */
  showApart(heights) {
    this.#part.showApart(heights);
  }

  // -- what the log says

  /** @param {Standing[]} list */
  #follow(list) {
    const now = this.#going;
    if (!now) {
      this.#resume(list);
      return;
    }
    const on = list.find((one) => one.conversation === now.conversation)?.on;
    if (!on) {
      if (this.#in) this.#finish("closed");
      return;
    }
    if (on.call !== now.call) {
      if (this.#in) this.#finish("closed");
      else this.#change({ call: on.call }); // two began at once: the log says whose it is
      return;
    }
    this.#stand(on, now);
  }

  /** @param {GroupCall} on @param {Own} now */
  #stand(on, now) {
    const { me, device } = this.#house.self();
    const mine = on.attendees.find(({ person }) => person === me);
    if (mine?.device === device) {
      this.#came(now);
      this.#asking.keep();
      return;
    }
    if (mine && this.#in) this.#finish("elsewhere");
    else if (on.barred.includes(me)) this.#finish(now.phase === "lobby" ? "turnedAway" : "out");
    else if (this.#in)
      this.#again(now); // the server gave us up while our line was gone
    else if (now.phase === "lobby" && (!on.lobby || on.admitted.includes(me))) this.#again(now);
  }

  /** The log shows us in it. @param {Own} now */
  #came(now) {
    if (this.#in) return;
    this.#in = true;
    this.#door.opened();
    this.#change({ startedAt: now.startedAt || this.#house.now() });
    this.#house.memory.note({ startedAt: this.#own.peek()?.startedAt ?? 0 });
    this.#part.again();
  }

  /** Come again: let in, or given up meanwhile. @param {Own} now */
  #again({ conversation, call }) {
    this.#in = false;
    this.#change({ phase: "joining" });
    this.#ask("call.join", { conversation, call, nonce: this.#house.newNonce() });
  }

  /** A page that was loaded again in the middle of a call comes back into it. @param {Standing[]} list */
  async #resume(list) {
    const { me, device } = this.#house.self();
    const kept = this.#house.memory.read();
    const found = list.find(({ on }) => on.call === kept.call);
    if (
      this.#own.peek() ||
      !found?.on.attendees.some((one) => one.person === me && one.device === device)
    )
      return;
    const { conversation, on } = found;
    const which = { conversation, call: on.call, video: on.video };
    const enter = () => this.#again({ ...which, ...FRESH });
    if (!(await this.#come(which, kept, { enter, startedAt: kept.startedAt }))) this.#drop();
  }

  // -- being in it

  /** Come into it with a new engine. Resolves to whether this tab has it. @param {Which} which @param {import("./gathering-coming.js").Coming["wanted"]} wanted
   * @param {{enter: () => void, alone?: boolean, startedAt?: number}} more */
  #come(which, wanted, { startedAt = 0, ...more }) {
    const engine = this.#begin(which, startedAt);
    const wants = () => this.#engine === engine;
    const silent = () => this.#change({ muted: true });
    const { memory } = this.#house;
    return comeIn({ engine, memory, call: which.call, wanted, wants, silent, ...more });
  }

  /** @param {Which} which @param {number} startedAt @param {Continued["media"]} [media] */
  #begin(which, startedAt, media = null) {
    this.#drop();
    this.#house.hold(true);
    this.#own.value = { ...FRESH, ...which, startedAt };
    const engine = this.#house.makeEngine({
      answer: (version, sdp) => this.#line.say("call.take", { version, sdp }),
      changed: (part) => this.#engine === engine && this.#change(part),
      remote: (list) => this.#engine === engine && this.#scene.receive(list),
      state: (state) => this.#engine === engine && this.#media(state),
      moved: () => this.#in && this.#line.renew(),
      weak: () => this.#scene.weak(),
      media,
    });
    this.#engine = engine;
    return engine;
  }

  /** @param {RTCPeerConnectionState} state */
  #media(state) {
    this.#line.media(state);
    if (state === "connected") this.#part.view();
  }

  /** @param {Partial<Own>} part */
  #change(part) {
    const before = this.#own.peek();
    if (!before) return;
    this.#own.value = { ...before, ...part };
    const floors = ["muted", "camera", "sharing", "hand", "asks", "quality"];
    if (floors.some((name) => name in part)) this.#part.told();
  }

  // -- coming in

  /** Come in, while that is wanted. @param {string} name @param {{conversation: string, call: string, [more: string]: unknown}} body */
  async #ask(name, body) {
    const wanted = () => this.#is(body.call);
    try {
      await this.#line.run(name, body, wanted);
    } catch (error) {
      if (!wanted()) return;
      if (error instanceof Refused && error.code === "call-lobby") this.#door.wait();
      else this.#finish("refused", error instanceof Error ? error.message : "");
    }
  }

  // -- how it ends

  /** @param {Gathering["reason"]} reason @param {string} [words] */
  #finish(reason, words = "") {
    const now = this.#going;
    if (!now) return;
    const { startedAt } = now;
    const seconds = startedAt ? Math.floor((this.#house.now() - startedAt) / 1000) : 0;
    this.#letGo();
    this.#own.value = { ...now, ...FRESH, phase: "ended", startedAt, reason, words, seconds };
    this.#timers.set("farewell", FAREWELL, () => this.#drop());
  }

  #drop() {
    this.#letGo();
    this.#own.value = null;
  }

  #letGo() {
    this.#line.clear();
    this.#engine?.close();
    this.#engine = null;
    this.#in = false;
    this.#asking.clear();
    this.#part.clear();
    this.#scene.clear();
    this.#house.memory.drop();
    this.#house.hold(false);
  }

  // -- small

  /** @param {{call: string}} body */
  #ours({ call }) {
    return this.#own.peek()?.call === call;
  }

  /** @param {{version: number, sdp: string, tracks: import("../call/unit-peer.js").Tracks}} offer */
  #take({ version, sdp, tracks }) {
    return this.#engine?.take(version, sdp, tracks);
  }

  get #going() {
    const now = this.#own.peek();
    return now && now.phase !== "ended" ? now : null;
  }

  /** @param {string} call */
  #is(call) {
    return this.#going?.call === call;
  }

  /** The call of a room, if none is said the one that one is in. @param {string} [conversation] */
  #standing(conversation = this.#going?.conversation) {
    return this.#house.standing.peek().find((one) => one.conversation === conversation);
  }
}
