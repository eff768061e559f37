/** What can be done with a message, one entry each: the menu shows those that fit. A new one is a line here. */

import { conversationOf, splitAddress } from "../protocol/address.js";
import { edit, isEditable, replyTo } from "../state/composing.js";
import { discard, retry } from "../state/outbox.js";
import { pin } from "../state/pinning.js";
import { mayWrite, ownRole, room } from "../state/rooms.js";
import { closePoll } from "../state/voting.js";
import { strings } from "../strings.js";
import { copy } from "./parts/clipboard.js";
import { go, messageHref, threadHref } from "./parts/route.js";

/** @typedef {import("../state/messages.js").MessageItem} MessageItem */
/** @typedef {import("./parts/icon.js").IconName} IconName */
/** @typedef {"picker"|"details"|"reactors"|"delete"|"forward"} Panel what the menu gives way to */
/** @typedef {{id: string, item: MessageItem, show: (panel: Panel) => void}} Context */
/**
 * @typedef {object} Action
 * @property {string} name
 * @property {IconName} icon
 * @property {(item: MessageItem, id: string) => boolean} fits `id`: of the conversation
 * @property {() => string} words read while it is drawn
 * @property {(context: Context) => unknown} act the menu closes after it, unless it shows a panel
 */

/** Stands on the server, and still says something. @param {MessageItem} item */
const stands = ({ seq, deleted }) => seq > 0 && !deleted;

/** Not yet on the server, and perhaps never. @param {MessageItem} item */
const waits = ({ seq, state }) => seq === 0 && state !== "sent";

/** Whether there is a thread under it to be read. @param {MessageItem} item */
const answered = (item) => stands(item) && (item.thread?.count ?? 0) > 0;

/** Whether there is anything to be done with it. @param {MessageItem} item @param {string} id */
export function hasMenu(item, id) {
  return ACTIONS.some(({ fits }) => fits(item, id));
}

/** Whether one may answer it, and pin it: whoever may write there. @param {MessageItem} item @param {string} id */
export function mayAnswer(item, id) {
  return stands(item) && mayWrite(conversationOf(id)).value;
}

/** Whether one leads the room, and so keeps order there. @param {string} id */
function leads(id) {
  const here = conversationOf(id);
  return room(here).value !== null && ownRole(here).value !== "member";
}

/** Where a message stands. @param {string} id @param {number} seq */
function hrefOf(id, seq) {
  const { conversation, thread } = splitAddress(id);
  return thread ? threadHref(conversation, thread, seq) : messageHref(conversation, seq);
}

/** @type {Action[]} */
export const ACTIONS = [
  {
    name: "retry",
    icon: "retry",
    fits: ({ state }) => state === "failed",
    words: () => strings.messages.retry,
    act: ({ item }) => retry(item.nonce),
  },
  {
    name: "reply",
    icon: "reply",
    fits: mayAnswer,
    words: () => strings.talk.reply,
    act: ({ id, item }) => replyTo(id, item.seq),
  },
  {
    name: "edit",
    icon: "edit",
    fits: (item, id) => isEditable(item) && mayWrite(conversationOf(id)).value,
    words: () => strings.talk.edit,
    act: ({ id, item }) => edit(id, item),
  },
  {
    name: "copy",
    icon: "copy",
    fits: ({ text }) => text !== "",
    words: () => strings.messages.copy,
    act: ({ item: { text, poll } }) => copy([text, ...(poll?.options ?? [])].join("\n")),
  },
  {
    name: "thread",
    icon: "thread",
    fits: (item, id) => item.thread !== undefined && (mayAnswer(item, id) || answered(item)),
    words: () => strings.threads.answer,
    act: ({ id, item }) => go(threadHref(id, item.seq)),
  },
  {
    name: "link",
    icon: "link",
    fits: stands,
    words: () => strings.messages.copyLink,
    act: ({ id, item }) => copy(`${location.origin}/${hrefOf(id, item.seq)}`),
  },
  {
    name: "forward",
    icon: "forward",
    fits: (item) => stands(item) && !item.poll,
    words: () => strings.talk.forward,
    act: ({ show }) => show("forward"),
  },
  {
    name: "pin",
    icon: "pin",
    fits: (item, id) => mayAnswer(item, id) && !item.pinned,
    words: () => strings.pins.pin,
    act: ({ id, item }) => pin(id, item.seq, true),
  },
  {
    name: "unpin",
    icon: "pin",
    fits: (item, id) => mayAnswer(item, id) && item.pinned,
    words: () => strings.pins.unpin,
    act: ({ id, item }) => pin(id, item.seq, false),
  },
  {
    name: "reactors",
    icon: "smile",
    fits: ({ reactions }) => reactions.length > 0,
    words: () => strings.reactions.who,
    act: ({ show }) => show("reactors"),
  },
  {
    name: "close-poll",
    icon: "lock",
    fits: (item) => stands(item) && item.mine && item.poll !== null && !item.closed,
    words: () => strings.polls.close,
    act: ({ id, item }) => closePoll(id, item.seq),
  },
  {
    name: "details",
    icon: "details",
    fits: stands,
    words: () => strings.messages.details,
    act: ({ show }) => show("details"),
  },
  {
    name: "delete",
    icon: "trash",
    fits: (item, id) => stands(item) && (item.mine || leads(id)),
    words: () => strings.talk.remove,
    act: ({ show }) => show("delete"),
  },
  {
    name: "discard",
    icon: "trash",
    fits: waits,
    words: () => strings.messages.discard,
    act: ({ item }) => discard(item.nonce),
  },
];
