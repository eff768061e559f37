// The law on a real server's words: old state + events == fresh state.
//
// PARLEY_RECORDING names a file with every byte that one client heard over its socket, frames simply one after
// another: it begins with `hello`, and its last value is the answer to a `conversation.open`. An earlier opening of the
// same conversation, if there is one, is the old state; else the old state is empty. A Python test makes the file.
//
// Before the answer to a `thread.page`, which does not say whose answers it holds, stands the question. The first page of a
// thread opens it, and each later one is its fresh state. A recording that ends with the answer to a `people.list` is of the
// directory: an earlier one is the old state, and its events come with what is pulled.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { splitAddress, threadIn } from "../../pwa/protocol/address.js";
import { unpack } from "../../pwa/protocol/codec.js";
import { apply } from "../../pwa/state/apply.js";
import { eventsIn, withEvents, withOpened, withThread } from "../../pwa/state/pages.js";
import { withCards } from "../../pwa/state/people.js";
import { follows } from "../../pwa/state/threads.js";
import { emptyWorld } from "../../pwa/state/world.js";

const recording = process.env.PARLEY_RECORDING;
const values = recording ? unpack(new Uint8Array(readFileSync(recording))) : [];

const isOpening = ([ref, name, body]) =>
  ref > 0 && name === "ok" && "row" in body && "page" in body;

const isList = ([ref, name, body]) => ref > 0 && name === "ok" && "presence" in body;
const isStretch = ([ref, name, body]) => ref > 0 && name === "ok" && "frames" in body;
const isOfPeople = values.length > 0 && isList(values.at(-1));

/** The pages of threads that were asked for, by the place of each in the recording. */
function pagesOfThreads() {
  const asked = [...values.keys()].filter((at) => values[at][1] === "thread.page");
  const answered = asked.map((at) => {
    const { conversation, target } = values[at][2];
    const place = values.findIndex((value, later) => later > at && isStretch(value));
    return [place, { ...values[place][2], conversation: threadIn(conversation, target) }];
  });
  return new Map(answered);
}

/** What both sides of the law know of a conversation from `first` on. */
function known({ late: _late, first: _first, older: _older, loaded: _loaded, ...rest }, first) {
  return { ...rest, entries: rest.entries.filter(({ seq }) => seq >= first) };
}

/** What one's own conversation tells beside its log; who is connected just now is a mark and not of the law. */
function ofOneself({ devices, blocked }) {
  const listed = devices.map(({ id, name, at, kind }) => ({ id, name, at, kind }));
  return { devices: listed.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1)), blocked };
}

/** The messages above one's own mark that name one. */
function unreadIn({ me, mentions, conversations }, id) {
  const read = conversations[id].marks[me]?.read ?? 0;
  return (mentions[id] ?? []).filter((seq) => seq > read);
}

/** What both sides of the law know of a thread from `first` on: its head is its last answer's or its page's, and of its card only following is read. */
function knownThere({ card, head: _head, ...thread }, first, began) {
  return { ...known(thread, first), chosen: card?.chosen ?? null, follows: follows(card, began) };
}

/** A thread that was opened before, against its page as of now. */
function requireThread(world, page) {
  const { conversation, thread: root } = splitAddress(page.conversation);
  const begun = world.conversations[conversation].entries.find(({ seq }) => seq === root);
  const began = conversation.startsWith("direct.") || begun?.author === world.me;
  const folded = world.threads[page.conversation];
  const fresh = withThread(emptyWorld(world.me), page).threads[page.conversation];
  const first = Math.max(folded.first, fresh.first);
  assert.deepEqual(knownThere(folded, first, began), knownThere(fresh, first, began));
}

test("old state + events == fresh state, in a real server's words", {
  skip: (!recording && "no PARLEY_RECORDING") || (isOfPeople && "of the directory"),
}, () => {
  const [, greeting, hello] = values[0];
  assert.equal(greeting, "hello", "a recording begins with hello");
  const last = values.at(-1);
  assert(isOpening(last), "a recording ends with the answer to conversation.open");
  const id = last[2].row.conversation;
  const loaded = [id, `own.${hello.person}`];
  const threads = pagesOfThreads();
  let world = emptyWorld(hello.person);
  for (const [at, value] of values.slice(0, -1).entries()) {
    const [ref, name, body] = value;
    const page = threads.get(at);
    if (ref === 0) world = apply(world, name, body);
    else if (page && world.threads[page.conversation]) requireThread(world, page);
    else if (page) world = withThread(world, page);
    else if (isOpening(value) && loaded.includes(body.row.conversation))
      world = withOpened(world, body);
  }
  const afresh = withOpened(emptyWorld(hello.person), last[2]);
  const fresh = afresh.conversations[id];
  const folded = world.conversations[id];
  assert(folded, `no event of ${id} was heard`);
  const first = Math.max(fresh.first, folded.first);
  assert.deepEqual(known(folded, first), known(fresh, first));
  assert.deepEqual(world.preferences[id], afresh.preferences[id]);
  assert.deepEqual(unreadIn(world, id), unreadIn(afresh, id));
  if (id.startsWith("own.")) assert.deepEqual(ofOneself(world), ofOneself(afresh));
});

test("the same holds of the directory", {
  skip: !isOfPeople && "not of the directory",
}, () => {
  let world = emptyWorld();
  for (const value of values.slice(0, -1)) {
    const [, , body] = value;
    if (isList(value)) world = withCards(world, body.people);
    else if (isStretch(value)) world = withEvents(world, eventsIn(body.frames));
  }
  assert.deepEqual(world.people, withCards(emptyWorld(), values.at(-1)[2].people).people);
});
