// Keeping to what one may do in a call of a room, and asking for the rest.

import assert from "node:assert/strict";
import { test } from "node:test";
import { HERE, ME, settled } from "./call-house.mjs";
import { BEN, going, inside, makePage, ROOM } from "./gathering-house.mjs";

const US = [
  [BEN, "dben"],
  [ME, HERE],
];
const view = ({ desk }) => desk.view.value;
const asks = ({ house }) => house.said("call.show").at(-1).floor.asks;
const did = ({ house }, verb) => house.engine.did.filter(([one]) => one === verb);

test("what one may not do is asked for, and the question is taken back by the same press", async () => {
  const page = await inside({ rights: ["show"] });
  assert.deepEqual(view(page).may, { speak: false, show: true, share: false, write: false });
  page.desk.mute(false);
  assert.deepEqual([view(page).asks, asks(page)], [["speak"], ["speak"]]);
  page.desk.share(true);
  assert.deepEqual(asks(page), ["speak", "share"]);
  page.desk.mute(false);
  assert.deepEqual(asks(page), ["share"]);
  assert.deepEqual(did(page, "share"), []);
});

test("turning off needs no right", async () => {
  const page = await inside({ rights: [] });
  const before = page.house.engine.did.length;
  page.desk.mute(true);
  page.desk.turnCamera(false);
  page.desk.share(false);
  assert.deepEqual(view(page).asks, []);
  assert.equal(page.house.engine.did.length, before + 3);
});

test("what was taken away ends here too, and one is told", async () => {
  const page = await inside();
  page.house.engine.options.changed({ muted: false, camera: true, sharing: true });
  page.stands(going(US, { rights: ["write"] }));
  assert.deepEqual(page.house.engine.did, [
    ["mute", true],
    ["turnCamera", false],
    ["share", false],
  ]);
  assert.deepEqual(view(page).answered, { right: "speak", given: false });
  const { muted, video } = page.house.kept;
  assert.deepEqual([muted, video], [true, false], "nor does a reload turn it on again");
});

test("who comes into a call where few may speak is told so, each time", async () => {
  const page = await inside({ rights: [] });
  const told = { right: "speak", given: false };
  assert.deepEqual(view(page).answered, told);
  page.desk.leave();
  page.stands(going([[BEN, "dben"]], { rights: [] }));
  page.desk.start(ROOM, { video: false });
  await settled();
  assert.equal(view(page).answered, null);
  page.stands(going(US, { rights: [] }));
  assert.deepEqual(view(page).answered, told);
});

test("what is allowed is said and not turned on", async () => {
  const page = await inside({ rights: [] });
  page.house.engine.options.changed({ muted: true, camera: false });
  page.desk.mute(false);
  page.house.engine.did.length = 0;
  page.stands(going(US, { rights: [], granted: { [ME]: ["speak"] } }));
  assert.deepEqual([view(page).asks, asks(page)], [[], []]);
  assert.deepEqual(view(page).answered, { right: "speak", given: true });
  assert.deepEqual(page.house.engine.did, []);
  page.desk.mute(false);
  assert.deepEqual(did(page, "mute"), [["mute", false]]);
  page.house.time.pass(60_000);
  assert.equal(view(page).answered, null);
});

test("not now takes the question back, and only the one that stands", async () => {
  const page = await inside({ rights: [] });
  page.desk.ask("share");
  page.house.tell("call.deferred", { call: "c1", person: BEN, right: "speak" });
  assert.deepEqual(view(page).asks, ["share"]);
  page.house.tell("call.deferred", { call: "c1", person: BEN, right: "share" });
  assert.deepEqual([view(page).asks, view(page).answered], [[], { right: "share", given: false }]);
});

test("who leads may do everything", async () => {
  const page = await inside({ rights: [] }, true);
  page.desk.mute(false);
  assert.deepEqual(did(page, "mute"), [["mute", false]]);
  assert.deepEqual(view(page).asks, []);
});

test("who may not be seen comes in without a camera", async () => {
  const page = makePage();
  page.stands(going([[BEN, "dben"]], { rights: ["speak"] }));
  page.desk.start(ROOM, { video: true });
  await settled();
  assert.equal(view(page).camera, false);
});
