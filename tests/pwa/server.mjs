// A server at the other end of a transport: hello, the answers of a House, and nothing on the network.

import { pack, unpack } from "../../pwa/protocol/codec.js";
import { ANNA, BEN, DIRECT } from "./events.mjs";
import { House } from "./house.mjs";

const card = (id, name) => ({ id, name, about: "", avatar: "", host: false, removed: false });

export const AVAILABLE = { status: "available", text: "", until: 0, idle: false };

export class Server {
  house = new House();
  epoch = "e1";
  people = [card(ANNA, "Anna"), card(BEN, "Ben")];
  asked = [];
  nonces = new Map();
  ear = null;

  /** What a link opens. */
  open = (ear) => {
    this.ear = ear;
    queueMicrotask(() => this.tell("hello", this.hello));
    return {
      send: (frame) => queueMicrotask(() => this.take(frame)),
      close: () => {
        this.ear = null;
      },
    };
  };

  get hello() {
    const versions = { protocol: 1, epoch: this.epoch, page: "1" };
    return { ...versions, person: ANNA, device: "d1", at: 1, ice_servers: [] };
  }

  /** Sends an event to the client, if it is connected. */
  tell(name, body) {
    this.ear?.heard(pack(0, name, body));
  }

  /** Logs something and tells it. */
  say(...what) {
    const { name, body } = this.house.say(...what);
    this.tell(name, body);
  }

  /** The line breaks. */
  drop(code = 1006) {
    const { ear } = this;
    this.ear = null;
    ear?.closed(code);
  }

  take(frame) {
    for (const [ref, name, body] of unpack(frame)) {
      this.asked.push([name, body]);
      const answer = this.answers[name]?.(body) ?? {};
      this.ear?.heard(pack(ref, "ok", answer));
    }
  }

  /** The bodies of the commands of a name. */
  bodies(name) {
    return this.asked.filter(([asked]) => asked === name).map(([, body]) => body);
  }

  answers = {
    "sync.resume": () => ({
      epoch: this.epoch,
      fresh: false,
      rows: this.house.head > 0 ? [this.house.row(ANNA)] : [],
      people: this.people,
      before: "",
      blocked: [],
    }),
    "presence.watch": ({ people }) => ({
      people: people.map((person) => ({ person, online: true, last_seen: 0, ...AVAILABLE })),
      head: 2,
    }),
    "people.list": () => ({ people: this.people, presence: [], head: 2, after: "" }),
    "conversation.open": () => this.house.opened(ANNA),
    "conversation.page": ({ before, after, around, at, limit }) => {
      if (before) return this.house.page(before, limit);
      if (after !== undefined) return this.house.pageAfter(after, limit);
      const found = at ? this.house.events.find(({ body }) => body.at >= at) : null;
      return this.house.pageAround(around || found.body.seq, limit);
    },
    "sync.pull": ({ after }) => {
      const events = this.house.events.slice(after);
      const { frames, ...rest } = this.house.page(this.house.head + 1, Math.max(events.length, 1));
      return { ...rest, frames: events.length > 0 ? frames : [], more: false };
    },
    "mark.set": ({ marks }) => {
      for (const { read } of marks) this.house.mark(ANNA, read);
      return { marks };
    },
    "message.send": ({ text, nonce }) => {
      if (!this.nonces.has(nonce)) {
        if (this.house.head === 0) this.say("created");
        this.say("sent", ANNA, text, { nonce });
        this.nonces.set(nonce, { conversation: DIRECT, seq: this.house.head, at: 1 });
      }
      return this.nonces.get(nonce);
    },
  };
}
