// The service worker's notifications: pushed or from the page, one for each conversation, in the page's language.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { runInNewContext } from "node:vm";

const code = readFileSync(new URL("../../pwa/sw.js", import.meta.url), "utf8");
const DIRECT = "direct.pa.pb";
const ROOM = "room.r1";

/** A browser's side of a worker's notifications; `pages` are its windows. */
function worker({ pages = [], caches = new Map() } = {}) {
  const listeners = {};
  const shown = new Map();
  const did = [];
  class Notice {
    constructor(title, options) {
      Object.assign(this, { title, ...options });
    }
    close = () => shown.delete(this.tag);
  }
  const registration = {
    pushManager: { subscribe: async ({ key }) => ({ endpoint: `fresh for ${key}` }) },
    showNotification: async (title, options) =>
      void shown.set(options.tag, new Notice(title, options)),
    getNotifications: async ({ tag } = {}) =>
      [...shown.values()].filter((one) => tag === undefined || one.tag === tag),
  };
  const windows = pages.map((page) => ({
    postMessage: ({ open }) => did.push(`go ${open}`),
    focus: async () => did.push("focus"),
    ...page,
  }));
  const self = {
    PARLEY: { version: "1", assets: [] },
    location: { origin: "https://parley.local" },
    addEventListener: (name, listener) => {
      listeners[name] = listener;
    },
    registration,
    clients: { matchAll: async () => windows, openWindow: async (url) => did.push(`open ${url}`) },
  };
  const navigator = { setAppBadge: async () => did.push("badge") };
  const shelf = {
    match: async (path) => caches.get(path),
    put: async (path, answer) => void caches.set(path, answer),
  };
  class Response {
    constructor(text) {
      this.json = async () => JSON.parse(text);
    }
  }
  const fetch = async (url, { method, body }) => did.push(`${method} ${url} ${body}`);
  const given = {
    self,
    fetch,
    navigator,
    caches: { open: async () => shelf },
    Response,
    URL,
    Set,
    Date,
  };
  runInNewContext(code, given);
  const life = async (name, event) => {
    const works = [];
    listeners[name]({ ...event, waitUntil: (promise) => works.push(promise) });
    await Promise.all(works);
  };
  const pushes = (words) => life("push", { data: words && { json: () => JSON.parse(words) } });
  return {
    shown: () => [...shown.values()].map(({ title, body }) => `${title}: ${body}`),
    of: (tag) => shown.get(tag),
    push: (note) => pushes(JSON.stringify(note)),
    pushRaw: pushes,
    say: (data) => life("message", { data }),
    changes: (change) => life("pushsubscriptionchange", change),
    tap: (notification) => life("notificationclick", { notification }),
    did,
  };
}

const message = (seq, body, more = {}) => ({
  kind: "message",
  conversation: DIRECT,
  seq,
  at: 1000 + seq,
  title: "Anna",
  body,
  ...more,
});

test("a pushed message is shown, and the icon has a dot", async () => {
  const phone = worker();
  await phone.push(message(2, "See you at eight"));
  assert.deepEqual(phone.shown(), ["Anna: See you at eight"]);
  assert.deepEqual(phone.did, ["badge"]);
});

test("the next of a conversation takes the place of the last, and both are read in it", async () => {
  const phone = worker();
  await phone.push(message(2, "one"));
  await phone.push(message(3, "two"));
  await phone.push(message(2, "elsewhere", { conversation: ROOM, title: "Choir", author: "Ben" }));
  assert.deepEqual(phone.shown(), ["Anna (2): one\ntwo", "Choir: Ben: elsewhere"]);
});

test("two that come together are both read", async () => {
  const phone = worker();
  await Promise.all([phone.push(message(2, "one")), phone.push(message(3, "two"))]);
  assert.deepEqual(phone.shown(), ["Anna (2): one\ntwo"]);
});

test("of many messages the last few are read, and all are counted", async () => {
  const phone = worker();
  for (let seq = 1; seq < 8; seq++) await phone.push(message(seq, `${seq}`));
  assert.deepEqual(phone.shown(), ["Anna (7): 4\n5\n6\n7"]);
});

