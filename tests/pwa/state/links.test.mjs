// Addresses in a text: what is one, where it ends, and that none looks like another.

import assert from "node:assert/strict";
import { test } from "node:test";
import { isWord, linksIn } from "../../../pwa/state/links.js";

const hrefs = (text) => linksIn(text).map(({ href }) => href);
const labels = (text) => linksIn(text).map(({ label }) => label);

test("an address is found where it stands", () => {
  const text = "see https://a.example/x?y=1#z now";
  const [{ start, end, href, label }] = linksIn(text);
  assert.equal(text.slice(start, end), "https://a.example/x?y=1#z");
  assert.equal(label, text.slice(start, end));
  assert.equal(href, label);
});

test("an address that begins with www leads to the secure page", () => {
  assert.deepEqual(hrefs("www.a.example"), ["https://www.a.example/"]);
});

test("bare names are addresses when they end as one does", () => {
  for (const text of [
    "example.org",
    "a.b.example.com/x",
    "parley.local:8443/#/c",
    "Example.DE",
    "(example.net)",
  ])
    assert.equal(linksIn(text).length, 1, text);
});

test("words, files and numbers with a dot are not", () => {
  for (const text of [
    "readme.md",
    "main.py",
    "e.g.",
    "that.is",
    "3.14",
    "end.Start",
    "1.2.3.4",
    "..",
    ".com",
    "-.org",
    "a..com",
    "x.com:99999999",
  ])
    assert.deepEqual(hrefs(text), [], text);
});

test("a mail address is written to", () => {
  assert.deepEqual(hrefs("anna@example.org, mailto:ben@example.org"), [
    "mailto:anna@example.org",
    "mailto:ben@example.org",
  ]);
  for (const text of ["@example.org", "a@b", "a@b@c.org", "mailto:", "mailto:x"])
    assert.deepEqual(hrefs(text), [], text);
});

test("closing punctuation belongs to the sentence", () => {
  for (const end of [".", ",", "!", "?", ":", ";", ").", "…", "*", "_", "。", "»"])
    assert.deepEqual(labels(`https://a.example/x${end}`), ["https://a.example/x"], `before ${end}`);
});

test("a bracket that was opened inside the address belongs to it", () => {
  const wiki = "https://a.example/Parley_(talk)";
  assert.deepEqual(labels(wiki), [wiki]);
  assert.deepEqual(labels(`(${wiki})`), [wiki]);
});

test("script is never a link", () => {
  for (const text of [
    "javascript:alert(1)",
    "JaVaScRiPt://www.a.example/%0aalert(1)",
    "data:text/html,x",
    "vbscript:x",
    "file:///etc/passwd",
    "blob:https://x",
  ])
    for (const href of hrefs(text)) assert.match(href, /^(https?|mailto):/, text);
});

test("what only looks like an address stays text", () => {
  for (const text of ["http://", "https://[", "www.", "http://.", "xhttp://a.example"])
    assert.deepEqual(hrefs(text), [], text);
});

test("a host behind another's name is no link", () => {
  assert.deepEqual(hrefs("https://bank.example@evil.example/ http://a:b@c.example"), []);
});

test("letters that look like others are shown as what they are", () => {
  assert.deepEqual(labels("https://аррӏе.com/x"), ["https://xn--80ak6aa92e.com/x"]);
  assert.match(labels("https://gооgle.com")[0], /xn--/);
  assert.match(labels("https://exaᴍple.com")[0] ?? "xn--", /xn--|example/);
});

test("an honest name of another language stays as it is written", () => {
  for (const text of [
    "https://münchen.de/",
    "http://пример.рф/",
    "https://例え.jp/",
    "https://café.fr",
  ])
    assert.deepEqual(labels(text), [text]);
});

test("an unseen character ends an address", () => {
  assert.deepEqual(labels("https://a.example/\u202egpj.exe"), ["https://a.example/"]);
  assert.deepEqual(labels("https://a.example/\u200bx"), ["https://a.example/"]);
});

test("no text makes it slow", () => {
  for (const text of ["http://[", "a.", "a@", "www.", "https://a.b/)", "(((", "http://"]) {
    const before = performance.now();
    linksIn(text.repeat(Math.ceil(40_000 / text.length)));
    assert.ok(performance.now() - before < 1000, text);
  }
});

test("a word is what spaces stand around", () => {
  for (const letter of ["a", "é", "я", "7"]) assert.ok(isWord(letter), letter);
  for (const letter of [" ", ".", "字", "か", "ก", "👋", ""]) assert.ok(!isWord(letter), letter);
});
