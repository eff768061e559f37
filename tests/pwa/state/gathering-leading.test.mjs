// What those who lead a room say in its call.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inside } from "./gathering-house.mjs";

test("each is a command about this call; what is written has a nonce", async () => {
  const page = await inside({ granted: { pdora: ["speak"] } }, true);
  const { leading } = page.desk;
  leading.silence("");
  leading.change({ locked: true });
  leading.allow("pcleo", "show", true);
  leading.defer("pcleo", "share");
  leading.putOut("pcleo");
  leading.close();
  const about = { conversation: "room.raaaaaaaaaaaaa", call: "c1" };
  assert.deepEqual(page.house.said("call.silence"), [{ ...about, person: "" }]);
  const [change, grant, remove, close] = ["change", "grant", "remove", "close"].map(
    (name) => page.house.said(`call.${name}`)[0],
  );
  assert.equal(change.locked, true);
  assert.deepEqual([grant.person, grant.rights, grant.admitted], ["pcleo", ["show"], true]);
  assert.deepEqual(page.house.said("call.defer"), [{ ...about, person: "pcleo", right: "share" }]);
  assert.equal(remove.person, "pcleo");
  for (const one of [change, grant, remove, close]) assert.match(one.nonce, /^[\w-]{22}$/);
});

test("a right is added to what somebody may, or taken from it", async () => {
  const page = await inside({ granted: { pdora: ["speak", "write"] } }, true);
  page.desk.leading.allow("pdora", "share", true);
  page.desk.leading.allow("pdora", "speak", false);
  const rights = page.house.said("call.grant").map((one) => one.rights);
  assert.deepEqual(rights, [["speak", "write", "share"], ["write"]]);
});

test("who is let in keeps what they may do, who is turned away is put out", async () => {
  const page = await inside({ granted: { pdora: ["speak"] } }, true);
  page.house.tell("call.knocked", { call: "c1", person: "pdora" });
  page.house.tell("call.knocked", { call: "c1", person: "peve" });
  assert.deepEqual(page.desk.view.value.knocking, ["pdora", "peve"]);
  page.desk.leading.admit("pdora", true);
  page.desk.leading.admit("peve", false);
  assert.deepEqual(page.house.said("call.grant")[0].rights, ["speak"]);
  assert.equal(page.house.said("call.remove")[0].person, "peve");
  assert.deepEqual(page.desk.view.value.knocking, []);
});
