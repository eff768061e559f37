// What somebody may do in the call of a room. How the log leads there is told in gatherings.test.mjs.

import assert from "node:assert/strict";
import { test } from "node:test";
import { letsIn, rightsIn } from "../../../pwa/state/gathering-rights.js";
import { BEN, going } from "./gathering-house.mjs";

const CLEO = "pcleo";

test("an open call lets everybody in but who was put out", () => {
  const on = going([], { barred: [CLEO] });
  assert.deepEqual([letsIn(on, BEN, "member"), letsIn(on, CLEO, "member")], [true, false]);
});

test("a locked one lets in who was admitted, and who leads", () => {
  const lets = (person, role) =>
    letsIn(going([], { locked: true, admitted: [CLEO] }), person, role);
  assert.deepEqual([lets(BEN, "member"), lets(CLEO, "member")], [false, true]);
  assert.deepEqual([lets(BEN, "moderator"), lets(BEN, "owner")], [true, true]);
});

test("one may do what everybody may and what one was granted; who leads may do all", () => {
  const on = going([], { rights: ["speak"], granted: { [CLEO]: ["show"] } });
  const may = (person, leads) =>
    Object.entries(rightsIn(on, person, leads))
      .filter(([_, has]) => has)
      .map(([right]) => right);
  assert.deepEqual([may(BEN, false), may(CLEO, false)], [["speak"], ["speak", "show"]]);
  assert.deepEqual(may(BEN, true), ["speak", "show", "share", "write"]);
});
