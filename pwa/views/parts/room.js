/** What every view says of a room: its name, its picture, and the quiet lines about who came and went. */

import { attendanceOf } from "../../state/attendance.js";
import { doing } from "../../state/gathering.js";
import { hasMissed } from "../../state/gathering-called.js";
import { MOST_RINGING } from "../../state/gatherings.js";
import { EVERYONE } from "../../state/members.js";
import { hue, initials, person } from "../../state/people.js";
import { mayWrite, memberCount, ownRole, room } from "../../state/rooms.js";
import { me } from "../../state/session.js";
import { isBusy, isHere } from "../../state/stage.js";
import { conversationIn } from "../../state/world.js";
import { strings } from "../../strings.js";
import { html } from "./html.js";
import { allOf } from "./locale.js";
import { length } from "./time.js";

const HUES = 10; // colours in tokens.css
const NAMED = 3; // people of a call that is over

/** @typedef {import("../../state/world.js").RoomCard} RoomCard */
/** @typedef {import("../../state/members.js").NoticeEntry} Notice */

/** What a conversation is called. @param {{title: string, room: RoomCard|null}} row */
export function titleOf({ title, room }) {
  return title || (room ? roomTitle(room) : "");
}

/** @param {Pick<RoomCard, "conversation"|"title">} room */
export function roomTitle({ conversation, title }) {
  return title || (conversation === EVERYONE ? strings.rooms.everyone : strings.rooms.room);
}

/** The same for who knows only its id. @param {string} conversation */
export const nameOfRoom = (conversation) =>
  roomTitle(room(conversation).value ?? { conversation, title: "" });

/**
 * A room's square-ish picture: its own, or letters on a colour that follows from its id.
 * @param {{room: RoomCard, size?: "small"|"medium"|""|"large"|"huge"}} props
 */
export function RoomAvatar({ room: card, size = "" }) {
  const shade = Math.floor((hue(card.conversation) / 360) * HUES);
  return html`<span class=${`avatar room ${size}`} data-hue=${shade}>
    ${
      card.picture
        ? html`<img src=${`/api/files/${card.picture}/thumbnail`} alt="" width="112" height="112" loading="lazy" decoding="async" />`
        : html`<span aria-hidden="true">${initials(roomTitle(card))}</span>`
    }
  </span>`;
}

/** What happened, as a sentence. @param {Notice} notice @param {string} id of the room */
export function noticeWords(notice, id) {
  const says = strings.rooms.notice;
  const byMe = notice.author === me.value.id;
  const by = person(notice.author).value.name;
  const isMe = notice.person === me.value.id;
  const whom = notice.person ? person(notice.person).value.name : "";
  if (notice.what === "created") {
    if (!notice.author) return says.everyone;
    return byMe ? says.createdByMe : says.created(by);
  }
  if (notice.what === "opened" || notice.what === "closed") return callWords(notice, by, byMe, id);
  if (notice.what === "role") return roleWords(notice.role, whom, isMe);
  if (notice.what === "changed") return changeWords(notice, by, byMe);
  const itself = notice.author === notice.person;
  if (notice.what === "joined") {
    if (itself) return isMe ? says.joinedMe : says.joined(whom);
    if (isMe) return says.addedMe(by);
    return byMe ? says.addedByMe(whom) : says.added(by, whom);
  }
  if (itself) return isMe ? says.leftMe : says.left(whom);
  if (isMe) return says.removedMe(by);
  if (!notice.author) return says.gone(whom);
  return byMe ? says.removedByMe(whom) : says.removed(by, whom);
}

/** @param {Notice} notice @param {string} by @param {boolean} byMe @param {string} id */
function callWords({ what, call }, by, byMe, id) {
  const says = strings.rooms.notice;
  if (!call) return "";
  if (what === "opened" && call.video) return byMe ? says.videoCallByMe : says.videoCall(by);
  if (what === "opened") return byMe ? says.callByMe : says.call(by);
  const names = call.people.slice(0, NAMED).map((one) => person(one).value.name);
  const more = call.people.length - names.length;
  const say = isMissed(call, id) ? says.callMissed : says.callOver;
  return say(length(call.seconds), allOf(more ? [...names, says.andOthers(more)] : names));
}

/** Whether oneself missed it. @param {NonNullable<Notice["call"]>} call @param {string} id of the room */
function isMissed(call, id) {
  const { id: self } = me.value;
  return hasMissed(call, self, conversationIn(id).value?.marks[self]?.since);
}

/** @param {string} role @param {string} whom @param {boolean} isMe */
function roleWords(role, whom, isMe) {
  const says = strings.rooms.notice;
  if (role === "owner") return isMe ? says.ownerMe : says.owner(whom);
  if (role === "moderator") return isMe ? says.moderatorMe : says.moderator(whom);
  return isMe ? says.memberMe : says.member(whom);
}

/** @param {Notice} notice @param {string} by @param {boolean} byMe */
function changeWords({ changes }, by, byMe) {
  const says = strings.rooms.notice;
  if (changes.title) return byMe ? says.titleByMe(changes.title) : says.title(by, changes.title);
  if (changes.topic) return byMe ? says.topicByMe(changes.topic) : says.topic(by, changes.topic);
  if (changes.topic === "") return byMe ? says.noTopicByMe : says.noTopic(by);
  if (changes.picture !== undefined) return byMe ? says.pictureByMe : says.picture(by);
  if (Object.keys(changes).length === 0) return says.everyoneOn;
  return byMe ? says.rulesByMe : says.rules(by);
}

/** @param {{item: import("../../state/messages.js").NoticeItem, id: string}} props */
export function NoticeEntry({ item, id }) {
  const { what, call } = item.entry;
  const on = call ? conversationIn(id).value?.gathering : null;
  const closed = what === "closed" && call && ownRole(id).value !== "member";
  const table = () => {
    attendanceOf.value = { conversation: id, call: call?.call ?? "", seq: item.seq };
  };
  const join = what === "opened" && on && on.call === call?.call && !isHere(on.call);
  const missed = what === "closed" && call && isMissed(call, id);
  const again = missed && !on && !isBusy.value && mayWrite(id).value;
  const ring = call?.rang && memberCount(id).value <= MOST_RINGING;
  const start = (/** @type {import("../../state/gathering.js").Wish} */ wish) => () =>
    doing.start(id, wish);
  return html`<p class="notice" data-key=${item.key} data-seq=${item.seq}>
    <span dir="auto">${noticeWords(item.entry, id)}</span>
    ${closed && html`<button type="button" class="button quiet" onClick=${table}>${strings.attendance.title}</button>`}
    ${join && html`<button type="button" class="button quiet" onClick=${start({ video: false })}>${strings.gathering.join}</button>`}
    ${again && html`<button type="button" class="button quiet" onClick=${start({ video: call.video, ring })}>${strings.calls.again}</button>`}
  </p>`;
}
