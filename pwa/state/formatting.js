// A message's text as a tree: paragraphs, quotes, lists and blocks of code, with what inline.js finds in their lines.
// The text itself stays as it was typed, everywhere; this is only how it is shown, and what is unclear stays text.

import { inlineOf } from "./inline.js";

/** @typedef {import("./inline.js").Inline} Inline */
/** @typedef {import("./inline.js").Name} Name */
/** @typedef {{type: "paragraph", children: Inline[]}} Paragraph */
/** @typedef {{type: "quote", children: Block[]}} Quote */
/** @typedef {{type: "code", language: string, text: string}} CodeBlock */
/** @typedef {{number: number, children: Block[]}} ListItem `number` 0 in a list without */
/** @typedef {{type: "list", ordered: boolean, items: ListItem[]}} List */
/** @typedef {Paragraph|Quote|CodeBlock|List} Block */
/** @typedef {{lines: string[], at: number, depth: number, names: Name[], unfenced: boolean}} Reader `unfenced`: no fence closes any more */

const MOST_DEPTH = 4; // quotes and lists within each other
const MOST_PREVIEW = 400; // characters of a text that a line of the list can show
const FENCE = "```";
const LANGUAGE = /^[\w+#.-]{0,20}$/;
const QUOTE = /^ {0,3}>(?=[\s>]|$) ?/;
const ITEM = /^ {0,3}(?:([-*•])|(\d{1,3})[.)])[ \t]+(?=\S)/;
const ESCAPED = /^( {0,3})\\(?=[->•]|\d{1,3}[.)])/;
const INDENT = /^(?: {2,4}|\t)/;

/** @param {string} text @param {Name[]} [names] whom an @ may name @returns {Block[]} */
export function blocksOf(text, names = []) {
  return read({ lines: text.split("\n"), at: 0, depth: 0, names, unfenced: false });
}

/** The words without their marks, on one line. @param {string} text */
export function plainText(text) {
  return wordsOf(blocksOf(text.slice(0, MOST_PREVIEW))).trim();
}

/** @param {Reader} reader @returns {Block[]} */
function read(reader) {
  /** @type {Block[]} */
  const blocks = [];
  /** @type {string[]} */
  let plain = [];
  const flush = () => {
    const text = plain.join("\n").replace(/^\n+|\n+$/g, "");
    if (text || (plain.length && !blocks.length && reader.at >= reader.lines.length))
      blocks.push({ type: "paragraph", children: paragraph(text, reader.names) });
    plain = [];
  };
  while (reader.at < reader.lines.length) {
    const block = fenced(reader) ?? quoted(reader) ?? listed(reader);
    if (block) {
      flush();
      blocks.push(block);
    } else plain.push(reader.lines[reader.at++].replace(ESCAPED, "$1"));
  }
  flush();
  return blocks;
}

/** No mark reaches over an empty line. @param {string} text @param {Name[]} names @returns {Inline[]} */
function paragraph(text, names) {
  return text.split(/(\n[^\S\n]*\n)/).flatMap((part) => inlineOf(part, names));
}

/** @param {Reader} reader @returns {CodeBlock|null} */
function fenced(reader) {
  const { lines, at } = reader;
  const opening = lines[at].trim();
  if (reader.unfenced || !opening.startsWith(FENCE)) return null;
  const rest = opening.slice(FENCE.length);
  if (rest.includes("`")) return null;
  const closing = lines.findIndex((line, index) => index > at && line.trimEnd().endsWith(FENCE));
  if (closing < 0) {
    reader.unfenced = true;
    return null;
  }
  const isLanguage = LANGUAGE.test(rest);
  const last = lines[closing].trimEnd().slice(0, -FENCE.length);
  const inner = lines.slice(at + 1, closing);
  const code = [...(isLanguage ? [] : [rest]), ...inner, ...(last.trim() ? [last] : [])];
  reader.at = closing + 1;
  return { type: "code", language: isLanguage ? rest : "", text: code.join("\n") };
}

/** @param {Reader} reader @returns {Quote|null} */
function quoted(reader) {
  const { lines, depth } = reader;
  if (depth >= MOST_DEPTH || !QUOTE.test(lines[reader.at])) return null;
  const inner = [];
  while (reader.at < lines.length && QUOTE.test(lines[reader.at]))
    inner.push(lines[reader.at++].replace(QUOTE, ""));
  return { type: "quote", children: within(reader, inner) };
}

/** @param {Reader} reader @returns {List|null} */
function listed(reader) {
  const { lines, depth } = reader;
  const first = depth < MOST_DEPTH ? ITEM.exec(lines[reader.at]) : null;
  if (!first) return null;
  const ordered = first[2] !== undefined;
  /** @type {ListItem[]} */
  const items = [];
  while (reader.at < lines.length) {
    const found = ITEM.exec(lines[reader.at]);
    if (!found || (found[2] !== undefined) !== ordered) break;
    const own = [lines[reader.at++].slice(found[0].length)];
    while (reader.at < lines.length && INDENT.test(lines[reader.at]) && lines[reader.at].trim())
      own.push(lines[reader.at++].replace(INDENT, ""));
    items.push({ number: Number(found[2] ?? 0), children: within(reader, own) });
  }
  return { type: "list", ordered, items };
}

/** @param {Reader} reader @param {string[]} lines @returns {Block[]} */
function within({ depth, names }, lines) {
  return read({ lines, at: 0, depth: depth + 1, names, unfenced: false });
}

/** @param {Block[]} blocks @returns {string} */
function wordsOf(blocks) {
  return blocks.map(blockWords).join(" ");
}

/** @param {Block} block @returns {string} */
function blockWords(block) {
  if (block.type === "code") return block.text;
  if (block.type === "quote") return wordsOf(block.children);
  if (block.type === "paragraph") return inlineWords(block.children);
  return block.items
    .map(({ number, children }) => `${block.ordered ? `${number}.` : "•"} ${wordsOf(children)}`)
    .join(" ");
}

/** @param {Inline[]} nodes @returns {string} */
function inlineWords(nodes) {
  return nodes
    .map((node) => {
      if (typeof node === "string") return node;
      return "children" in node ? inlineWords(node.children) : node.text;
    })
    .join("");
}
