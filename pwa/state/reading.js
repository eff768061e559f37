// How far people have come: ticks under one's own messages, and one's own marks, sent at most once a second.

import { isThread, splitAddress, threadIn } from "../protocol/address.js";
import { wallClock } from "../protocol/clock.js";
import { MAX_ROWS } from "../protocol/limits.js";
import { ask } from "./connection.js";
import { MAX_UNREAD } from "./entries.js";
import { EVERYONE, isSmall } from "./members.js";
import { person } from "./people.js";
import { visible } from "./screen.js";
import { threadRead } from "./threads.js";
import { byId, change, conversationIn, heldIn, withConversation, world } from "./world.js";

/** @typedef {import("./world.js").Conversation} Conversation */
/** @typedef {import("./world.js").Reached} Reached */
/** @typedef {import("../protocol/types.js").Mark} Mark */
/** @typedef {import("../protocol/clock.js").Clock} Clock */

const EVERY_MS = 1000;
const KEPT_WITHIN_MS = 5000; // the server writes an answered mark to its disk within a second
const NOWHERE = { read: 0, delivered: 0 };

// -- what events leave ------------------------------------------------------------------------------------------------

/** @param {Conversation} conversation @param {{person: string, read: number, delivered: number, since?: number}} body @param {string} me @returns {Conversation} */
export function marked(conversation, body, me) {
  const before = conversation.marks[body.person] ?? NOWHERE;
  const read = Math.max(before.read, body.read);
  const delivered = Math.max(before.delivered, body.delivered, read);
  const since = Math.max(before.since ?? 0, body.since ?? 0);
  if (read === before.read && delivered === before.delivered) return conversation;
  const marks = { ...conversation.marks, [body.person]: { read, delivered, since } };
  if (body.person !== me) return { ...conversation, marks };
  return { ...conversation, marks, unread: unreadAfter(conversation, before.read, read, me) };
}

/** @param {Conversation} conversation @param {number} from the mark before @param {number} to the mark now @param {string} me */
function unreadAfter({ head, unread, entries }, from, to, me) {
  if (to >= head) return 0;
  /** @param {number} low @param {number} high */
  const between = (low, high) =>
    entries.filter(
      (one) =>
        one.kind === "message" &&
        one.author !== me &&
        one.seq > low &&
        one.seq <= high &&
        !one.deleted, // it went from the count when it was
    ).length;
  if (unread >= MAX_UNREAD) return Math.min(MAX_UNREAD, between(to, head));
  return Math.max(0, unread - between(from, to));
}

/**
 * How far one's own message of this seq has come: in groups, what holds for everybody.
 * @param {Conversation} conversation
 * @param {number} seq
 * @param {string} me
 * @returns {"sent"|"delivered"|"read"}
 */
export function tick(conversation, seq, me) {
  const { id, members, marks } = conversation;
  if (!isSmall(conversation)) return "sent"; // nobody is told of so many; the details ask
  const others = (id === EVERYONE ? Object.keys(marks) : members)
    .filter((member) => member !== me)
    .map((member) => marks[member] ?? NOWHERE);
  if (others.length === 0) return "sent";
  if (others.every(({ read }) => read >= seq)) return "read";
  return others.every(({ delivered }) => delivered >= seq) ? "delivered" : "sent";
}

/** @type {(key: string) => import("./world.js").Sig<{read: import("./world.js").Person[], delivered: import("./world.js").Person[]}>} */
const reached = byId((key) => {
  const [id, seq] = key.split(" ");
  const marks = Object.entries(conversationIn(id).value?.marks ?? {});
  const others = marks.filter(
    ([member, { since = 0 }]) => member !== world.value.me && since < Number(seq),
  ); // who came later has read nothing of it, wherever their mark stands
  /** @param {(reached: Reached) => boolean} has */
  const those = (has) =>
    others.filter(([, mark]) => has(mark)).map(([member]) => person(member).value);
  return {
    read: those(({ read }) => read >= Number(seq)),
    delivered: those(({ read, delivered }) => read < Number(seq) && delivered >= Number(seq)),
  };
});

/** Who has read a message, and who has only got it. @param {string} id @param {number} seq */
export function reachedBy(id, seq) {
  return reached(`${id} ${seq}`);
}

