// Calls as the log tells them: the entry in the timeline, and the call that rings or goes on. Media is call/'s.

import { computed } from "@preact/signals-core";
import { appended, endedLine, isNews, targeted } from "./entries.js";
import { world } from "./world.js";

/** @typedef {import("./world.js").Conversation} Conversation */
/** @typedef {import("./world.js").StandingCall} StandingCall */
/** @typedef {import("./entries.js").Entry} Entry */
/** @typedef {import("../protocol/types.js").CallRang} CallRang */
/** @typedef {import("../protocol/types.js").CallPickedUp} CallPickedUp */
/** @typedef {import("../protocol/types.js").CallRelayed} CallRelayed */
/** @typedef {import("../protocol/types.js").CallEnded} CallEnded */

/** Every call that rings or goes on in one's conversations, whoever began it and whenever it was learnt of. */
export const standingCalls = computed(() =>
  Object.values(world.value.conversations).flatMap(({ id, call }) =>
    call ? [{ conversation: id, call }] : [],
  ),
);

/** @param {Conversation} conversation @param {CallRang} body @returns {Conversation} */
export function rang(conversation, body) {
  const { seq, at, author, call, video, device } = body;
  /** @type {Entry} */
  const entry = { kind: "call", seq, at, author, call, video, state: "ringing", seconds: 0 };
  const entries = appended(conversation, entry);
  if (!isNews(conversation, body)) return { ...conversation, entries };
  const standing = {
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
  return { ...conversation, entries, call: standing };
}

/** @param {Conversation} conversation @param {CallPickedUp} body @returns {Conversation} */
export function pickedUp(conversation, body) {
  const after = targeted(conversation, "call.picked_up", body, (entry) => inState(entry, "going"));
  if (!isNews(conversation, body) || after.call?.call !== body.call) return after;
  return { ...after, call: { ...after.call, picked_up_by: body.device, since: body.at } };
}

/** @param {Conversation} conversation @param {CallRelayed} body @returns {Conversation} */
export function relayed(conversation, body) {
  if (!isNews(conversation, body) || conversation.call?.call !== body.call) return conversation;
  return { ...conversation, call: { ...conversation.call, relayed: true } };
}

/** @param {Conversation} conversation @param {CallEnded} body @returns {Conversation} */
export function ended(conversation, body) {
  const after = targeted(conversation, "call.ended", body, (entry) =>
    inState(entry, body.reason, body.seconds),
  );
  if (!isNews(conversation, body)) return after;
  const call = after.call?.call === body.call ? null : after.call;
  return { ...after, call, last: endedLine(body) };
}

/** @param {Entry} entry @param {import("./entries.js").CallState} state @returns {Entry} */
function inState(entry, state, seconds = 0) {
  return entry.kind === "call" ? { ...entry, state, seconds } : entry;
}

/** @typedef {{type: "call", key: string, mine: boolean, begins: boolean} & Omit<import("./entries.js").CallEntry, "kind">} CallItem */

/** A call as timelines and previews show it. @param {import("./entries.js").CallEntry} entry @param {string} me @returns {CallItem} */
export function callItem({ kind, ...call }, me) {
  return { type: kind, key: call.call, mine: call.author === me, begins: false, ...call };
}
