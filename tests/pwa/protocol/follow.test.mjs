// The gap rule: whatever is lost, doubled or out of order, every event is applied once and in order.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Lost, Refused } from "../../../pwa/protocol/errors.js";
import { Follower } from "../../../pwa/protocol/follow.js";
import { chance } from "../chance.mjs";
import { nextTurn, settle, TestClock } from "../clock.mjs";

const event = (conversation, seq) => ({ name: "message.sent", body: { conversation, seq } });

/** A server's logs and one client that follows them. */
class House {
  logs = new Map();
  applied = new Map();
  asked = [];
  fails = () => false;
  screen = "";
  clock = new TestClock();

  follower = new Follower({
    pull: async (conversation, after) => {
      this.asked.push(`pull ${conversation} ${after}`);
      await nextTurn();
      if (this.fails()) throw new Lost();
      const head = this.logs.get(conversation) ?? 0;
      const last = Math.min(head, after + 200);
      const events = [];
      for (let seq = after + 1; seq <= last; seq++) events.push(event(conversation, seq));
      return { head, last, more: last < head, events };
    },
    open: async (conversation) => {
      this.asked.push(`open ${conversation}`);
      await nextTurn();
      if (this.fails()) throw new Lost();
      const head = this.logs.get(conversation) ?? 0;
      this.applied.set(conversation, head);
      this.follower.stand(conversation, head);
    },
    apply: (events) => {
      for (const { body } of events) {
        const before = this.applied.get(body.conversation) ?? 0;
        assert.equal(body.seq, before + 1, `${body.conversation}: once, in order, none missing`);
        this.applied.set(body.conversation, body.seq);
      }
    },
    onScreen: () => this.screen,
    clock: this.clock,
  });

  log(conversation) {
    const seq = (this.logs.get(conversation) ?? 0) + 1;
    this.logs.set(conversation, seq);
    return event(conversation, seq);
  }

  /** A row of the list for everything, as a resume brings it. */
  resume() {
    for (const [conversation, head] of this.logs) this.follower.moved(conversation, head);
  }
}

test("events that come in order are applied as they come, and nothing is asked", () => {
  const house = new House();
  for (let said = 0; said < 50; said++) house.follower.hear(house.log("a"));
  assert.equal(house.applied.get("a"), 50);
  assert.deepEqual(house.asked, []);
});

test("an event above a gap waits for what is missing", async () => {
  const house = new House();
  house.follower.hear(house.log("a"));
  house.log("a");
  house.follower.hear(house.log("a"));
  assert.equal(house.applied.get("a"), 1);
  await settle();
  assert.equal(house.applied.get("a"), 3);
  assert.deepEqual(house.asked, ["pull a 1"]);
});

test("an event heard twice is applied once", () => {
  const house = new House();
  const first = house.log("a");
  house.follower.hear(first);
  house.follower.hear(first);
  assert.equal(house.applied.get("a"), 1);
});

test("what is on the screen is pulled first", async () => {
  const house = new House();
  house.screen = "d";
  house.fails = () => true;
  for (const conversation of ["a", "b", "c", "d", "e"]) {
    house.logs.set(conversation, 9);
    house.applied.set(conversation, 5);
    house.follower.stand(conversation, 5);
    house.follower.moved(conversation, 9);
  }
  await house.clock.pass(1);
  house.asked.length = 0;
  house.fails = () => false;
  house.follower.pump();
  assert.equal(house.asked[0], "pull d 5");
});

test("a thousand behind is pulled, more is loaded afresh", async () => {
  const house = new House();
  house.logs.set("near", 1005);
  house.logs.set("far", 1006);
  for (const conversation of ["near", "far"]) {
    house.follower.stand(conversation, 5);
    house.applied.set(conversation, 5);
  }
  house.resume();
  await settle();
  assert.deepEqual([house.applied.get("near"), house.applied.get("far")], [1005, 1006]);
  assert.equal(house.asked.filter((asked) => asked.startsWith("pull near")).length, 5);
  assert.deepEqual(
    house.asked.filter((asked) => asked.includes("far")),
    ["open far"],
  );
});

test("a conversation nobody told of is opened, not pulled from the start", async () => {
  const house = new House();
  house.logs.set("a", 400);
  house.follower.hear(house.log("a"));
  await house.clock.pass(1);
  assert.deepEqual(house.asked, ["open a"]);
});

test("what was hidden from this person is no gap: an answer says how far it reaches", async () => {
  const applied = [];
  const follower = new Follower({
    pull: async () => ({ head: 9, last: 9, more: false, events: [event("a", 3), event("a", 8)] }),
    open: () => assert.fail("nothing to open"),
    apply: (events) => applied.push(...events.map(({ body }) => body.seq)),
    onScreen: () => "",
    clock: new TestClock(),
  });
  follower.stand("a", 2);
  follower.moved("a", 9);
  await settle();
  follower.hear(event("a", 10));
  assert.deepEqual(applied, [3, 8, 10]);
});

/** A follower two events behind, whose pulls are refused until they are not. */
function refused(code, times) {
  const clock = new TestClock();
  const follower = new Follower({
    pull: async () => {
      asked += 1;
      if (asked <= times) throw new Refused({ code, message: "No." });
      return { head: 3, last: 3, more: false, events: [event("a", 3)] };
    },
    open: async () => {},
    apply: () => {},
    onScreen: () => "",
    clock,
  });
  let asked = 0;
  follower.stand("a", 2);
  follower.moved("a", 3);
  return { follower, clock, asked: () => asked };
}

test("a conversation that is not ours is let go, and not asked for again and again", async () => {
  const { follower, clock, asked } = refused("not-found", 99);
  await clock.pass(60_000);
  assert.deepEqual([asked(), follower.have("a")], [1, undefined]);
});

test("a server that asks for patience is asked again a little later", async () => {
  const { follower, clock, asked } = refused("slow-down", 3);
  await clock.pass(3000);
  assert.deepEqual([asked(), follower.have("a")], [4, 3]);
});

test("three thousand random deliveries, lost, doubled and shuffled, end as if nothing had happened", async () => {
  for (let seed = 1; seed <= 12; seed++) {
    const random = chance(seed);
    const house = new House();
    house.fails = () => random() < 0.3;
    const air = [];
    for (let step = 0; step < 250; step++) {
      const told = house.log(`c${Math.floor(random() * 4)}`);
      if (random() > 0.2) air.push(told);
      if (random() < 0.2) air.push(told);
      while (air.length > 0 && random() < 0.6) {
        const [late] = air.splice(Math.floor(random() * air.length), 1);
        house.follower.hear(late);
      }
      if (random() < 0.1) house.resume();
      if (random() < 0.3) await house.clock.pass(random() * 2000);
    }
    house.fails = () => false;
    house.resume();
    await house.clock.pass(60_000);
    assert.deepEqual(house.applied, house.logs, `seed ${seed}`);
  }
});
