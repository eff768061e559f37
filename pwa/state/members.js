// What the log tells of a room itself: who came and went, their roles, its name and rules. All pure. Each is a quiet line in
// the timeline, and the summary moves along: the same steps as the server's chat/members.py and chat/rooms.py.

import { appended } from "./entries.js";

/** @typedef {import("./world.js").Conversation} Conversation */
/** @typedef {import("./world.js").RoomCard} RoomCard */
/** @typedef {import("../protocol/types.js").ConversationCreated} Created */
/** @typedef {import("../protocol/types.js").ConversationChanged} Changed */
/** @typedef {import("../protocol/types.js").MemberJoined} Joined */
/** @typedef {import("../protocol/types.js").MemberLeft} Left */
/** @typedef {import("../protocol/types.js").MemberChanged} RoleChanged */
/** @typedef {Partial<Pick<RoomCard, "title"|"topic"|"picture"|"public"|"announcements"|"history">>} Changes */
/**
 * @typedef {object} NoticeEntry a line about the room, said by nobody
 * @property {"notice"} kind
 * @property {number} seq
 * @property {number} at
 * @property {string} author who did it
 * @property {"created"|"changed"|"joined"|"left"|"role"|"opened"|"closed"} what
 * @property {string} person whom it is about, "" for the room
 * @property {string} role
 * @property {Changes} changes
 * @property {import("./gatherings.js").CallNote} [call] what was opened or closed
 */

export const MAX_MARKED = 20; // members: in a larger room only one's own mark is told
export const MAX_NAMED = 50; // members: of a larger room the list names nobody
export const EVERYONE = "room.reveryoneaaaaa"; // the room of the whole house

/** @type {(keyof Changes)[]} */
const CARD = ["title", "topic", "picture", "public", "announcements", "history"];

/** A room from its first event. @param {Conversation} conversation @param {Created} body @param {string} me @returns {Conversation} */
export function furnished(conversation, body, me) {
  const { author, members, seq } = body;
  const card = /** @type {RoomCard} */ (changesOf(body));
  const owner = members.length ? author : "";
  const at = { read: seq, delivered: seq, since: seq };
  const after = noted(conversation, noticeOf("created", body));
  if (isOld(conversation, body)) return after;
  return settled(
    {
      ...after,
      room: {
        ...card,
        conversation: body.conversation,
        owner,
        moderators: [],
        size: members.length,
      },
      members,
      marks: Object.fromEntries(members.map((person) => [person, at])),
    },
    me,
  );
}

/** @param {Conversation} conversation @param {Changed} body @returns {Conversation} */
export function changed(conversation, body) {
  const after = noted(conversation, noticeOf("changed", body));
  if (isOld(conversation, body) || !after.room) return after;
  return { ...after, room: { ...after.room, ...changesOf(body) }, out: body.closed === true };
}

/** What was said before somebody joined does not wait for them. @param {Conversation} conversation @param {Joined} body @param {string} me @returns {Conversation} */
export function joined(conversation, body, me) {
  if (body.room) return conversation;
  const after = noted(conversation, noticeOf("joined", body));
  if (isOld(conversation, body) || !after.room) return after;
  const { person, seq } = body;
  const isNamed = after.members.length === after.room.size;
  return settled(
    {
      ...after,
      room: { ...after.room, size: after.room.size + 1 },
      members: isNamed ? [...after.members, person] : [],
      marks: { ...after.marks, [person]: { read: seq, delivered: seq, since: seq } },
      out: person === me ? false : after.out,
    },
    me,
  );
}

/** @param {Conversation} conversation @param {Left} body @param {string} me @returns {Conversation} */
export function left(conversation, body, me) {
  if (body.room) return conversation;
  const after = noted(conversation, noticeOf("left", body));
  if (isOld(conversation, body) || !after.room) return after;
  const { person } = body;
  const { [person]: _gone, ...marks } = after.marks;
  const { owner, moderators, size } = after.room;
  return settled(
    {
      ...after,
      room: {
        ...after.room,
        size: size - 1,
        owner: owner === person ? "" : owner,
        moderators: moderators.filter((one) => one !== person),
      },
      members: after.members.filter((one) => one !== person),
      marks,
      out: person === me ? true : after.out,
      gathering: person === me ? null : after.gathering,
    },
    me,
  );
}

/** @param {Conversation} conversation @param {RoleChanged} body @returns {Conversation} */
export function roleChanged(conversation, body) {
  const after = noted(conversation, noticeOf("role", body));
  if (isOld(conversation, body) || !after.room) return after;
  const { person, role } = body;
  const { owner } = after.room;
  const others = after.room.moderators.filter((one) => one !== person);
  const moderators = role === "moderator" ? [...others, person] : others;
  if (role !== "owner") return { ...after, room: { ...after.room, moderators } };
  const before = owner ? [...others, owner] : others;
  return { ...after, room: { ...after.room, owner: person, moderators: before } };
}

/** A line of the list from an event about a room; null if it is none. @param {string} name @param {any} body @returns {NoticeEntry|null} */
export function noticeLine(name, body) {
  const what = LINES[name];
  if (!what || body.room || (what === "created" && body.kind !== "room")) return null;
  return noticeOf(what, body);
}

/** Whether only a few are there, who hear each other's marks. @param {Conversation} conversation */
export function isSmall({ room }) {
  return !room || room.size <= MAX_MARKED;
}

/** @type {Record<string, NoticeEntry["what"]>} */
const LINES = {
  "conversation.created": "created",
  "conversation.changed": "changed",
  "member.joined": "joined",
  "member.left": "left",
  "member.changed": "role",
};

/** Where too many are to name, nobody is; and of a large room only one's own mark stands. @param {Conversation} conversation @param {string} me */
function settled(conversation, me) {
  const { members, marks, room } = conversation;
  const size = room?.size ?? 0;
  const own = me in marks ? { [me]: marks[me] } : {};
  return {
    ...conversation,
    members: size > MAX_NAMED ? [] : members,
    marks: size > MAX_MARKED ? own : marks,
  };
}

/** @param {Conversation} conversation @param {NoticeEntry} notice @returns {Conversation} */
function noted(conversation, notice) {
  const entries = appended(conversation, notice);
  return isOld(conversation, notice)
    ? { ...conversation, entries }
    : { ...conversation, entries, last: notice };
}

/** @param {Conversation} conversation @param {{seq: number}} body */
function isOld(conversation, { seq }) {
  return seq <= conversation.head;
}

/** @param {NoticeEntry["what"]} what @param {any} body @returns {NoticeEntry} */
function noticeOf(what, body) {
  const { seq, at, author, person = "", role = "" } = body;
  return { kind: "notice", seq, at, author, what, person, role, changes: changesOf(body) };
}

/** What of a card an event names. @param {any} body @returns {Changes} */
function changesOf(body) {
  const named = CARD.filter((name) => body[name] !== undefined && body[name] !== null);
  return Object.fromEntries(named.map((name) => [name, body[name]]));
}
