// A server in miniature: one direct conversation with its log, answered as chat/conversations.py answers.

import { pack } from "../../pwa/protocol/codec.js";
import { ANNA, BEN, DIRECT, Log } from "./events.mjs";

const CALLS = new Set(["call.picked_up", "call.ended"]);
const LINES = new Set(["message.sent", "call.ended"]);

export class House {
  log = new Log();
  events = [];
  marks = { [ANNA]: { read: 0, delivered: 0 }, [BEN]: { read: 0, delivered: 0 } };
  call = null;

  /** Logs an event made by one of Log's methods, and folds what a row tells. */
  say(what, ...rest) {
    const event = this.log[what](...rest);
    const { body } = event;
    this.events.push(event);
    if (what === "sent") this.marks[body.author] = { read: body.seq, delivered: body.seq };
    if (what === "rang") {
      const { call, author, device, video, seq, at } = body;
      this.call = {
        call,
        caller: author,
        device,
        video,
        seq,
        at,
        picked_up_by: "",
        since: 0,
        relayed: false,
      };
    }
    if (what === "relayed") this.call = { ...this.call, relayed: true };
    if (what === "pickedUp")
      this.call = { ...this.call, picked_up_by: body.device, since: body.at };
    if (what === "ended") this.call = null;
    return event;
  }

  /** A mark is raised; the event that tells of it. */
  mark(person, read) {
    const before = this.marks[person];
    const delivered = Math.max(before.delivered, read);
    this.marks[person] = { read: Math.max(before.read, read), delivered };
    return { name: "mark.changed", body: { conversation: DIRECT, person, ...this.marks[person] } };
  }

  get head() {
    return this.events.length;
  }

  row(me) {
    const last = this.events.findLast(({ name }) => LINES.has(name));
    const unread = this.events.filter(
      ({ name, body }) =>
        name === "message.sent" && body.author !== me && body.seq > this.marks[me].read,
    ).length;
    return {
      conversation: DIRECT,
      kind: "direct",
      members: [ANNA, BEN],
      head: this.head,
      unread: Math.min(unread, 100),
      marks: Object.entries(this.marks).map(([person, reached]) => ({ person, ...reached })),
      last: last ? frame(last) : null,
      edit: null,
      pins: [],
      call: this.call,
    };
  }

  page(before, limit) {
    const entries = this.events.slice(0, before - 1).filter(({ body }) => !body.target);
    return this.pageOf(entries.slice(-limit), before <= this.head);
  }

  pageAfter(after, limit) {
    const entries = this.events.slice(after).filter(({ body }) => !body.target);
    return this.pageOf(entries.slice(0, limit), entries.length > limit);
  }

  pageAround(around, limit) {
    const half = Math.floor(limit / 2);
    const before = this.page(around, half);
    const after = this.pageAfter(around - 1, limit - half);
    const frames = [...before.frames, ...after.frames];
    return { ...after, first: before.first || after.first, frames, more: before.more };
  }

  /** A page of these entries, and what came of the calls among them. */
  pageOf(entries, newer) {
    const seqs = new Set(entries.map(({ body }) => body.seq));
    const events = this.events.filter(
      (one) => entries.includes(one) || (CALLS.has(one.name) && seqs.has(one.body.target)),
    );
    const first = entries[0]?.body.seq ?? 0;
    return {
      conversation: DIRECT,
      head: this.head,
      first,
      last: entries.at(-1)?.body.seq ?? 0,
      frames: events.map(frame),
      reach: [{ first: 1, last: this.head }],
      more: first > 1,
      newer,
      about: [],
    };
  }

  opened(me, limit = 50) {
    return {
      row: this.row(me),
      page: this.page(this.head + 1, limit),
      people: [],
      devices: [],
    };
  }
}

const frame = ({ name, body }) => pack(0, name, body);
