// Marks within a line: which count, which stay as they were typed, and that no text makes it slow.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inlineOf } from "../../../pwa/state/inline.js";

/** As one string: <bold>x</bold>, [link], {person:@name}. */
const flat = (nodes) =>
  nodes
    .map((node) => {
      if (typeof node === "string") return node;
      if (node.type === "code") return `<code>${node.text}</code>`;
      if (node.type === "link") return `[${node.text}]`;
      if (node.type === "mention") return `{${node.person}:${node.text}}`;
      return `<${node.type}>${flat(node.children)}</${node.type}>`;
    })
    .join("");

const NAMES = [
  { name: "Anna", person: "p1" },
  { name: "Anna Maria", person: "p2" },
];
const reads = (text, names) => flat(inlineOf(text, names));

test("marks around words count", () => {
  for (const [text, shown] of [
    ["*b*", "<bold>b</bold>"],
    ["**b**", "<bold>b</bold>"],
    ["***b***", "<bold>b</bold>"],
    ["_i_", "<italic>i</italic>"],
    ["~s~ ~~s~~", "<strike>s</strike> <strike>s</strike>"],
    ['(*b*), "_i_"!', '(<bold>b</bold>), "<italic>i</italic>"!'],
    ["*b _i_ b*", "<bold>b <italic>i</italic> b</bold>"],
    ["*_x_*", "<bold><italic>x</italic></bold>"],
    ["two *lines\nlong*", "two <bold>lines\nlong</bold>"],
    ["这是*重点*内容", "这是<bold>重点</bold>内容"],
    ["👋*b*👋", "👋<bold>b</bold>👋"],
    ["❤️*b*", "❤️<bold>b</bold>"],
  ])
    assert.equal(reads(text), shown, text);
});

test("marks that mean something else stay as they were typed", () => {
  for (const text of [
    "2*3*4",
    "5 * 3 * 2",
    "snake_case_name",
    "__init__",
    "*",
    "**",
    "****",
    "* b*",
    "*b *",
    "~/a ~/b",
    "ls *.js and *.ts",
    "a_b _c",
    "¯\\_(ツ)_/¯",
    "C:\\new_file",
    "`",
    "``a`",
  ])
    assert.equal(reads(text), text, text);
});

test("what is left open closes nothing", () => {
  assert.equal(reads("*a *b*"), "*a <bold>b</bold>");
  assert.equal(reads("*b _c* d_"), "<bold>b _c</bold> d_");
  assert.equal(reads("*b* c*"), "<bold>b</bold> c*");
});

test("a backslash takes a mark's meaning away", () => {
  assert.equal(reads("\\*no\\*"), "*no*");
  assert.equal(reads("\\`no`"), "`no`");
});

test("code is left alone inside", () => {
  assert.equal(reads("`*x* https://a.example`"), "<code>*x* https://a.example</code>");
  assert.equal(reads("`` a`b ``"), "<code>a`b</code>");
  assert.equal(reads("*a `b* c`"), "*a <code>b* c</code>");
});

test("an address keeps its marks to itself", () => {
  assert.equal(reads("*https://a.example/x_y_z*"), "<bold>[https://a.example/x_y_z]</bold>");
  assert.equal(
    reads("_see https://a.example/*_"),
    "<italic>see [https://a.example/]*</italic>".replace("]*</italic>", "]*</italic>"),
  );
});

test("a name behind an @ is a mention, the longest that fits", () => {
  assert.equal(reads("@Anna Maria, @anna!", NAMES), "{p2:@Anna Maria}, {p1:@anna}!");
  assert.equal(reads("*@Anna*", NAMES), "<bold>{p1:@Anna}</bold>");
});

test("a name inside another word is none", () => {
  for (const text of ["@Annabel", "x@Anna", "@Ann", "Anna"]) assert.equal(reads(text, NAMES), text);
});

test("markup is only text", () => {
  assert.deepEqual(inlineOf("<b>x</b> & <script>"), ["<b>x</b> & <script>"]);
});

test("no text makes it slow or deep", () => {
  const depth = (nodes) =>
    Math.max(0, ...nodes.map((node) => (node.children ? 1 + depth(node.children) : 0)));
  for (const one of [
    "*a ",
    "*",
    "*_~",
    "`",
    "`a ``",
    "@Anna ",
    "\\*",
    "\\",
    "[",
    "**a** _b ",
    "a*",
    "_*_*a",
  ]) {
    const text = one.repeat(Math.ceil(40_000 / one.length));
    const before = performance.now();
    const nodes = inlineOf(text, NAMES);
    assert.ok(performance.now() - before < 1500, one);
    assert.ok(depth(nodes) <= 6, one);
  }
});
