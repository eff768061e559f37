// The worker speaks the language of the page, also when the page was there first.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { speak } from "../../../../pwa/languages/live.js";
import { followWorkerWords } from "../../../../pwa/views/parts/worker-words.js";

test("a worker that comes late is told, and every language after it", async () => {
  const heard = [];
  let arrive = (_worker) => {};
  const ready = new Promise((resolve) => {
    arrive = resolve;
  });
  const value = { serviceWorker: { ready }, languages: ["de"] };
  Object.defineProperty(globalThis, "navigator", { value, configurable: true });
  speak({ language: "de", notice: { message: "Neue Nachricht" } });
  followWorkerWords();
  await turn();
  assert.deepEqual(heard, []);
  arrive({ active: { postMessage: ({ words }) => heard.push([words.message, words.missed]) } });
  await turn();
  speak({ language: "es", notice: { message: "Mensaje nuevo" } });
  await turn();
  speak({});
  await turn();
  assert.deepEqual(heard, [
    ["Neue Nachricht", "Missed call"],
    ["Mensaje nuevo", "Missed call"],
    ["New message", "Missed call"],
  ]);
});

test("where there is no worker nothing is told", () => {
  Object.defineProperty(globalThis, "navigator", { value: {}, configurable: true });
  assert.doesNotThrow(followWorkerWords);
});