// -- one's own marks --------------------------------------------------------------------------------------------------

/** Sends marks, cumulative, at most once a second for all conversations together. */
export class Marker {
  /** @type {Map<string, Mark>} not sent yet */
  #waiting = new Map();
  /** @type {Map<string, Mark>} sent, but perhaps not on the server's disk: said again on resume */
  #said = new Map();
  #resting = false;

  /** @param {(marks: Mark[]) => Promise<unknown>} send @param {Clock} clock */
  constructor(send, clock) {
    this.send = send;
    this.clock = clock;
  }

  /** What the server may not have; the cache keeps it over a reload. @returns {Mark[]} */
  get owed() {
    const owed = new Map(this.#said);
    for (const mark of this.#waiting.values()) raise(owed, mark);
    return [...owed.values()];
  }

  /** @param {Mark} mark */
  note(mark) {
    raise(this.#waiting, mark);
    this.#flush();
  }

  /** On a new connection: says again what may be lost. */
  resume() {
    for (const mark of this.#said.values()) raise(this.#waiting, mark);
    this.#flush();
  }

  #flush() {
    if (this.#resting || this.#waiting.size === 0) return;
    const marks = [...this.#waiting.values()].slice(0, MAX_ROWS);
    for (const mark of marks) {
      this.#waiting.delete(placeOf(mark));
      raise(this.#said, mark);
    }
    this.#resting = true;
    this.clock.later(EVERY_MS, () => {
      this.#resting = false;
      this.#flush();
    });
    const kept = () => this.clock.later(KEPT_WITHIN_MS, () => this.#forget(marks));
    this.send(marks).then(kept, () => {});
  }

  /** @param {Mark[]} marks */
  #forget(marks) {
    for (const mark of marks) {
      const said = this.#said.get(placeOf(mark));
      const isSame = said?.read === mark.read && said.delivered === mark.delivered;
      if (isSame) this.#said.delete(placeOf(mark));
    }
  }
}

/** @param {Map<string, Mark>} marks @param {Mark} mark */
function raise(marks, mark) {
  const { read, delivered } = marks.get(placeOf(mark)) ?? NOWHERE;
  const raised = {
    read: Math.max(read, mark.read),
    delivered: Math.max(delivered, mark.delivered),
  };
  marks.set(placeOf(mark), { ...mark, ...raised });
}

/** @param {Mark} mark */
function placeOf({ conversation, thread }) {
  return thread ? threadIn(conversation, thread) : conversation;
}

export const marker = new Marker((marks) => ask("mark.set", { marks }), wallClock);

/** The person sees this message and all before it. Ignored while the page is hidden. @param {string} id @param {number} seq */
export function see(id, seq) {
  if (!visible.peek()) return;
  if (isThread(id)) seeThread(splitAddress(id), seq);
  else mark({ conversation: id, read: seq, delivered: seq, thread: 0 });
}

/** @param {{conversation: string, thread: number}} place @param {number} seq */
function seeThread({ conversation, thread }, seq) {
  const known = heldIn(world.peek(), conversation);
  const root = known?.entries.find((entry) => entry.seq === thread);
  const read = root?.kind === "message" ? (root.thread?.read ?? 0) : 0;
  const isNews = known?.threads.some((one) => one.thread === thread && one.last <= seq);
  if (seq <= read && !isNews) return;
  change((before) => threadRead(before, { conversation, thread, read: seq }));
  marker.note({ conversation, thread, read: seq, delivered: seq });
}

/** This device has got everything up to here. @param {string} id @param {number} seq */
export function received(id, seq) {
  mark({ conversation: id, read: 0, delivered: seq, thread: 0 });
}

/** Says it, and acts on it at once. @param {Mark} mark */
function mark(mark) {
  const { me, conversations } = world.peek();
  const own = conversations[mark.conversation]?.marks[me] ?? NOWHERE;
  if (!me || (mark.read <= own.read && mark.delivered <= own.delivered)) return;
  change((before) =>
    withConversation(before, mark.conversation, (now) => marked(now, { ...mark, person: me }, me)),
  );
  marker.note(mark);
}
