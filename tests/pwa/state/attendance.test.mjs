// The table of a call: asked for, and written for spreadsheets.

import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import {
  csvOf,
  fileNameOf,
  minutesOf,
  readAttendance,
  separatorIn,
  stampOf,
} from "../../../pwa/state/attendance.js";
import { disconnect } from "../../../pwa/state/connection.js";
import { emptyWorld, world } from "../../../pwa/state/world.js";
import { ANNA, BEN } from "../events.mjs";
import { online } from "../online.mjs";
import { Server } from "../server.mjs";

beforeEach(() => {
  world.value = emptyWorld(ANNA);
});
afterEach(disconnect);

test("who was there comes with names, and with who is there still", async () => {
  const server = new Server();
  const stay = (person) => ({ person, first: 1, last: 9, seconds: 8 });
  const card = { id: BEN, name: "Ben", about: "", avatar: "", host: false, removed: false };
  server.answers["call.attendance"] = () => ({
    at: 1,
    seconds: 8,
    attended: [stay(ANNA), stay(BEN)],
    present: [BEN],
    people: [card],
  });
  await online(server);
  const which = { conversation: "room.raaaaaaaaaaaaa", call: "c1", seq: 4 };
  const table = await readAttendance(which);
  assert.deepEqual(server.bodies("call.attendance"), [which]);
  assert.deepEqual(
    table.stays.map(({ person, present }) => [person, present]),
    [
      [ANNA, false],
      [BEN, true],
    ],
  );
  assert.equal(world.value.people[BEN].name, "Ben");
});

test("a minute is a whole one, and who was there at all was there for one", () => {
  assert.deepEqual([0, 20, 89, 90, 2700].map(minutesOf), [1, 1, 1, 2, 45]);
});

test("times are written so that they sort as they follow one another", () => {
  assert.equal(stampOf(new Date(2026, 2, 4, 5, 6, 7).getTime()), "2026-03-04 05:06:07");
});

test("columns are apart by what the language leaves free", () => {
  assert.deepEqual(["en-GB", "de", "es"].map(separatorIn), [",", ";", ";"]);
});

test("what would end a cell is quoted, and the mark in front says UTF-8", () => {
  const text = csvOf(
    [
      ["Name", "Minutes"],
      ['Ann "Annie", of\nBerlin', 45],
      ["Zoë; 李", 1],
    ],
    ",",
  );
  assert.equal(text, '\uFEFFName,Minutes\r\n"Ann ""Annie"", of\nBerlin",45\r\n"Zoë; 李",1\r\n');
});

test("a name that begins like a formula is a text", () => {
  for (const name of ["=1+1", "+49 30", "-Ben-", "@ben", "\tx", "\rx"])
    assert.match(csvOf([[name]], ";"), /^\uFEFF"?'/, name);
  assert.equal(csvOf([["Ben = Ben", -5]], ";"), "\uFEFFBen = Ben;-5\r\n");
});

test("a room's name makes a file's name on every system", () => {
  assert.equal(fileNameOf('A/B: "x"\u202E 2026'), "A_B_ _x__ 2026.csv");
  assert.equal(fileNameOf("x".repeat(500)).length, 124);
});
