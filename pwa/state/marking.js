// Marks put around what is selected, or taken away again: what Ctrl+B and its like do to a text. All pure.

/** @typedef {{start: number, end: number, insert: string, from: number, to: number}} Change replace `start..end` by `insert`, then select `from..to` */

export const MARKS = { bold: "*", italic: "_", strike: "~", code: "`" };

/** @typedef {keyof typeof MARKS} MarkName */

/** @param {string} text @param {number} start @param {number} end @param {MarkName} name @returns {Change} */
export function marked(text, start, end, name) {
  const mark = MARKS[name];
  const chosen = text.slice(start, end);
  const before = /^\s*/.exec(chosen)?.[0].length ?? 0;
  const after = before === chosen.length ? 0 : (/\s*$/.exec(chosen)?.[0].length ?? 0);
  const [from, to] = before === chosen.length ? [start, end] : [start + before, end - after];
  const inner = text.slice(from, to);
  if (text.slice(from - mark.length, from) === mark && text.slice(to, to + mark.length) === mark)
    return change(from - mark.length, to + mark.length, inner, 0);
  if (inner.length > 2 * mark.length && inner.startsWith(mark) && inner.endsWith(mark))
    return change(from, to, inner.slice(mark.length, -mark.length), 0);
  return change(from, to, mark + inner + mark, mark.length);
}

/** The lines that are touched, as a quote or a list; or no longer. @param {string} text @param {number} start @param {number} end @param {"quote"|"list"} kind @returns {Change} */
export function lined(text, start, end, kind) {
  const mark = kind === "quote" ? "> " : "- ";
  const first = text.lastIndexOf("\n", start - 1) + 1;
  const next = text.indexOf("\n", end);
  const last = next < 0 ? text.length : next;
  const lines = text.slice(first, last).split("\n");
  const isSo = lines.every((line) => line.startsWith(mark));
  const insert = lines.map((line) => (isSo ? line.slice(mark.length) : mark + line)).join("\n");
  return { start: first, end: last, insert, from: first, to: first + insert.length };
}

/** @param {number} start @param {number} end @param {string} insert @param {number} inset @returns {Change} */
function change(start, end, insert, inset) {
  return { start, end, insert, from: start + inset, to: start + insert.length - inset };
}
