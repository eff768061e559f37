import assert from "node:assert/strict";
import { test } from "node:test";
import "../../../../pwa/state/conversations.js"; // before there is a place: it would open a channel to other tabs
import { blocksOf } from "../../../../pwa/state/formatting.js";

globalThis.location = { hash: "" }; // route.js reads where one is
globalThis.history = { state: null };
const { drawn, isPictures } = await import("../../../../pwa/views/parts/text.js");

/** The first element of this tag in what is drawn. */
function find(node, tag) {
  if (Array.isArray(node)) return node.map((one) => find(one, tag)).find(Boolean);
  if (typeof node !== "object" || node === null) return undefined;
  return node.type === tag ? node : find(node.props?.children, tag);
}

test("a link opens apart and tells nobody where one came from", () => {
  const link = find(drawn(blocksOf("see https://a.example")), "a");
  assert.equal(link.props.href, "https://a.example/");
  assert.equal(link.props.target, "_blank");
  for (const word of ["noopener", "noreferrer", "nofollow"])
    assert.ok(link.props.rel.includes(word));
});

test("every mark has its element, and markup stays words", () => {
  const tree = drawn(blocksOf("*b* _i_ ~s~ `c` <img src=x onerror=alert(1)>\n> q\n1. x"));
  for (const tag of ["strong", "em", "s", "code", "blockquote", "ol", "li"])
    assert.ok(find(tree, tag), tag);
  assert.equal(find(tree, "img"), undefined);
});

test("a mention leads to the person's card", () => {
  const link = find(drawn(blocksOf("@Ben", [{ name: "Ben", person: "p2" }])), "a");
  assert.equal(link.props.href, "#/p/p2");
});

test("a few pictures are shown large", () => {
  for (const text of ["👋", "😍😍", "👩‍👩‍👧", "🇩🇰", "❤️", "👍🏽", "⭐ ⭐"])
    assert.ok(isPictures(text), text);
});

test("words, digits and many pictures are not", () => {
  for (const text of ["", " ", "hi 👋", "12", "#", "©ab", "😍".repeat(20)])
    assert.ok(!isPictures(text), text);
});
