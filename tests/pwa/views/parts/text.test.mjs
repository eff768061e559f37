import assert from "node:assert/strict";
import { test } from "node:test";
import { isPictures, Text } from "../../../../pwa/views/parts/text.js";

/** What is drawn: plain strings, and links as [text, address]. */
function drawn(text) {
  const flat = (node) => {
    if (Array.isArray(node)) return node.flatMap(flat);
    if (node === "" || node === null || node === undefined || node === false) return [];
    if (typeof node === "string") return [node];
    return [[flat(node.props.children).join(""), node.props.href]];
  };
  return flat(Text({ text }).props.children);
}

test("a text without links is one string, as it was typed", () => {
  assert.deepEqual(drawn("a < b && <b>c</b>"), ["a < b && <b>c</b>"]);
});

test("an address is a link, and the sentence around it stays", () => {
  assert.deepEqual(drawn("see https://a.example/x?y=1#z now"), [
    "see ",
    ["https://a.example/x?y=1#z", "https://a.example/x?y=1#z"],
    " now",
  ]);
});

test("an address that begins with www leads to the secure page", () => {
  assert.deepEqual(drawn("www.a.example"), [["www.a.example", "https://www.a.example"]]);
});

test("closing punctuation belongs to the sentence", () => {
  for (const end of [".", ",", "!", "?", ":", ";", ").", "…”".slice(1)]) {
    const [link] = drawn(`https://a.example/x${end}`);
    assert.deepEqual(link, ["https://a.example/x", "https://a.example/x"], `before ${end}`);
  }
});

test("a bracket that was opened inside the address belongs to it", () => {
  const wiki = "https://a.example/Parley_(talk)";
  assert.deepEqual(drawn(wiki), [[wiki, wiki]]);
});

test("script is never a link", () => {
  for (const text of [
    "javascript:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "file:///etc/passwd",
  ])
    assert.deepEqual(drawn(text), [text]);
});

test("what only looks like an address stays text", () => {
  for (const text of ["http://", "https://[", "www.", "http://."])
    assert.ok(drawn(text).every((part) => typeof part === "string" || part[1].startsWith("http")));
});

test("a link opens apart and tells nobody where one came from", () => {
  const link = Text({ text: "https://a.example" })
    .props.children.flat()
    .find((one) => one?.props);
  assert.equal(link.props.target, "_blank");
  assert.match(link.props.rel, /noopener/);
  assert.match(link.props.rel, /noreferrer/);
});

test("a few pictures are shown large", () => {
  for (const text of ["👋", "😍😍", "👩‍👩‍👧", "🇩🇰", "❤️", "👍🏽", "⭐ ⭐"])
    assert.ok(isPictures(text), text);
});

test("words, digits and many pictures are not", () => {
  for (const text of ["", " ", "hi 👋", "12", "#", "©ab", "😍".repeat(20)])
    assert.ok(!isPictures(text), text);
});
