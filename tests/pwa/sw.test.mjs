// The service worker: the shell from the cache, everything else untouched, versions never mixed.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { runInNewContext } from "node:vm";

const code = readFileSync(new URL("../../pwa/sw.js", import.meta.url), "utf8");
const ORIGIN = "https://parley.local:8443";

/** A browser's side of a service worker. */
function worker(version, shelves = new Map()) {
  const listeners = {};
  const did = [];
  const open = async (name) => {
    if (!shelves.has(name)) shelves.set(name, new Map());
    const shelf = shelves.get(name);
    return {
      addAll: async (requests) => {
        for (const { url, cache } of requests) shelf.set(url, `${url} of ${version} (${cache})`);
      },
      match: async (path) => shelf.get(path),
      put: async (path, response) => shelf.set(path, response),
    };
  };
  const self = {
    PARLEY: { version, assets: ["/", "/app.js"] },
    location: { origin: ORIGIN },
    addEventListener: (name, listener) => {
      listeners[name] = listener;
    },
    skipWaiting: () => did.push("skip"),
    clients: { claim: async () => did.push("claim") },
  };
  const caches = {
    open,
    keys: async () => [...shelves.keys()],
    delete: async (name) => shelves.delete(name),
  };
  class Request {
    constructor(url, { cache }) {
      Object.assign(this, { url, cache });
    }
  }
  const web = { Request, Response, File, URL, JSON };
  runInNewContext(code, { self, caches, ...web, fetch: async () => "network", Set });
  const life = async (name) => {
    let work;
    listeners[name]({ waitUntil: (promise) => (work = promise) });
    await work;
  };
  const fetched = async (url, { method = "GET", mode = "cors", form } = {}) => {
    let answer = "untouched";
    const request = { url: new URL(url, ORIGIN).href, method, mode, formData: async () => form };
    listeners.fetch({ request, respondWith: (promise) => (answer = promise) });
    return answer;
  };
  return { life, fetched, did, shelves, message: (data) => listeners.message({ data }) };
}

async function installed(version, shelves) {
  const one = worker(version, shelves);
  await one.life("install");
  return one;
}

test("an asset comes from this version's cache, past the browser's own", async () => {
  const { fetched } = await installed("1");
  assert.equal(await fetched("/app.js"), "/app.js of 1 (reload)");
});

for (const path of ["/", "/c/room", "/?code=abc", "/#/people"]) {
  test(`opening ${path} gets the page, network or not`, async () => {
    const { fetched } = await installed("1");
    assert.equal(await fetched(path, { mode: "navigate" }), "/ of 1 (reload)");
  });
}

const untouched = {
  "an API call": ["/api/session"],
  "a file somebody sent": ["/api/files/f1"],
  "opening a file in a tab": ["/api/files/f1", { mode: "navigate" }],
  "the health document": ["/health", { mode: "navigate" }],
  "the manifest": ["/manifest.webmanifest"],
  "the socket": ["/ws"],
  "a file that is no part of the shell": ["/other.js"],
  "another origin": ["https://example.com/app.js"],
  "anything that is no GET": ["/app.js", { method: "POST" }],
};
for (const [what, [path, options]] of Object.entries(untouched)) {
  test(`${what} is left to the network`, async () => {
    const { fetched } = await installed("1");
    assert.equal(await fetched(path, options), "untouched");
  });
}

test("an asset the browser threw away is fetched", async () => {
  const { fetched, shelves } = await installed("1");
  shelves.get("parley-1").clear();
  assert.equal(await fetched("/app.js"), "network");
});

test("a new version waits until the page lets it take over", async () => {
  const { did, message } = await installed("2");
  assert.deepEqual(did, []);
  message("something else");
  assert.deepEqual(did, []);
  message("skip-waiting");
  assert.deepEqual(did, ["skip"]);
});

test("taking over removes the versions before, and nobody else's cache", async () => {
  const { shelves } = await installed("1");
  shelves.set("other-app", new Map());
  const next = await installed("2", shelves);
  assert.deepEqual([...shelves.keys()], ["parley-1", "other-app", "parley-2"]);
  await next.life("activate");
  assert.deepEqual([[...shelves.keys()], next.did], [["other-app", "parley-2"], ["claim"]]);
});

test("what another app shares is kept for the page, which is opened to ask whom it is for", async () => {
  const { fetched, shelves } = await installed("1");
  const form = new FormData();
  form.set("title", "A walk");
  form.set("text", "look");
  form.set("url", "look");
  form.append("files", new File(["one"], "a.png", { type: "image/png" }));
  form.append("files", new File(["two"], "b.pdf", { type: "application/pdf" }));
  const answer = await fetched("/share", { method: "POST", form });
  assert.deepEqual([answer.status, answer.headers.get("Location")], [303, `${ORIGIN}/#/share`]);
  const shelf = shelves.get("shared");
  assert.deepEqual(await shelf.get("/share").json(), {
    text: "A walk\nlook",
    files: [
      { name: "a.png", type: "image/png" },
      { name: "b.pdf", type: "application/pdf" },
    ],
  });
  assert.equal(await shelf.get("/share/1").text(), "two");
});

test("what was shared before and never taken gives way, and outlives a new version", async () => {
  const one = await installed("1");
  const form = new FormData();
  form.append("files", new File(["one"], "a.png"));
  await one.fetched("/share", { method: "POST", form });
  await one.fetched("/share", { method: "POST", form: new FormData() });
  assert.deepEqual([...one.shelves.get("shared").keys()], ["/share"]);
  const two = await installed("2", one.shelves);
  await two.life("activate");
  assert.equal(one.shelves.has("shared"), true);
});
