// What is said over a call of who calls meanwhile.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { calledMeanwhile } from "../../../pwa/state/call-meanwhile.js";
import { Meanwhile, Waits } from "../../../pwa/views/call-waits.js";

const leave = () => {};

afterEach(() => {
  calledMeanwhile.value = null;
});

/** What it draws: the place of the words, and what stands beside them. @param {any} note */
function drawn(note) {
  const { class: name, children } = note.type(note.props).props;
  const [words, buttons] = children;
  return { name, kind: words.type, role: words.props.role, says: words.props.children, buttons };
}

test("the place of the words stands before there are any, unseen, so that a screen reader speaks them", () => {
  for (const part of [Waits, Meanwhile]) {
    const { buttons, ...place } = drawn(part({ leave }));
    assert.deepEqual(place, { name: "unseen", kind: "span", role: "status", says: "" });
    assert.equal(buttons, "");
  }
});

test("who called is said in the same place, and what to do about it beside it", () => {
  const before = Meanwhile({ leave });
  calledMeanwhile.value = { caller: "pcleo", conversation: "direct.pcleo.pme" };
  const after = Meanwhile({ leave });
  assert.equal(after.type, before.type, "drawn into what stands there");
  const { buttons, name, says } = drawn(after);
  assert.equal(name, "call-note knock");
  assert.match(says, /called during this call/);
  assert.deepEqual(
    buttons.map((one) => one.type),
    ["button", "button"],
  );
});

test("a room's call, which goes on, is said to be left", () => {
  calledMeanwhile.value = { caller: "pcleo", conversation: "direct.pcleo.pme" };
  const action = (room) => drawn(Meanwhile({ leave, room })).buttons[1].props.children;
  assert.deepEqual([action(false), action(true)], ["End and call back", "Leave and call back"]);
});
