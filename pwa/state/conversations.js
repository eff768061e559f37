// The list of conversations, with the people not yet written to at its end.

import { computed } from "@preact/signals-core";
import { directId, peerIn } from "../protocol/ids.js";
import { draft } from "./drafts.js";
import { pending } from "./outbox.js";
import { everyone, person } from "./people.js";
import { tick } from "./reading.js";
import { callItem } from "./ringing.js";
import { typists } from "./typing.js";
import { blank, byId, conversationIn, world } from "./world.js";

export { listed, loadMore, show } from "./loading.js";
export { current } from "./screen.js";

/** @typedef {import("./world.js").Person} Person */
/** @typedef {import("./world.js").Conversation} Conversation */
/** @typedef {import("./outbox.js").Pending} Pending */
/**
 * @typedef {object} Preview the last line of a conversation
 * @property {boolean} mine
 * @property {"text"|"file"|"picture"|"call"} kind
 * @property {string} text the message's
 * @property {string} name the first file's
 * @property {number} count files
 * @property {""|"queued"|"sending"|"failed"|"sent"|"delivered"|"read"} state of one's own message
 * @property {import("./ringing.js").CallItem} [call]
 */
/**
 * @typedef {object} Row
 * @property {string} id
 * @property {string} kind
 * @property {string} title
 * @property {Person|null} peer the other one of a direct conversation
 * @property {boolean} written false while nobody has said anything
 * @property {number} at of the last line, ms; 0 without one
 * @property {number} unread up to 100, which means "99+"
 * @property {Preview|null} preview
 * @property {Person[]} typing
 * @property {string} draft
 * @property {import("./world.js").StandingCall|null} call
 */

/** The direct conversation with a person. @param {string} id */
export function directWith(id) {
  return directId(world.value.me, id);
}

/** The other person of a direct conversation, "" if it is none. @param {string} conversation */
export function peerOf(conversation) {
  return peerIn(conversation, world.value.me);
}

/** One row, also of a direct conversation that nobody has begun. @type {(id: string) => import("./world.js").Sig<Row>} */
export const conversation = byId((id) => {
  const known = conversationIn(id).value ?? blank(id);
  const waiting = lastPending(id).value;
  const peer = peerOf(id) ? person(peerOf(id)).value : null;
  return {
    id,
    kind: known.kind,
    title: peer?.name ?? "",
    peer,
    written: known.head > 0 || waiting !== undefined,
    at: waiting?.at ?? known.last?.at ?? known.call?.at ?? 0,
    unread: known.unread,
    preview: waiting ? previewOfPending(waiting) : previewOf(known, world.value.me),
    typing: typists(id).value,
    draft: draft(id).value,
    call: known.call,
  };
});

/** Newest first, then those not yet written to, by name. */
export const conversationList = computed(() => {
  const ids = new Set(pending.value.map((one) => one.conversation));
  for (const { id, kind, head } of Object.values(world.value.conversations)) {
    if ((kind === "direct" || kind === "room") && head > 0) ids.add(id);
  }
  const rows = [...ids].map((id) => conversation(id).value).sort((a, b) => b.at - a.at);
  const fresh = everyone.value.map(({ id }) => directWith(id)).filter((id) => !ids.has(id));
  return [...rows, ...fresh.map((id) => conversation(id).value)];
});

const lastPending = byId((id) => pending.value.findLast((one) => one.conversation === id));

/** @param {Pending} item @returns {Preview} */
function previewOfPending({ text, files, state }) {
  const shown = files.map(({ name, blob }) => ({ name, type: blob.type }));
  return { ...previewOfMessage(text, shown), mine: true, state };
}

/** @param {Conversation} conversation @param {string} me @returns {Preview|null} */
function previewOf(conversation, me) {
  const { last } = conversation;
  if (!last) return null;
  const mine = last.author === me;
  if (last.kind === "call")
    return {
      mine,
      kind: "call",
      text: "",
      name: "",
      count: 0,
      state: "",
      call: callItem(last, me),
    };
  const state = mine ? tick(conversation, last.seq, me) : "";
  return { ...previewOfMessage(last.text, last.files), mine, state };
}

/** @param {string} text @param {{name: string, type: string}[]} files @returns {Pick<Preview, "kind"|"text"|"name"|"count">} */
function previewOfMessage(text, files) {
  const count = files.length;
  if (count === 0) return { kind: "text", text, name: "", count };
  const allPictures = files.every(({ type }) => type.startsWith("image/"));
  return { kind: allPictures ? "picture" : "file", text, name: files[0].name, count };
}
