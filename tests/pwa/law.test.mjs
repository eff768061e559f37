// The law on a real server's words: old state + events == fresh state.
//
// PARLEY_RECORDING names a file with every byte that one client heard over its socket, frames simply one after
// another: it begins with `hello`, and its last value is the answer to a `conversation.open`. An earlier opening of the
// same conversation, if there is one, is the old state; else the old state is empty. A Python test makes the file.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { unpack } from "../../pwa/protocol/codec.js";
import { apply } from "../../pwa/state/apply.js";
import { withOpened } from "../../pwa/state/pages.js";
import { emptyWorld } from "../../pwa/state/world.js";

const recording = process.env.PARLEY_RECORDING;

const isOpening = ([ref, name, body]) =>
  ref > 0 && name === "ok" && "row" in body && "page" in body;

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

test("old state + events == fresh state, in a real server's words", {
  skip: !recording && "no PARLEY_RECORDING",
}, () => {
  const values = unpack(new Uint8Array(readFileSync(recording)));
  const [, greeting, hello] = values[0];
  assert.equal(greeting, "hello", "a recording begins with hello");
  const last = values.at(-1);
  assert(isOpening(last), "a recording ends with the answer to conversation.open");
  const id = last[2].row.conversation;
  const loaded = [id, `own.${hello.person}`];
  let world = emptyWorld(hello.person);
  for (const value of values.slice(0, -1)) {
    const [ref, name, body] = value;
    if (ref === 0) world = apply(world, name, body);
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