test("what page and push both tell is shown once", async () => {
  const phone = worker();
  await phone.say({ note: message(2, "one") });
  await phone.push(message(2, "one"));
  assert.deepEqual(phone.shown(), ["Anna: one"]);
});

test("without previews it says only that something came, however often", async () => {
  const phone = worker();
  await phone.push({ kind: "message", conversation: DIRECT, seq: 2 });
  await phone.push({ kind: "message", conversation: DIRECT, seq: 3 });
  assert.deepEqual(phone.shown(), ["Parley (2): New message"]);
});

test("a push that cannot be read still says that something came", async () => {
  for (const words of [undefined, "nonsense", "5", '{"kind": 5}', "null"]) {
    const phone = worker();
    await phone.pushRaw(words);
    assert.deepEqual(phone.shown(), ["Parley: New message"], words);
  }
});

test("a window that is looked at tells it better, and one that is not leaves it to the worker", async () => {
  const looked = worker({ pages: [{ focused: false }, { focused: true }] });
  await looked.push(message(2, "one"));
  assert.deepEqual(looked.shown(), []);
  const hidden = worker({ pages: [{ focused: false }] });
  await hidden.push(message(2, "one"));
  assert.deepEqual(hidden.shown(), ["Anna: one"]);
});

test("a test is shown even to who looks", async () => {
  const phone = worker({ pages: [{ focused: true }] });
  await phone.push({ kind: "test" });
  assert.deepEqual(phone.shown(), ["Parley: This is how a message will look."]);
});

test("a call rings until it is answered elsewhere, and what was missed stays", async () => {
  const phone = worker();
  const call = { conversation: DIRECT, call: "c1", title: "Anna" };
  await phone.push({ ...call, kind: "ring", video: true });
  assert.deepEqual(phone.shown(), ["Anna: Incoming video call"]);
  assert.equal(phone.of(`call ${DIRECT}`).requireInteraction, true);
  await phone.push({ kind: "over", conversation: DIRECT, call: "c1" });
  assert.deepEqual(phone.shown(), ["Parley: The call is over"]);
  assert.equal(phone.of(`call ${DIRECT}`).silent, true);
  await phone.push({ ...call, kind: "missed" });
  assert.deepEqual(phone.shown(), ["Anna: Missed call"]);
});

test("who is busy sees a call, and that it was missed, and hears nothing", async () => {
  const phone = worker();
  for (const kind of ["ring", "missed"]) {
    await phone.push({ kind, conversation: DIRECT, title: "Anna", quiet: true });
    const { silent, vibrate, renotify } = phone.of(`call ${DIRECT}`);
    assert.deepEqual([silent, vibrate, renotify], [true, undefined, undefined], kind);
  }
  await phone.push({ kind: "missed", conversation: DIRECT, title: "Anna", quiet: false });
  assert.equal(phone.of(`call ${DIRECT}`).renotify, true);
});

test("what the page says is over goes", async () => {
  const phone = worker();
  await phone.say({ note: { kind: "ring", conversation: DIRECT, title: "Anna" } });
  await phone.say({ close: `call ${DIRECT}` });
  assert.deepEqual(phone.shown(), []);
});

test("what was read elsewhere is put away, and nothing else", async () => {
  const phone = worker();
  await phone.push(message(2, "read"));
  await phone.push(message(2, "unread", { conversation: ROOM, title: "Choir" }));
  await phone.push({ kind: "missed", conversation: DIRECT, title: "Anna" });
  await phone.say({ unread: [ROOM] });
  assert.deepEqual(phone.shown(), ["Choir: unread", "Anna: Missed call"]);
});

test("what is said in a thread stands apart, leads there, and is put away when that is read", async () => {
  const phone = worker();
  await phone.push(message(2, "here"));
  await phone.push(message(3, "aside", { thread: 2 }));
  assert.deepEqual(phone.shown(), ["Anna: here", "Anna: aside"]);
  await phone.tap(phone.of(`${DIRECT}#2`));
  assert.equal(phone.did.at(-1), `open /#/t/${DIRECT}/2/3`);
  await phone.push(message(4, "aside again", { thread: 2 }));
  await phone.say({ unread: [DIRECT] });
  assert.deepEqual(phone.shown(), ["Anna: here"]);
});

