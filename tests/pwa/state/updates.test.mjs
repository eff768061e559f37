// A new version is offered, never forced, and not at all during a call.

import assert from "node:assert/strict";
import { test } from "node:test";
import { tellHearers } from "../../../pwa/state/connection.js";
import { applyUpdate, holdUpdates, registerWorker, update } from "../../../pwa/state/updates.js";

/** A browser with a service worker of which a newer one may wait. */
class Container extends EventTarget {
  controller = {};
  registration = Object.assign(new EventTarget(), {
    waiting: null,
    installing: null,
    update: async () => this.asked++,
  });
  asked = 0;
  registered = [];

  async register(url, options) {
    this.registered.push([url, options.updateViaCache]);
    return this.registration;
  }

  /** The browser has fetched and installed a newer one. */
  install() {
    const worker = Object.assign(new EventTarget(), {
      said: [],
      postMessage: (what) => worker.said.push(what),
    });
    this.registration.installing = worker;
    this.registration.dispatchEvent(new Event("updatefound"));
    this.registration.waiting = worker;
    worker.dispatchEvent(new Event("statechange"));
    return worker;
  }
}

const serviceWorker = new Container();
Object.defineProperty(globalThis, "navigator", { value: { serviceWorker }, configurable: true });
globalThis.trustedTypes = {
  createPolicy: (name, { createScriptURL }) => ({
    createScriptURL: (url) => ({
      policy: name,
      url: createScriptURL(url),
      other: createScriptURL("/x.js"),
    }),
  }),
};
await registerWorker();

test("the worker's address passes the page's one policy, and no other address does", () => {
  assert.deepEqual(serviceWorker.registered, [
    [{ policy: "parley", url: "/sw.js", other: "" }, "none"],
  ]);
});

test("a page of another version makes the browser look for the new worker", () => {
  tellHearers("hello", { page: "1" });
  tellHearers("hello", { page: "1" });
  assert.equal(serviceWorker.asked, 0);
  tellHearers("hello", { page: "2" });
  assert.equal(serviceWorker.asked, 1);
});

test("a new version is offered when it is ready, held back during a call, and taken when asked", async () => {
  assert.equal(update.value, false);
  const worker = serviceWorker.install();
  assert.equal(update.value, true);
  holdUpdates.value = true;
  assert.deepEqual([update.value, await applyUpdate(), worker.said], [false, false, []]);
  holdUpdates.value = false;
  const taken = applyUpdate();
  assert.deepEqual(worker.said, ["skip-waiting"]);
  serviceWorker.dispatchEvent(new Event("controllerchange"));
  assert.equal(await taken, true);
});
