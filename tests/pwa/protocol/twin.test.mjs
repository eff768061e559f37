// The twin: one POST is always held, commands keep their order, and what the server says arrives in turn.

import assert from "node:assert/strict";
import { test } from "node:test";
import { pack, unpack } from "../../../pwa/protocol/codec.js";
import { Twin } from "../../../pwa/protocol/twin.js";
import { settle } from "../clock.mjs";

function twin() {
  const rounds = [];
  const heard = [];
  const codes = [];
  const post = (round) =>
    new Promise((resolve, reject) => {
      const names = unpack(round.body).map(([, name]) => name);
      const reply = (answer, frame = new Uint8Array(), status = 200) => {
        resolve({ status, connection: "c1", answer, body: frame });
        return settle();
      };
      rounds.push({ ...round, names, reply, reject });
    });
  const line = new Twin(post, {
    heard: (frame) => heard.push(...unpack(frame).map(([, name]) => name)),
    closed: (code) => codes.push(code),
  });
  return { rounds, heard, codes, line };
}

const frame = (name) => pack(0, name, {});

test("the first POST opens the connection, the next names it and the answer before", async () => {
  const { rounds, heard } = twin();
  assert.deepEqual([rounds[0].connection, rounds[0].names], ["", []]);
  await rounds[0].reply(1, frame("hello"));
  assert.deepEqual(heard, ["hello"]);
  assert.deepEqual([rounds[1].connection, rounds[1].answer], ["c1", 1]);
});

test("an empty answer is a sign of life and is asked again", async () => {
  const { rounds, heard } = twin();
  await rounds[0].reply(1, frame("hello"));
  await rounds[1].reply(2);
  assert.equal(rounds.length, 3);
  assert.deepEqual(heard, ["hello"]);
});

test("what is said in one turn travels in one POST, overtaking the one that only listens", async () => {
  const { rounds, line } = twin();
  await rounds[0].reply(1, frame("hello"));
  line.send(frame("a"));
  line.send(frame("b"));
  await settle();
  assert.deepEqual(rounds[2].names, ["a", "b"]);
});

test("commands keep their order: a POST that carries some is waited for", async () => {
  const { rounds, line } = twin();
  await rounds[0].reply(1, frame("hello"));
  line.send(frame("a"));
  await settle();
  line.send(frame("b"));
  await settle();
  assert.equal(rounds.length, 3);
  await rounds[1].reply(2);
  await rounds[2].reply(3, frame("ok"));
  assert.deepEqual(rounds[3].names, ["b"]);
});

test("nothing said while the connection opens is lost", async () => {
  const { rounds, line } = twin();
  line.send(frame("a"));
  await settle();
  assert.equal(rounds.length, 1);
  await rounds[0].reply(1, frame("hello"));
  assert.deepEqual(rounds[1].names, ["a"]);
});

test("answers are heard in the order they were asked for, however they arrive", async () => {
  const { rounds, heard, line } = twin();
  await rounds[0].reply(1, frame("hello"));
  line.send(frame("a"));
  await settle();
  await rounds[2].reply(3, frame("later"));
  assert.deepEqual(heard, ["hello"]);
  await rounds[1].reply(2, frame("sooner"));
  assert.deepEqual(heard, ["hello", "sooner", "later"]);
});

test("a long queue is cut into bodies the server takes", async () => {
  const { rounds, line } = twin();
  for (let said = 0; said < 300; said++) line.send(frame("a"));
  await rounds[0].reply(1, frame("hello"));
  assert.equal(rounds[1].names.length, 200);
  await rounds[1].reply(2, frame("ok"));
  assert.equal(rounds[2].names.length, 100);
});

const endings = { 401: 4001, 410: 1006, 429: 4029, 500: 1006 };
for (const [status, code] of Object.entries(endings)) {
  test(`status ${status} ends the line with ${code}`, async () => {
    const { rounds, codes } = twin();
    await rounds[0].reply(0, new Uint8Array(), Number(status));
    assert.deepEqual(codes, [code]);
    assert.equal(rounds.length, 1);
  });
}

test("a network that fails ends the line once", async () => {
  const { rounds, codes, line } = twin();
  await rounds[0].reply(1, frame("hello"));
  line.send(frame("a"));
  await settle();
  rounds[1].reject(new TypeError("network"));
  rounds[2].reject(new TypeError("network"));
  await settle();
  assert.deepEqual(codes, [1006]);
});

test("a closed twin lets go of the held POST and says nothing more", async () => {
  const { rounds, heard, codes, line } = twin();
  await rounds[0].reply(1, frame("hello"));
  line.close();
  assert.equal(rounds[1].signal.aborted, true);
  await rounds[1].reply(2, frame("late"));
  assert.deepEqual([heard, codes], [["hello"], []]);
});
