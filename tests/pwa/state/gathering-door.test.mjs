// Before a closed door.

import assert from "node:assert/strict";
import { test } from "node:test";
import { KNOCK } from "../../../pwa/state/gathering-door.js";
import { HERE, ME, settled } from "./call-house.mjs";
import { BEN, going, makePage, ROOM } from "./gathering-house.mjs";

const phase = ({ desk }) => desk.view.value?.phase ?? null;
const said = ({ house }, name) => house.said(name);

test("in the lobby one knocks until somebody opens", async () => {
  const page = makePage();
  page.stands(going([[BEN, "dben"]], { lobby: true }));
  page.house.refusals["call.join"] = { code: "call-lobby" };
  page.desk.start(ROOM, { video: false });
  await settled();
  assert.equal(phase(page), "lobby");
  page.house.time.pass(KNOCK);
  assert.equal(said(page, "call.knock").length, 2);
  delete page.house.refusals["call.join"];
  page.stands(going([[BEN, "dben"]], { lobby: true, admitted: [ME] }));
  await settled();
  assert.equal(said(page, "call.join").length, 2);
  page.stands(
    going(
      [
        [BEN, "dben"],
        [ME, HERE],
      ],
      { lobby: true, admitted: [ME] },
    ),
  );
  page.house.time.pass(KNOCK * 3);
  assert.equal(said(page, "call.knock").length, 2);
});

async function inLobby() {
  const page = makePage();
  page.stands(going([[BEN, "dben"]], { lobby: true }));
  page.house.refusals["call.join"] = { code: "call-lobby" };
  page.house.refusals["call.knock"] = { code: "not-connected", message: "Nobody may." };
  page.desk.start(ROOM, { video: false });
  await settled();
  return page;
}

test("why nobody opens is said in the lobby, until somebody hears the knocking", async () => {
  const page = await inLobby();
  assert.deepEqual([phase(page), page.desk.view.value.words], ["lobby", "Nobody may."]);
  page.house.online.value = false;
  page.house.time.pass(KNOCK);
  await settled();
  assert.equal(page.desk.view.value.words, "Nobody may.");
  page.house.online.value = true;
  delete page.house.refusals["call.knock"];
  page.house.time.pass(KNOCK);
  await settled();
  assert.deepEqual([phase(page), page.desk.view.value.words], ["lobby", ""]);
});

test("who is turned away in the lobby was not put out of anything", async () => {
  const page = await inLobby();
  page.stands(going([[BEN, "dben"]], { lobby: true, barred: [ME] }));
  assert.deepEqual([phase(page), page.desk.view.value.reason], ["ended", "turnedAway"]);
});
