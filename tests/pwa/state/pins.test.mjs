// Pins, as their events leave them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { withEvents } from "../../../pwa/state/pages.js";
import { About } from "../about.mjs";
import { DIRECT } from "../events.mjs";

test("the latest pin is last, and one that is let go is gone", () => {
  const about = new About();
  const first = about.target;
  about.say("pin.changed", { on: true });
  about.target = about.hear(about.log.sent("pbbbbbbbbbbbbb", "two")).body.seq;
  about.say("pin.changed", { on: true });
  assert.deepEqual(about.conversation.pins, [first, about.target]);
  about.target = first;
  about.say("pin.changed", { on: false });
  assert.equal(about.conversation.pins.length, 1);
});

test("a pin that the row has told already is not told twice", () => {
  const about = new About();
  const event = about.say("pin.changed", { on: true });
  const again = withEvents(about.world, [event]);
  assert.deepEqual(again.conversations[DIRECT].pins, [about.target]);
});
