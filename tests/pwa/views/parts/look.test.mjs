// A look at camera and microphone ends with any call, and does not begin again by itself.

import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { signal } from "@preact/signals";
import { h, options, render } from "preact";
import { gatheringDesk } from "../../../../pwa/state/gathering.js";
import { useLook } from "../../../../pwa/views/parts/look.js";
import { settled } from "../../state/call-house.mjs";

const view = signal(/** @type {any} */ (null));
const page = /** @type {any} */ ({ childNodes: [], firstChild: null }); // nothing is drawn into it
let look;
let setLook;

function Looking() {
  [look, setLook] = useLook();
  return null;
}

beforeEach(() => {
  options.requestAnimationFrame = queueMicrotask; // what follows a drawing, at once
  options.debounceRendering = queueMicrotask;
  gatheringDesk.value = { view, actions: {} };
  view.value = null;
  render(h(Looking, null), page);
});

afterEach(() => {
  render(null, page);
  gatheringDesk.value = null;
});

/** In a call or not, and drawn. @param {string|null} phase */
async function drawn(phase) {
  view.value = phase && { phase };
  await settled();
}

test("a look is over once there is a call, and does not come back after it", async () => {
  setLook({ video: true });
  await drawn(null);
  assert.deepEqual(look, { video: true });
  await drawn("joining");
  assert.equal(look, null);
  await drawn(null);
  assert.equal(look, null);
});

test("a call whose end is still shown is none", async () => {
  setLook("how");
  await drawn("ended");
  assert.equal(look, "how");
});

test("what was pressed during a call opens nothing, then or after it", async () => {
  await drawn("live");
  setLook("how");
  await drawn("live");
  assert.equal(look, null);
  await drawn(null);
  assert.equal(look, null);
});

test("after a call one may look again", async () => {
  await drawn("live");
  await drawn(null);
  setLook("how");
  await drawn(null);
  assert.equal(look, "how");
});
