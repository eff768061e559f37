// The list of conversations, with the people not yet written to at its end.

import { computed } from "@preact/signals-core";
import { isThread } from "../protocol/address.js";
import { directId, peerIn } from "../protocol/ids.js";
import { isBlocked } from "./blocks.js";
import { draft } from "./drafts.js";
import { messageAt } from "./fetched.js";
import { pending } from "./outbox.js";
import { everyone, person } from "./people.js";
import { tick } from "./reading.js";
import { callItem } from "./ringing.js";
import { typists } from "./typing.js";
import { noteIn } from "./unsent.js";
import { blank, byId, conversationIn, ownId, world } from "./world.js";

export { hide, listed, loadMore, show } from "./loading.js";
export { current } from "./screen.js";

/** @typedef {import("./world.js").Person} Person */
/** @typedef {import("./world.js").Conversation} Conversation */
/** @typedef {import("./outbox.js").Pending} Pending */
/**
 * @typedef {object} Preview the last line of a conversation
 * @property {boolean} mine
 * @property {"text"|"deleted"|"blocked"|"file"|"picture"|"voice"|"poll"|"call"|"notice"} kind
 * @property {string} text the message's
 * @property {string} name the first file's
 * @property {number} count files
 * @property {number} seconds of a voice message
 * @property {""|"queued"|"sending"|"failed"|"sent"|"delivered"|"read"} state of one's own message
 * @property {import("./ringing.js").CallItem} [call]
 * @property {import("./members.js").NoticeEntry} [notice]
 * @property {Person|null} [author] who said it, in a room
 */
/**
 * @typedef {object} Row
 * @property {string} id
 * @property {string} kind
 * @property {string} title "" of the room of the whole house, until it is named
 * @property {Person|null} peer the other one of a direct conversation
 * @property {import("./world.js").RoomCard|null} room
 * @property {boolean} written false while nobody has said anything, or begun to
 * @property {number} at of the last line, ms; 0 without one
 * @property {number} unread up to 100, which means "99+"
 * @property {Preview|null} preview
 * @property {Person[]} typing
 * @property {string} draft
 * @property {number} recorded seconds of what was recorded and not sent, 0 without it
 * @property {import("./world.js").StandingCall|null} call
 */

/** The direct conversation with a person. @param {string} id */
export function directWith(id) {
  return directId(ownId.value, id);
}

/** The other person of a direct conversation, "" if it is none. @param {string} conversation */
export function peerOf(conversation) {
  return peerIn(conversation, ownId.value);
}

/** One row, also of a direct conversation that nobody has begun; the same until something about it changes. @type {(id: string) => import("./world.js").Sig<Row>} */
export const conversation = byId((id) => {
  const known = conversationIn(id).value ?? blank(id);
  const waiting = lastPending(id).value;
  const peer = peerOf(id) ? person(peerOf(id)).value : null;
  const begun = draft(id).value;
  const recorded = secondsOf(noteIn(id).value?.voice);
  return {
    id,
    kind: known.kind,
    title: peer?.name ?? known.room?.title ?? "",
    peer,
    room: known.room ?? null,
    written: known.head > 0 || waiting !== undefined || begun !== "" || recorded > 0,
    at: waiting?.at ?? known.last?.at ?? known.call?.at ?? 0,
    unread: known.unread,
    preview: waiting ? previewOfPending(waiting) : previewOf(known, ownId.value),
    typing: typists(id).value,
    draft: begun,
    recorded,
    call: known.call,
  };
});

/** Newest first, then those not yet written to, by name. */
export const conversationList = computed(() => {
  const waiting = pending.value.map((one) => one.conversation);
  const ids = new Set(waiting.filter((id) => !isThread(id) && peerOf(id))); // a room that waits for us is one we are in
  for (const { id, kind, head } of Object.values(world.value.conversations)) {
    if ((kind === "direct" || kind === "room") && head > 0) ids.add(id);
  }
  const rows = [...ids].map((id) => conversation(id).value).sort((a, b) => b.at - a.at);
  const fresh = everyone.value.map(({ id }) => directWith(id)).filter((id) => !ids.has(id));
  return [...rows, ...fresh.map((id) => conversation(id).value)];
});

const lastPending = byId((id) => pending.value.findLast((one) => one.conversation === id));

/** @param {Pending} item @returns {Preview} */
function previewOfPending({ text, files, voice, forward, poll, state }) {
  const carried = forward && messageAt(forward.conversation, forward.seq).value;
  if (carried)
    return { ...previewOfMessage(carried.text, carried.files, carried.voice), mine: true, state };
  const shown = files.map(({ name, blob }) => ({ name, type: blob.type }));
  return { ...previewOfMessage(text, shown, voice, poll), mine: true, state };
}

/** What somebody one has blocked said in a room. @type {Preview} */
const FOLDED = {
  mine: false,
  kind: "blocked",
  text: "",
  name: "",
  count: 0,
  seconds: 0,
  state: "",
};

/** @param {Conversation} conversation @param {string} me @returns {Preview|null} */
function previewOf(conversation, me) {
  const { last } = conversation;
  if (!last) return null;
  if (last.kind === "message" && conversation.kind !== "direct" && isBlocked(last.author).value)
    return FOLDED;
  const mine = last.author === me;
  const nothing = { text: "", name: "", count: 0, seconds: 0, state: /** @type {const} */ ("") };
  if (last.kind === "call") return { ...nothing, mine, kind: "call", call: callItem(last, me) };
  if (last.kind === "notice") return { ...nothing, mine: false, kind: "notice", notice: last };
  if (last.deleted) return { ...nothing, mine: false, kind: "deleted" };
  const state = mine ? tick(conversation, last.seq, me) : "";
  const author = conversation.room && !mine ? person(last.author).value : null;
  return { ...previewOfMessage(last.text, last.files, last.voice, last.poll), mine, state, author };
}

/**
 * @param {string} text
 * @param {{name: string, type: string}[]} files
 * @param {import("../protocol/types.js").Voice|null} [voice]
 * @param {import("../protocol/types.js").Poll|null} [poll]
 * @returns {Pick<Preview, "kind"|"text"|"name"|"count"|"seconds">}
 */
function previewOfMessage(text, files, voice, poll) {
  const count = files.length;
  const seconds = secondsOf(voice);
  if (count === 0) return { kind: poll ? "poll" : "text", text, name: "", count, seconds };
  const allPictures = files.every(({ type }) => type.startsWith("image/"));
  const kind = voice ? "voice" : allPictures ? "picture" : "file";
  return { kind, text, name: files[0].name, count, seconds };
}

/** @param {import("../protocol/types.js").Voice|null} [voice] at least 1, 0 without one */
function secondsOf(voice) {
  return voice ? Math.max(1, Math.round(voice.milliseconds / 1000)) : 0;
}
