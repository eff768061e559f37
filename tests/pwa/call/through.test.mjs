// The way through the unit: when it counts as up, when it is asked for again, and what each side learns of the other.

import assert from "node:assert/strict";
import { test } from "node:test";
import { GIVE_UP, SILENT, through } from "../../../pwa/call/through.js";
import { RENEW, TRY } from "../../../pwa/state/renewal.js";
import { Time } from "../state/call-house.mjs";

globalThis.window ??= /** @type {any} */ (new EventTarget());
globalThis.navigator ??= /** @type {any} */ ({});

const MICROPHONE = { kind: "audio", id: "microphone" };
const TRACKS = {
  4: { device: "dthere", source: "microphone" },
  5: { device: "dthere", source: "camera" },
};

/** Sections 0 to 3 are what we send, those above what comes. */
class FakeConnection {
  connectionState = "new";
  transceivers = [0, 1, 2, 3, 4, 5].map((mid) => ({
    mid: String(mid),
    direction: "recvonly",
    currentDirection: mid > 3 ? "recvonly" : "sendonly",
    sender: {
      track: null,
      replaceTrack: async (track) => this.#sends(mid, track),
      getParameters: () => ({}),
    },
    receiver: { track: { kind: mid === 4 ? "audio" : "video", id: `theirs ${mid}` } },
  }));
  #sends(mid, track) {
    this.transceivers[mid].sender.track = track;
  }
  async setRemoteDescription() {}
  async setLocalDescription() {
    this.localDescription = { sdp: "v=0\r\na=other:1\r\n" };
  }
  getTransceivers() {
    return this.transceivers;
  }
  close() {
    this.connectionState = "closed";
  }
  turns(state) {
    this.connectionState = state;
    this.onconnectionstatechange();
  }
}

function walk(more = {}) {
  const time = new Time();
  const seen = { time, said: [], links: [], news: [], remote: [], made: [] };
  const way = through({
    device: "dhere",
    ever: true,
    track: (kind) => (kind === "audio" ? MICROPHONE : null),
    say: (name, body) => seen.said.push([name, body]),
    changed: (link) => seen.links.push(link),
    news: (one) => seen.news.push(one),
    remote: (tracks) => seen.remote.push(tracks.map(({ id }) => id)),
    later: time.later,
    make: () => {
      seen.made.push(new FakeConnection());
      return /** @type {any} */ (seen.made.at(-1));
    },
    ...more,
  });
  const offer = async (tracks = TRACKS) => {
    way.take("media", { version: 1, sdp: "v=0\r\na=fingerprint:sha-256 AA\r\n", tracks });
    await new Promise((done) => setTimeout(done));
    return seen.made.at(-1);
  };
  const count = (name) => seen.said.filter(([one]) => one === name).length;
  return { way, seen, time, offer, count };
}

test("an offer is answered, and what comes is shown as large as it can be", async () => {
  const { seen, offer } = walk();
  const connection = await offer();
  assert.deepEqual(seen.said.slice(0, 1), [["call.take", { version: 1, sdp: "v=0\r\n" }]]);
  assert.deepEqual(seen.remote, [["theirs 4", "theirs 5"]]);
  assert.equal(connection.transceivers[0].sender.track, MICROPHONE);
  const shown = [{ device: "dthere", source: "camera", height: 720 }];
  assert.deepEqual(seen.said.at(-1), ["call.view", { shown }]);
});

test("it is up when both sides are there, whichever comes first", async () => {
  for (const first of ["we", "they"]) {
    const { way, seen, offer } = walk();
    const connection = await offer();
    const steps = [
      () => connection.turns("connected"),
      () => way.take("floors", { dthere: { muted: true } }),
    ];
    if (first === "they") steps.reverse();
    steps[0]();
    assert.deepEqual(seen.links, []);
    steps[1]();
    assert.deepEqual(seen.links, ["connected"]);
    assert.deepEqual(seen.news, [{ muted: true }]);
  }
});

test("one's own word, which the server gives back, is not the other side's", async () => {
  const { way, seen, offer } = walk();
  (await offer()).turns("connected");
  way.take("floors", { dhere: { muted: true } });
  assert.deepEqual([seen.links, seen.news], [[], []]);
});

test("what is said of oneself waits for the connection", async () => {
  const { way, seen, offer, count } = walk();
  const connection = await offer();
  way.tell({ muted: true, camera: false, sharing: false });
  assert.equal(count("call.show"), 0);
  connection.turns("connected");
  const floor = { muted: true, camera: false, sharing: false };
  assert.deepEqual(seen.said.at(-1), ["call.show", { floor }]);
});

test("while there is no connection it is asked for again, and once there is one no more", async () => {
  const { seen, time, offer, count } = walk();
  time.pass(RENEW);
  assert.equal(count("call.renew"), 1);
  time.pass(RENEW * 2);
  assert.equal(count("call.renew"), 3);
  const connection = await offer();
  time.pass(TRY - 1);
  assert.equal(count("call.renew"), 3);
  time.pass(1);
  assert.equal(count("call.renew"), 4);
  connection.turns("connected");
  time.pass(TRY * 50);
  assert.equal(count("call.renew"), 4);
  assert.deepEqual(seen.links, []);
});

test("a connection that is lost is said, asked for again and said to be back", async () => {
  const { way, seen, time, offer, count } = walk();
  const connection = await offer();
  connection.turns("connected");
  way.take("floors", { dthere: {} });
  connection.turns("disconnected");
  assert.deepEqual(seen.links, ["connected", "lost"]);
  time.pass(RENEW);
  assert.equal(count("call.renew"), 1);
  connection.turns("connected");
  assert.deepEqual(seen.links, ["connected", "lost", "connected"]);
});

