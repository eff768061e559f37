// Calls of rooms as the log tells them: two lines in the timeline, and the call that goes on. Pure.

import { appended, isNews } from "./entries.js";

/** @typedef {import("./world.js").Conversation} Conversation */
/** @typedef {import("./members.js").NoticeEntry} NoticeEntry */
/** @typedef {import("../protocol/types.js").GroupCall} GroupCall */
/** @typedef {import("../protocol/types.js").CallOpened} CallOpened */
/** @typedef {import("../protocol/types.js").CallJoined} CallJoined */
/** @typedef {import("../protocol/types.js").CallLeft} CallLeft */
/** @typedef {import("../protocol/types.js").CallClosed} CallClosed */
/** @typedef {import("../protocol/types.js").CallChanged} CallChanged */
/** @typedef {import("../protocol/types.js").CallGranted} CallGranted */
/** @typedef {import("../protocol/types.js").PeopleSummoned} PeopleSummoned */
/** @typedef {{call: string, video: boolean, seconds: number, people: string[], called: string[], rang: boolean, barred?: string[], opened?: number}} CallNote what a line says of a call; `called`: by name, and did not come; `barred`: put out; `opened`: seq of its beginning */

export const RING = 45_000; // ms, as a call between two rings
export const MOST_RINGING = 50; // people of a room that rings (MAX_RINGING in chat/group_calls.py)
const MOST_NAMED = 200; // people whom the row of a call names as called (MAX_NAMED there)

/** @type {GroupCall["rights"]} */
export const EVERYTHING = ["speak", "show", "share", "write"];

/** @param {Conversation} conversation @param {CallOpened} body @returns {Conversation} */
export function opened(conversation, body) {
  const { call, author, seq, at, video = false, ring = false } = body;
  const nobody = { attendees: [], granted: {}, admitted: [], barred: [], called: [] };
  const closed = { locked: false, lobby: false };
  return noted(conversation, body, {
    call,
    began: author,
    seq,
    at,
    video,
    ring,
    rights: EVERYTHING,
    ...nobody,
    ...closed,
  });
}

/** @param {Conversation} conversation @param {CallJoined} body @returns {Conversation} */
export function joined(conversation, body) {
  return within(conversation, body, (call) => {
    const { author: person, device, at } = body;
    const was = call.attendees.findIndex((one) => one.person === person);
    const now = { person, device, at: was < 0 ? at : call.attendees[was].at };
    const attendees = was < 0 ? [...call.attendees, now] : call.attendees.with(was, now);
    return { ...call, attendees };
  });
}

/** @param {Conversation} conversation @param {CallLeft} body @returns {Conversation} */
export function left(conversation, body) {
  return within(conversation, body, (call) => {
    const { person, removed = false } = body;
    const stays = call.attendees.filter((one) => one.person !== person);
    const called = call.called.filter((one) => one.person !== person);
    if (!removed) return { ...call, attendees: stays, called };
    const admitted = call.admitted.filter((one) => one !== person);
    const barred = call.barred.includes(person) ? call.barred : [...call.barred, person];
    return { ...call, attendees: stays, admitted, barred, called };
  });
}

/** @param {Conversation} conversation @param {PeopleSummoned} body @returns {Conversation} */
export function summoned(conversation, body) {
  return within(conversation, body, (call) => {
    const { author: by, at, people } = body;
    const others = call.called.filter((one) => !people.includes(one.person));
    const called = [...others, ...people.map((person) => ({ person, by, at }))];
    return { ...call, called: called.slice(-MOST_NAMED) };
  });
}

/** @param {Conversation} conversation @param {CallClosed} body @returns {Conversation} */
export function closed(conversation, body) {
  const on = conversation.gathering?.call === body.call ? null : conversation.gathering;
  return noted(conversation, body, on ?? null);
}

/** @param {Conversation} conversation @param {CallChanged} body @returns {Conversation} */
export function changed(conversation, body) {
  return within(conversation, body, (call) => ({
    ...call,
    locked: body.locked ?? call.locked,
    lobby: body.lobby ?? call.lobby,
    rights: body.rights ?? call.rights,
  }));
}

/** @param {Conversation} conversation @param {CallGranted} body @returns {Conversation} */
export function granted(conversation, body) {
  return within(conversation, body, (call) => {
    const { person, admitted = true, rights = [] } = body;
    const { [person]: _before, ...others } = call.granted;
    const out = call.admitted.filter((one) => one !== person);
    return {
      ...call,
      granted: rights.length ? { ...others, [person]: rights } : others,
      admitted: admitted ? [...out, person] : out,
      barred: admitted ? call.barred.filter((one) => one !== person) : call.barred,
    };
  });
}

/** A line of the list from an event about a call of a room; null if it is none. @param {string} name @param {any} body @returns {NoticeEntry|null} */
export function callLine(name, body) {
  if (name !== "call.opened" && name !== "call.closed") return null;
  const { seq, at, author, call, video = false, seconds = 0, ring: rang = false } = body;
  const { people = [], called = [], barred = [], opened: began = 0 } = body;
  const what = name === "call.opened" ? "opened" : "closed";
  const nothing = { person: "", role: "", changes: {} };
  return {
    kind: "notice",
    seq,
    at,
    author,
    what,
    ...nothing,
    call: { call, video, seconds, people, called, rang, barred, opened: began },
  };
}

/** @param {Conversation} conversation @param {CallOpened|CallClosed} body @param {GroupCall|null} on @returns {Conversation} */
function noted(conversation, body, on) {
  const name = "began" in body ? "call.closed" : "call.opened";
  const line = /** @type {NoticeEntry} */ (callLine(name, body));
  const entries = appended(conversation, line);
  return isNews(conversation, body)
    ? { ...conversation, entries, last: line, gathering: on }
    : { ...conversation, entries };
}

/** @param {Conversation} conversation @param {{seq: number, call: string}} body @param {(call: GroupCall) => GroupCall} step @returns {Conversation} */
function within(conversation, body, step) {
  const on = conversation.gathering;
  if (!isNews(conversation, body) || on?.call !== body.call) return conversation;
  return { ...conversation, gathering: step(on) };
}
