// What a line of text means beyond its words: bold, italics, strike, code, links, mentions. Made in one pass over the
// text and one over its marks: of each mark at most one stands open, so that no text makes it slow or deep.

import { isWord, linksIn } from "./links.js";

/** @typedef {{type: "bold"|"italic"|"strike", children: Inline[]}} Marked */
/** @typedef {{type: "code", text: string}} Code */
/** @typedef {{type: "link", href: string, text: string}} LinkNode */
/** @typedef {{type: "mention", person: string, text: string}} Mention */
/** @typedef {string|Marked|Code|LinkNode|Mention} Inline */
/** @typedef {{name: string, person: string}} Name a person as the text calls them, without the @; "" is everybody */
/** @typedef {{mark: string, opens: boolean, closes: boolean, pair: "opener"|"closer"|""}} Mark */

/** @type {Record<string, Marked["type"]>} */
const MARKS = {
  "*": "bold",
  "**": "bold",
  "***": "bold",
  _: "italic",
  "~": "strike",
  "~~": "strike",
};
const SPECIAL = /[*_~`\\@]/;
const ESCAPED = new Set("*_~`");
const JOINING = /[\ufe0f\u20e3]/; // ends a picture, not a word

/** @param {string} text @param {Name[]} [names] whom an @ may name @returns {Inline[]} */
export function inlineOf(text, names = []) {
  if (!SPECIAL.test(text) && !text.includes(".") && !text.includes("://"))
    return text ? [text] : [];
  const tokens = tokensOf(text, names);
  pair(tokens);
  return treeOf(tokens);
}

/** @param {string} text @param {Name[]} names @returns {(Inline|Mark)[]} */
function tokensOf(text, names) {
  /** @type {(Inline|Mark)[]} */
  const tokens = [];
  const links = linksIn(text);
  const codes = codesIn(text);
  let from = 0;
  let at = 0;
  /** @param {Inline|Mark} token @param {number} end */
  const take = (token, end) => {
    if (at > from) tokens.push(text.slice(from, at));
    tokens.push(token);
    from = end;
    at = end;
  };
  while (at < text.length) {
    while (links.length && links[0].start < at) links.shift();
    const letter = text[at];
    const code = letter === "`" ? codes.get(at) : undefined;
    const mention = letter === "@" ? mentionAt(text, at, names) : null;
    if (code) take({ type: "code", text: code.text }, code.end);
    else if (letter === "`") at += runAt(text, at).length;
    else if (mention) take(mention, at + mention.text.length);
    else if (links[0]?.start === at)
      take({ type: "link", href: links[0].href, text: links[0].label }, links[0].end);
    else if (isEscape(text, at)) take(text[at + 1], at + 2);
    else if (letter in MARKS) take(markAt(text, at), at + runAt(text, at).length);
    else at += 1;
  }
  if (at > from) tokens.push(text.slice(from));
  return tokens;
}

/** A backslash before a mark that would count; the shrug ¯\_(ツ)_/¯ keeps its arm. @param {string} text @param {number} at */
function isEscape(text, at) {
  if (text[at] !== "\\" || !ESCAPED.has(text[at + 1]) || text[at - 1] === "¯") return false;
  if (text[at + 1] === "`") return true;
  const { opens, closes } = markAt(
    text,
    at + 1,
    text[at - 1] === undefined ? " " : before(text, at),
  );
  return opens || closes;
}

/** @param {string} text @param {number} at @param {string} [previous] @returns {Mark} */
function markAt(text, at, previous = before(text, at)) {
  const mark = runAt(text, at);
  const next = String.fromCodePoint(text.codePointAt(at + mark.length) ?? 32);
  const isArm = previous === "\\" && text[at - 2] === "¯";
  const known = mark in MARKS && !isArm;
  return {
    mark,
    opens: known && !isWord(previous) && !/\s/.test(next),
    closes: known && !/\s/.test(previous) && !isWord(next),
    pair: "",
  };
}

/** The character before, whole; a space at the beginning. @param {string} text @param {number} at */
function before(text, at) {
  const last = text[at - 1] ?? " ";
  const whole = /[\udc00-\udfff]/.test(last) ? text.slice(at - 2, at) : last;
  return JOINING.test(whole) ? "." : whole;
}

/** @param {string} text @param {number} at */
function runAt(text, at) {
  let end = at + 1;
  while (text[end] === text[at]) end += 1;
  return text.slice(at, end);
}

/** Spans of code by where they begin: a run of backticks to the next run of the same length. @param {string} text */
function codesIn(text) {
  const runs = [...text.matchAll(/`+/g)];
  /** @type {Map<number, number>} */
  const next = new Map();
  /** @type {Map<number, {text: string, end: number}>} */
  const codes = new Map();
  for (const { 0: run, index } of runs.reverse()) {
    const close = next.get(run.length);
    next.set(run.length, index);
    if (close === undefined) continue;
    const inner = text.slice(index + run.length, close);
    const padded = /^ .*[^ ].* $/s.test(inner);
    codes.set(index, { text: padded ? inner.slice(1, -1) : inner, end: close + run.length });
  }
  return codes;
}

/** @param {string} text @param {number} at @param {Name[]} names @returns {Mention|null} */
function mentionAt(text, at, names) {
  if (isWord(before(text, at))) return null;
  /** @type {Mention|null} */
  let found = null;
  for (const { name, person } of names) {
    const end = at + 1 + name.length;
    const typed = text.slice(at + 1, end);
    const longer = name.length + 1 > (found?.text.length ?? 1);
    const ends = !isWord(String.fromCodePoint(text.codePointAt(end) ?? 32));
    if (longer && ends && typed.toLowerCase() === name.toLowerCase())
      found = { type: "mention", person, text: `@${typed}` };
  }
  return found;
}

/** @param {Inline|Mark} token @returns {token is Mark} */
function isMark(token) {
  return typeof token === "object" && "mark" in token;
}

/** Finds which marks belong together. What opens between two of them stays as it was typed. @param {(Inline|Mark)[]} tokens */
function pair(tokens) {
  /** @type {Map<string, {token: Mark, at: number}>} */
  const open = new Map();
  for (const [at, token] of tokens.entries()) {
    if (!isMark(token)) continue;
    const opener = open.get(token.mark);
    if (token.closes && opener && opener.at < at - 1) {
      opener.token.pair = "opener";
      token.pair = "closer";
      for (const [mark, one] of open) if (one.at >= opener.at) open.delete(mark);
    } else if (token.opens) open.set(token.mark, { token, at });
  }
}

/** @param {(Inline|Mark)[]} tokens @returns {Inline[]} */
function treeOf(tokens) {
  /** @type {Inline[][]} */
  const levels = [[]];
  /** @param {Inline} node */
  const add = (node) => {
    const level = levels[levels.length - 1];
    const last = level.length - 1;
    if (typeof node === "string" && typeof level[last] === "string") level[last] += node;
    else level.push(node);
  };
  for (const token of tokens) {
    if (!isMark(token)) add(token);
    else if (token.pair === "opener") levels.push([]);
    else if (token.pair === "closer")
      add({ type: MARKS[token.mark], children: /** @type {Inline[]} */ (levels.pop()) });
    else add(token.mark);
  }
  return levels[0];
}