test("a connection that fails before media flowed is made anew, a later one gets a new way", async () => {
  const { seen, offer, time } = walk();
  const renewed = () =>
    seen.said.filter(([name]) => name === "call.renew").map(([, { anew = false }]) => anew);
  const connection = await offer();
  connection.turns("failed");
  time.pass(0);
  assert.deepEqual(renewed(), [true]);
  connection.turns("connected");
  connection.turns("failed");
  time.pass(0);
  assert.deepEqual(renewed(), [true, false]);
});

test("where one connection after another fails, the others are made anew in their time", async () => {
  const { offer, time, count } = walk();
  const connection = await offer();
  connection.turns("failed");
  time.pass(0);
  connection.turns("failed");
  time.pass(RENEW - 1);
  assert.equal(count("call.renew"), 1);
  time.pass(1);
  assert.equal(count("call.renew"), 2);
});

test("a unit that was begun again hears how large the picture is shown", async () => {
  const { seen, offer, count } = walk();
  (await offer()).turns("connected");
  const before = count("call.view");
  (await offer()).turns("failed");
  assert.equal(count("call.view"), before);
  seen.made.at(-1).turns("connected");
  assert.equal(count("call.view"), before + 1);
});

test("when nothing comes of the other side although it should, that is said, and when it comes again", async () => {
  const { way, seen, offer } = walk();
  (await offer()).turns("connected");
  way.take("floors", { dthere: { muted: false } });
  way.flows(true);
  for (let look = 1; look < SILENT; look += 1) way.flows(false);
  way.flows(true);
  for (let look = 1; look < SILENT; look += 1) way.flows(false);
  assert.deepEqual(seen.links, ["connected"]);
  way.flows(false);
  way.flows(false);
  way.take("floors", { dthere: { muted: false } });
  assert.deepEqual(seen.links, ["connected", "lost"]);
  way.flows(true);
  assert.deepEqual(seen.links, ["connected", "lost", "connected"]);
});

test("of who sends nothing, nothing is missed", async () => {
  const { way, seen, offer } = walk();
  (await offer()).turns("connected");
  way.take("floors", { dthere: { muted: true, camera: false, sharing: false } });
  for (let look = 0; look < SILENT * 3; look += 1) way.flows(false);
  assert.deepEqual(seen.links, ["connected"]);
});

/** A page that is seen, or not, while `run` goes on. @param {(turns: (more: object, event: string) => void) => Promise<void>} run */
async function onPage(run) {
  const page = new EventTarget();
  Object.assign(page, { visibilityState: "visible", pictureInPictureElement: null });
  globalThis.document = /** @type {any} */ (page);
  await run((more, event) => {
    Object.assign(page, more);
    page.dispatchEvent(new Event(event));
  });
  delete globalThis.document;
}

const HIDDEN = { visibilityState: "hidden" };
const SEEN = { visibilityState: "visible" };

test("of a page that nobody sees no picture is asked for, and again once it is seen", () =>
  onPage(async (turns) => {
    const { way, seen, offer, count } = walk();
    (await offer()).turns("connected");
    const shown = () => seen.said.findLast(([name]) => name === "call.view")[1].shown.length;
    assert.equal(shown(), 1);
    turns(HIDDEN, "visibilitychange");
    assert.equal(shown(), 0);
    (await offer()).turns("connected");
    assert.equal(shown(), 0);
    turns(SEEN, "visibilitychange");
    assert.equal(shown(), 1);
    way.close();
    const before = count("call.view");
    turns(HIDDEN, "visibilitychange");
    assert.equal(count("call.view"), before);
  }));

test("a picture in a window of its own is asked for behind another page too", () =>
  onPage(async (turns) => {
    const { seen, offer } = walk();
    (await offer()).turns("connected");
    const shown = () => seen.said.findLast(([name]) => name === "call.view")[1].shown.length;
    turns({ pictureInPictureElement: {} }, "enterpictureinpicture");
    turns(HIDDEN, "visibilitychange");
    assert.equal(shown(), 1);
    turns({ pictureInPictureElement: null }, "leavepictureinpicture");
    assert.equal(shown(), 0);
  }));

test("a picture that nobody sees is not missed, a voice is", () =>
  onPage(async (turns) => {
    const { way, seen, offer } = walk();
    (await offer()).turns("connected");
    way.take("floors", { dthere: { muted: true, camera: true } });
    turns(HIDDEN, "visibilitychange");
    for (let look = 0; look < SILENT; look += 1) way.flows(false);
    assert.equal(seen.links.at(-1), "connected");
    way.take("floors", { dthere: { muted: false, camera: true } });
    for (let look = 0; look < SILENT; look += 1) way.flows(false);
    assert.equal(seen.links.at(-1), "lost");
  }));

test("a call that never came through is given up, one that did is not", () => {
  const never = walk({ ever: false });
  never.time.pass(GIVE_UP);
  assert.deepEqual(never.seen.links, ["unreachable"]);
  const once = walk({ ever: true });
  once.time.pass(GIVE_UP * 10);
  assert.deepEqual(once.seen.links, []);
});

test("after the end nothing is asked or said", async () => {
  const { way, seen, time, offer } = walk({ ever: false });
  const connection = await offer();
  const said = seen.said.length;
  way.close();
  window.dispatchEvent(new Event("online"));
  time.pass(GIVE_UP * 2);
  assert.deepEqual(
    [connection.connectionState, seen.said.length, seen.links],
    ["closed", said, []],
  );
});
