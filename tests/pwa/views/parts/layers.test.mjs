// What lies over the page and the steps of the history it takes, against a history that steps a moment later as a browser's.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

/** Entries, where it stands, and a popstate a task after each step. */
class Entries {
  constructor() {
    this.list = [{ state: { depth: 0 }, place: "#/" }];
    this.at = 0;
    this.heard = () => {};
  }

  get state() {
    return this.list[this.at].state;
  }

  get place() {
    return this.list[this.at].place;
  }

  pushState(state) {
    this.list.splice(this.at + 1, Number.POSITIVE_INFINITY, { state, place: this.place });
    this.at += 1;
  }

  /** As setting location.hash does: an entry without a state. */
  visit(place) {
    this.list.splice(this.at + 1, Number.POSITIVE_INFINITY, { state: null, place });
    this.at += 1;
    setImmediate(() => this.heard());
  }

  go(by) {
    setImmediate(() => {
      this.at += by;
      this.heard();
    });
  }
}

const settled = () => new Promise((done) => setTimeout(done, 5));
let history;
let layers;
let life;

beforeEach(async () => {
  life?.abort();
  life = new AbortController();
  history = new Entries();
  globalThis.history = history;
  globalThis.window = {
    setTimeout: (act, ms) => setTimeout(act, ms),
    addEventListener: (_, act) => {
      history.heard = act;
    },
  };
  layers = await import(`../../../../pwa/views/parts/layers.js?${Math.random()}`);
  layers.followLayers(life.signal);
});

test("back puts away what lies on top, one after another, and the place stays", async () => {
  const closed = [];
  layers.lieOver(() => closed.push("gallery"));
  await settled();
  layers.lieOver(() => closed.push("photo"));
  await settled();
  assert.equal(history.at, 2);
  history.go(-1);
  await settled();
  assert.deepEqual(closed, ["photo"]);
  history.go(-1);
  await settled();
  assert.deepEqual(closed, ["photo", "gallery"]);
  assert.equal(history.at, 0);
});

test("what is put away otherwise takes its step back with it", async () => {
  const closed = [];
  const release = layers.lieOver(() => closed.push("dialog"));
  await settled();
  release();
  await settled();
  assert.equal(history.at, 0);
  assert.deepEqual(closed, []);
});

test("a menu that gives way to a dialog keeps its step", async () => {
  const release = layers.lieOver(() => {});
  await settled();
  let steps = 0;
  history.go = () => {
    steps += 1;
  };
  release();
  layers.lieOver(() => {});
  await settled();
  assert.equal(steps, 0);
  assert.equal(history.at, 1);
});

test("a dialog that comes while the step of the one before is taken back has one of its own", async () => {
  const release = layers.lieOver(() => {});
  await settled();
  release();
  await Promise.resolve();
  layers.lieOver(() => {});
  await settled();
  assert.equal(history.at, 1);
  assert.equal(history.state.over, 1);
});

test("going elsewhere puts everything away first, and leaves no step behind", async () => {
  const closed = [];
  layers.lieOver(() => closed.push("gallery"));
  layers.lieOver(() => closed.push("photo"));
  await settled();
  layers.clear(() => history.visit("#/people"));
  await settled();
  assert.deepEqual(closed, ["photo", "gallery"]);
  assert.deepEqual(
    history.list.map(({ place }) => place),
    ["#/", "#/people"],
  );
});

test("with nothing on top one goes at once", () => {
  let gone = false;
  layers.clear(() => {
    gone = true;
  });
  assert.equal(gone, true);
});

test("forward, to where nothing lies any more, leads back", async () => {
  layers.lieOver(() => {});
  await settled();
  history.go(-1);
  await settled();
  history.go(1);
  await settled();
  assert.equal(history.at, 0);
});

test("a page that is loaded again on the step of a dialog stands below it", async () => {
  history.pushState({ depth: 0, over: 1 });
  layers = await import(`../../../../pwa/views/parts/layers.js?${Math.random()}`);
  layers.followLayers(life.signal);
  await settled();
  assert.equal(history.at, 0);
});

test("a link that leads elsewhere from under it puts it away", async () => {
  const closed = [];
  layers.lieOver(() => closed.push("ring"));
  await settled();
  history.visit("#/people");
  await settled();
  assert.deepEqual(closed, ["ring"]);
  assert.equal(history.place, "#/people");
});
