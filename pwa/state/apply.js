// What every event does to what we know. Live, pulled, cached and own events all pass here, and nothing else decides:
// pure in name and body, so that old state + events == fresh state can be tested.

import { isThread } from "../protocol/address.js";
import { blockChanged } from "./blocks.js";
import { claimAsked, claimSettled } from "./claims.js";
import { deviceAdded, deviceChanged, deviceRevoked } from "./devices.js";
import { deleted, edited } from "./editing.js";
import { created, sent } from "./entries.js";
import * as gatherings from "./gatherings.js";
import { changed, joined, left, roleChanged } from "./members.js";
import { named, unnamed } from "./named.js";
import { personChanged, presenceChanged } from "./people.js";
import { pinned } from "./pins.js";
import { closed, voted } from "./polls.js";
import { preferenceChanged } from "./preferences.js";
import { reacted } from "./reactions.js";
import { marked } from "./reading.js";
import { ended, pickedUp, rang, relayed } from "./ringing.js";
import {
  answered,
  answerTakenBack,
  inThreads,
  saidThere,
  threadFollowed,
  threadMoved,
  threadRead,
  unnamedThere,
} from "./threads.js";
import { saidIt, typingChanged } from "./typing.js";
import { blank, emptyWorld, heldIn, withConversation } from "./world.js";

/** @typedef {import("./world.js").World} World */
/** @typedef {import("./world.js").Conversation} Conversation */
/** @typedef {(before: World, body: any) => World} Reducer */

/** @type {Record<string, Reducer>} */
const REDUCERS = {
  hello: askedAgain,
  "conversation.created": logged(created),
  "conversation.changed": logged(changed),
  "member.joined": logged(joined),
  "member.left": logged(left),
  "member.changed": logged(roleChanged),
  "message.sent": both(both(both(logged(said), named), saidIt), saidThere),
  "message.edited": logged(edited),
  "message.deleted": both(both(logged(takenBack), unnamed), unnamedThere),
  "reaction.changed": logged(reacted),
  "pin.changed": logged(pinned),
  "vote.changed": logged(voted),
  "poll.closed": logged(closed),
  hidden: logged(nothing),
  "call.rang": logged(rang),
  "call.picked_up": logged(pickedUp),
  "call.relayed": logged(relayed),
  "call.ended": logged(ended),
  "call.opened": logged(gatherings.opened),
  "call.joined": logged(gatherings.joined),
  "call.left": logged(gatherings.left),
  "call.closed": logged(gatherings.closed),
  "call.changed": logged(gatherings.changed),
  "call.granted": logged(gatherings.granted),
  "call.summoned": logged(gatherings.summoned),
  "mark.changed": marks,
  "thread.moved": threadMoved,
  "thread.followed": both(logged(nothing), threadFollowed),
  "person.changed": personChanged,
  "device.added": both(logged(nothing), deviceAdded),
  "device.changed": both(logged(nothing), deviceChanged),
  "device.revoked": both(logged(nothing), deviceRevoked),
  "preference.changed": both(logged(nothing), preferenceChanged),
  "block.changed": both(logged(nothing), blockChanged),
  "presence.changed": presenceChanged,
  "typing.changed": typingChanged,
  "claim.asked": claimAsked,
  "claim.settled": claimSettled,
};

/** Told and heard, but nothing that is kept here. */
const PASSING = new Set([
  "directory.moved",
  "offer.ended",
  "call.alerted",
  "call.offered",
  "call.answered",
  "call.candidate",
  "call.shown",
  "call.media",
  "call.spoke",
  "call.videos",
  "call.silenced",
  "call.deferred",
  "echo.offered",
  "call.knocked",
  "call.cheered",
  "call.declined",
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
  const begun = isThread(id) ? { ...emptyWorld(me), threads: { [id]: blank(id) } } : emptyWorld(me);
  const after = events.reduce((before, { name, body }) => apply(before, name, body), begun);
  return heldIn(after, id) ?? blank(id);
}

/**
 * A reducer of one conversation; its head moves along.
 * @param {(conversation: Conversation, body: any, me: string) => Conversation} step
 * @returns {Reducer}
 */
function logged(step) {
  return (before, body) => {
    const after = withConversation(before, body.conversation, (conversation) => {
      const head = Math.max(conversation.head, body.seq);
      return { ...step(conversation, body, before.me), head };
    });
    return body.target && step !== said ? inThreads(after, body, step) : after;
  };
}

/** Said here, or in a thread of it. @param {Conversation} conversation @param {any} body @param {string} me */
function said(conversation, body, me) {
  return body.target ? answered(conversation, body, me) : sent(conversation, body, me);
}

/** Taken back here, or in a thread of it. @param {Conversation} conversation @param {any} body @param {string} me */
function takenBack(conversation, body, me) {
  const after = deleted(conversation, body, me);
  return body.thread ? answerTakenBack(after, body) : after;
}

/** On a new connection what passes is told anew; what was settled meanwhile is not told at all. @type {Reducer} */
function askedAgain(before) {
  return { ...before, claims: [], typing: {} };
}

/** Marks of a conversation that is not in the list yet come again with its row. @type {Reducer} */
function marks(before, body) {
  if (body.thread) return body.person === before.me ? threadRead(before, body) : before;
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
