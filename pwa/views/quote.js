/** A message in a few words, and the quote over what answers it: a press goes to where it was said. */

import { isFolded } from "../state/blocks.js";
import { messageAt } from "../state/fetched.js";
import { plainText } from "../state/formatting.js";
import { person } from "../state/people.js";
import { world } from "../state/world.js";
import { strings } from "../strings.js";
import { goToMessage } from "./parts/going.js";
import { html } from "./parts/html.js";
import { Icon } from "./parts/icon.js";

/** @typedef {import("../state/entries.js").MessageEntry} MessageEntry */

/** @param {string} author */
export const nameOf = (author) =>
  author === world.value.me ? strings.messages.youWrote : person(author).value.name;

/** Its words, or else what it carries. @param {MessageEntry} entry @param {string} [id] where it is shown to who may have blocked its author; "" where they asked for it */
export function inBrief({ author, text, files, voice, deleted }, id = "") {
  const { talk } = strings;
  if (deleted) return talk.deleted;
  if (id && isFolded(author, id)) return strings.blocks.message;
  if (text) return plainText(text);
  if (voice) return talk.voice;
  const [type = ""] = files.map((file) => file.type);
  if (type.startsWith("image/")) return talk.photo;
  if (type.startsWith("video/")) return talk.film;
  return files[0]?.name ?? talk.file;
}

/** Whose words a message carries on. @param {{author: string}} props */
export function Carried({ author }) {
  const { talk } = strings;
  const words =
    author === world.value.me ? talk.forwardedYou : talk.forwarded(person(author).value.name);
  return html`<span class="carried"><${Icon} name="forward" small /><span dir="auto">${words}</span></span>`;
}

/** What is quoted: not there yet, not for one's eyes, deleted, or its author and words. @param {{id: string, seq: number}} props */
export function Quote({ id, seq }) {
  const { talk } = strings;
  const entry = messageAt(id, seq).value;
  const name = entry ? nameOf(entry.author) : "";
  const words = entry ? inBrief(entry, id) : talk.elsewhere;
  return html`<button type="button" class="quote" disabled=${entry === null} onClick=${() => goToMessage(id, { seq, thread: entry?.under })}>
    <strong class="author" dir="auto"><span class="unseen">${talk.quoted}</span>${name}</strong>
    <span class=${entry?.deleted ? "quote-lines hint" : "quote-lines"} dir="auto">${words}</span>
  </button>`;
}