test("what was taken back leaves what is shown, and the last of it takes the notification along", async () => {
  const phone = worker();
  await phone.push(message(2, "one"));
  await phone.push(message(3, "two"));
  await phone.push(message(3, "elsewhere", { conversation: ROOM, title: "Choir" }));
  await phone.say({ gone: { conversation: DIRECT, seq: 3 } });
  assert.deepEqual(phone.shown(), ["Anna: one", "Choir: elsewhere"]);
  assert.equal(phone.of(DIRECT).silent, true);
  await phone.say({ gone: { conversation: DIRECT, seq: 9 } });
  await phone.say({ gone: { conversation: DIRECT, seq: 2 } });
  assert.deepEqual(phone.shown(), ["Choir: elsewhere"]);
});

test("what was edited says so where it is shown, without a sound, in a thread too", async () => {
  const phone = worker();
  const aside = { conversation: ROOM, thread: 2, title: "Choir", author: "Ben" };
  await phone.push(message(3, "at eight", aside));
  await phone.push(message(4, "by the lake", aside));
  await phone.say({ edited: { conversation: ROOM, seq: 3, body: "at nine" } });
  assert.deepEqual(phone.shown(), ["Choir (2): Ben: at nine\nBen: by the lake"]);
  assert.equal(phone.of(`${ROOM}#2`).silent, true);
  await phone.say({ edited: { conversation: ROOM, seq: 9, body: "never shown" } });
  assert.equal(phone.shown().length, 1);
});

test("no edit shows words where none are wanted", async () => {
  const phone = worker();
  await phone.push({ kind: "message", conversation: DIRECT, seq: 2 });
  await phone.say({ edited: { conversation: DIRECT, seq: 2, body: "a secret" } });
  assert.deepEqual(phone.shown(), ["Parley: New message"]);
});

test("a push that says a message is gone takes its words away and shows that, for something must be seen", async () => {
  const phone = worker();
  await phone.push(message(2, "one"));
  await phone.push(message(3, "two"));
  await phone.push({ kind: "gone", conversation: DIRECT, seq: 2 });
  assert.deepEqual(phone.shown(), ["Anna (2): Message deleted\ntwo"]);
  await phone.push({ kind: "gone", conversation: DIRECT, seq: 1 });
  assert.deepEqual(phone.shown(), ["Anna (2): Message deleted\ntwo"]);
  await phone.push({ kind: "gone", conversation: ROOM, seq: 5 });
  assert.equal(phone.shown().at(-1), "Parley: Message deleted");
  assert.equal(phone.of(ROOM).silent, true);
});

test("a tap goes to the window there is, the one that is seen before others, and to the conversation", async () => {
  const phone = worker({
    pages: [{ visibilityState: "hidden", focus: async () => {} }, { visibilityState: "visible" }],
  });
  await phone.push(message(2, "one"));
  phone.did.length = 0;
  await phone.tap(phone.of(DIRECT));
  assert.deepEqual(phone.did, [`go /#/c/${DIRECT}`, "focus"]);
  assert.deepEqual(phone.shown(), []);
});

test("a tap opens a window where there is none", async () => {
  const phone = worker();
  await phone.push(message(2, "one"));
  await phone.tap(phone.of(DIRECT));
  assert.deepEqual(phone.did, ["badge", `open /#/c/${DIRECT}`]);
});

test("it speaks as the page last did, also when it is started anew", async () => {
  const caches = new Map();
  await worker({ caches }).say({
    words: { message: "Neue Nachricht", missed: "Verpasster Anruf" },
  });
  const phone = worker({ caches });
  await phone.push({ kind: "message", conversation: DIRECT, seq: 2 });
  await phone.push({ kind: "missed", conversation: ROOM });
  assert.deepEqual(phone.shown(), ["Parley: Neue Nachricht", "Parley: Verpasster Anruf"]);
});

test("a subscription that the browser ended is renewed, and the server learns of it", async () => {
  const phone = worker();
  await phone.changes({ oldSubscription: { options: { key: "k" } } });
  await phone.changes({ newSubscription: { endpoint: "made by the browser" } });
  await phone.changes({});
  assert.deepEqual(phone.did, [
    'PUT /api/push {"endpoint":"fresh for k"}',
    'PUT /api/push {"endpoint":"made by the browser"}',
  ]);
});
