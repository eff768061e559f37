// Single messages wherever they stand: from the window where they are loaded, else asked for, many at once, and kept.

import { signal } from "@preact/signals-core";
import { conversationOf } from "../protocol/address.js";
import { MAX_GET } from "../protocol/limits.js";
import { ask, connection, hear } from "./connection.js";
import { messageEntry } from "./entries.js";
import { eventsIn, withAbout } from "./pages.js";
import { byId, conversationIn } from "./world.js";

/** @typedef {import("./entries.js").MessageEntry} MessageEntry */

const MOST_KEPT = 500;

/** What was fetched, by "conversation seq"; null for what is not there or may not be seen. */
const fetched = signal(/** @type {ReadonlyMap<string, MessageEntry|null>} */ (new Map()));
/** @type {Map<string, Set<number>>} asked for next, by conversation */
const wanted = new Map();

/** A message by its place: undefined until it has come, null if there is none. @param {string} id @param {number} seq */
export const messageAt = (id, seq) => at(`${conversationOf(id)} ${seq}`);

const at = byId((key) => {
  const [id, seq] = key.split(" ");
  const here = conversationIn(id).value?.entries.find((entry) => entry.seq === Number(seq));
  if (here) return here.kind === "message" ? here : null;
  const known = fetched.value.get(key);
  if (known === undefined && connection.value.state === "online") want(id, Number(seq));
  return known;
});

/** @param {string} id @param {number} seq */
function want(id, seq) {
  const seqs = wanted.get(id) ?? new Set();
  if (seqs.size === 0) queueMicrotask(() => bring(id));
  wanted.set(id, seqs.add(seq));
}

/** @param {string} id */
async function bring(id) {
  const seqs = [...(wanted.get(id) ?? [])].slice(0, MAX_GET);
  wanted.delete(id);
  try {
    /** @type {import("../protocol/types.js").Messages} */
    const { frames, about } = await ask("message.get", { conversation: id, seqs });
    const standing = new Map(about.map((one) => [one.seq, one]));
    const come = new Map(
      eventsIn(frames).map(({ body }) => {
        const entry = messageEntry(/** @type {any} */ (body));
        const one = standing.get(entry.seq);
        return [entry.seq, one ? withAbout(entry, one) : entry];
      }),
    );
    keep(seqs.map((seq) => [`${id} ${seq}`, come.get(seq) ?? null]));
  } catch {
    // no connection: asked again with the next one
  }
}

/** @param {[string, MessageEntry|null][]} come */
function keep(come) {
  fetched.value = new Map([...fetched.peek(), ...come].slice(-MOST_KEPT));
}

/** What is said otherwise or taken back is asked for again. @param {any} body */
function forget({ conversation, target }) {
  const key = `${conversation} ${target}`;
  if (!fetched.peek().has(key)) return;
  const rest = new Map(fetched.peek());
  rest.delete(key);
  fetched.value = rest;
}

hear("message.edited", forget);
hear("message.deleted", forget);
