// What every event does to what we know. Live, pulled, cached and own events all pass here, and nothing else decides:
// pure in name and body, so that old state + events == fresh state can be tested.

import { claimAsked, claimSettled } from "./claims.js";
import { deviceAdded, deviceRevoked } from "./devices.js";
import { created, sent } from "./entries.js";
import { personChanged, presenceChanged } from "./people.js";
import { marked } from "./reading.js";
import { ended, pickedUp, rang } from "./ringing.js";
import { saidIt, typingChanged } from "./typing.js";
import { blank, emptyWorld, withConversation } from "./world.js";

/** @typedef {import("./world.js").World} World */
/** @typedef {import("./world.js").Conversation} Conversation */
/** @typedef {(before: World, body: any) => World} Reducer */

/** @type {Record<string, Reducer>} */
const REDUCERS = {
  hello: askedAgain,
  "conversation.created": logged(created),
  "message.sent": both(logged(sent), saidIt),
  "call.rang": logged(rang),
  "call.picked_up": logged(pickedUp),
  "call.ended": logged(ended),
  "mark.changed": marks,
  "person.changed": personChanged,
  "device.added": both(logged(nothing), deviceAdded),
  "device.revoked": both(logged(nothing), deviceRevoked),
  "presence.changed": presenceChanged,
  "typing.changed": typingChanged,
  "claim.asked": claimAsked,
  "claim.settled": claimSettled,
};

/** Told and heard, but nothing that is kept here. */
const PASSING = new Set([
  "directory.moved",
  "call.alerted",
  "call.offered",
  "call.answered",
  "call.candidate",
]);

/** @type {Set<string>} */
const warned = new Set();

/**
 * The world after an event. An event this page does not know is ignored with one warning: the server may be newer.
 * @param {World} before
 * @param {string} name
 * @param {object} body
 * @returns {World}
 */
export function apply(before, name, body) {
  if (Object.hasOwn(REDUCERS, name)) return REDUCERS[name](before, body);
  if (!PASSING.has(name) && !warned.has(name)) {
    warned.add(name);
    console.warn(`This page does not know the event ${name}; a newer one will.`);
  }
  return before;
}

/**
 * What these events leave of a conversation of which nothing else is known.
 * @param {string} id
 * @param {string} me
 * @param {{name: string, body: object}[]} events in order
 * @returns {Conversation}
 */
export function folded(id, me, events) {
  const after = events.reduce(
    (before, { name, body }) => apply(before, name, body),
    emptyWorld(me),
  );
  return after.conversations[id] ?? blank(id);
}

/**
 * A reducer of one conversation; its head moves along.
 * @param {(conversation: Conversation, body: any, me: string) => Conversation} step
 * @returns {Reducer}
 */
function logged(step) {
  return (before, body) =>
    withConversation(before, body.conversation, (conversation) => {
      const head = Math.max(conversation.head, body.seq);
      return { ...step(conversation, body, before.me), head };
    });
}

/** On a new connection what passes is told anew; what was settled meanwhile is not told at all. @type {Reducer} */
function askedAgain(before) {
  return { ...before, claims: [], typing: {} };
}

/** Marks of a conversation that is not in the list yet come again with its row. @type {Reducer} */
function marks(before, body) {
  const conversation = before.conversations[body.conversation];
  if (!conversation) return before;
  return withConversation(before, body.conversation, () => marked(conversation, body, before.me));
}

/** @param {Reducer} one @param {Reducer} other @returns {Reducer} */
function both(one, other) {
  return (before, body) => other(one(before, body), body);
}

/** @param {Conversation} conversation */
function nothing(conversation) {
  return conversation;
}
