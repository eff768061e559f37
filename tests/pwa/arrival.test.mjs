// Of what is lost on the way the page is loaded again, and of nothing else.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { beforeEach, test } from "node:test";
import { runInNewContext } from "node:vm";

const CODE = readFileSync(new URL("../../pwa/arrival.js", import.meta.url), "utf8");
const HERE = "https://parley.lan:8443";

class HTMLScriptElement {
  constructor(src) {
    this.src = src;
  }
}

class HTMLLinkElement {
  constructor(href, rel = "stylesheet", onerror = null) {
    Object.assign(this, { href, rel, onerror });
  }
}

let kept;
let waits;
let refused;

beforeEach(() => {
  [kept, waits, refused] = [{}, [], false];
});

/** A page that is loading; what it hears is told to its listeners. */
function open() {
  const hearers = new Map();
  const listen = (name, hear, { signal = null } = {}) => {
    hearers.set(name, hear);
    signal?.addEventListener("abort", () => hearers.delete(name));
  };
  runInNewContext(CODE, {
    URL,
    HTMLScriptElement,
    HTMLLinkElement,
    AbortController,
    window: { addEventListener: listen },
    navigator: { language: "en" },
    location: { href: `${HERE}/`, origin: HERE, reload: () => {} },
    document: {
      getElementById: () => null,
      addEventListener: () => {},
    },
    get sessionStorage() {
      if (refused) throw new Error("SecurityError");
      return kept;
    },
    setTimeout: (_, ms) => waits.push(ms),
  });
  return (name, target) => hearers.get(name)?.({ target });
}

const script = () => new HTMLScriptElement(`${HERE}/app.js`);
const style = (...more) => new HTMLLinkElement(`${HERE}/styles/base.css`, ...more);

test("a script that is lost is tried again and again, with longer and longer pauses", () => {
  for (let time = 0; time < 7; time += 1) open()("error", script());
  assert.deepEqual(waits, [1000, 2000, 4000, 8000, 15_000, 15_000, 15_000]);
});

test("several that are lost of one page are one try", () => {
  const hear = open();
  hear("error", script());
  hear("error", style());
  assert.deepEqual(waits, [1000]);
});

test("a style that never comes is done without in the end", () => {
  for (let time = 0; time < 9; time += 1) open()("error", style());
  assert.equal(waits.length, 5);
});

test("tries are forgotten once all is there", () => {
  open()("error", script());
  open()("load");
  open()("error", script());
  assert.deepEqual(waits, [1000, 1000]);
});

test("what somebody else put into the page, or sees to, or what comes after it, is nothing of ours", () => {
  const hear = open();
  hear("error", new HTMLLinkElement("https://fonts.example/one.css"));
  hear("error", new HTMLScriptElement("chrome-extension://abc/one.js"));
  hear("error", new HTMLScriptElement(""));
  hear("error", style("icon"));
  hear(
    "error",
    style("stylesheet", () => {}),
  );
  hear("error", {});
  hear("load");
  hear("error", style());
  assert.deepEqual(waits, []);
});

test("a number of tries that is none is none", () => {
  kept["parley-arrival"] = "often";
  open()("error", script());
  assert.deepEqual(waits, [1000]);
});

test("where nothing may be stored the page is loaded again all the same", () => {
  refused = true;
  for (let time = 0; time < 2; time += 1) open()("error", script());
  open()("load");
  assert.deepEqual(waits, [15_000, 15_000]);
});

test("but not for a style, which might go on for ever where no tries are counted", () => {
  refused = true;
  open()("error", style());
  assert.deepEqual(waits, []);
});
