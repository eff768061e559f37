// Which items of a log stand on the page: at first no more than the reader can see, then a little more in each frame, until
// two screens on either side are there; and what is far behind who walks goes a little in each frame. So a conversation opens
// and scrolls without a frame that is late, and the page stays as small as it was, however much is held. Pure.

/** @typedef {import("./messages.js").Item} Item */
/** @typedef {{start: number, end: number}} Span places in the list of items; `end` is behind the last one */

export const FIRST = 18; // items drawn at once: more than a screen of a phone
const WIDE = 640; // px of a log that no bubble outgrows
// About what a message takes, px: a letter with its part of what a line leaves free, a line, what is around the words of one,
// what the first of a group has over it, and what may hang on it
const TAKES = { letter: 8, line: 23, around: 16, opens: 8, quote: 40, files: 100, reactions: 30 };
const TIME = 8; // letters' room for the time behind the last word
const ABOVE = 8; // of them over what the reader is led to
const STEP = { least: 1, first: 4, most: 8 }; // items drawn in one frame
const QUICK_MS = 7; // a step that took less may be larger: a frame has 16, and half of it is the browser's for painting
const SLOW_MS = 12;
const LEAVE = 12; // items that go in one frame, at an end

export const firstStep = STEP.first;

/** Days and what is new are told by lines over a message, which may stand over another one by now. @param {Item} item */
const isLine = ({ type }) => type === "day" || type === "unread";

/** What is drawn where nothing is yet. @param {number} count of items @param {number} at the one to look at; `count` for the end @returns {Span} */
export function around(count, at) {
  const start = Math.max(0, Math.min(at - ABOVE, count - FIRST));
  return { start, end: Math.min(count, start + FIRST) };
}

/**
 * The end of a log, as much of it as fills a screen: each message more makes the first look later.
 * @param {readonly Item[]} items @param {{width: number, height: number}} screen px @returns {Span}
 */
export function ending(items, { width, height }) {
  const end = items.length;
  const letters = Math.max(1, (Math.min(width, WIDE) * 0.75) / TAKES.letter);
  let start = end;
  for (let filled = 0; start > 0 && end - start < FIRST && filled < height; start -= 1)
    filled += heightOf(items[start - 1], letters);
  return { start, end };
}

/** About how high an item is drawn, px. @param {Item} item @param {number} letters in a line */
function heightOf(item, letters) {
  if (item.type !== "message") return TAKES.line + TAKES.around;
  const { text, opens, reply, files, reactions } = item;
  const lines = `${text}${" ".repeat(TIME)}`
    .split("\n")
    .reduce((sum, line) => sum + Math.ceil(line.length / letters || 1), 0);
  return (
    TAKES.around +
    TAKES.line * lines +
    (opens ? TAKES.opens : 0) +
    (reply ? TAKES.quote : 0) +
    (files.length ? TAKES.files : 0) +
    (reactions.length ? TAKES.reactions : 0)
  );
}

/**
 * Where that stands now which was drawn before, with all that was said behind it since.
 * @param {readonly Item[]} items
 * @param {ReadonlySet<string>} drawn keys
 * @param {boolean} toNewest whether the newest of all was drawn: a page of history that comes behind is no news
 * @returns {Span|null} null where nothing of it is there any more
 */
export function stillDrawn(items, drawn, toNewest) {
  if (drawn.size === 0) return null;
  const stands = (/** @type {Item} */ item) => !isLine(item) && drawn.has(item.key);
  let start = items.findIndex(stands);
  if (start < 0) return null;
  while (start > 0 && isLine(items[start - 1])) start -= 1; // the lines over a message come with it
  return { start, end: toNewest ? items.length : items.findLastIndex(stands) + 1 };
}

/** With so many more above and below, as far as there are any. @param {Span} span @param {number} count of items @param {{above: number, below: number}} more @returns {Span} */
export function grown({ start, end }, count, { above, below }) {
  return { start: Math.max(0, start - above), end: Math.min(count, end + below) };
}

/**
 * With a few fewer at an end that lies far from the reader.
 * @param {Span} span @param {readonly Item[]} items @param {{first: string, last: string}} near keys of the outermost that stay
 * @returns {Span}
 */
export function shrunk({ start, end }, items, { first, last }) {
  const from = items.findIndex(({ key }) => key === first);
  const to = items.findIndex(({ key }) => key === last);
  if (from < start || to < from || to >= end) return { start, end };
  let begin = Math.min(from, start + LEAVE);
  while (begin > start && isLine(items[begin - 1])) begin -= 1; // the lines over a message stay with it
  return { start: begin, end: Math.max(to + 1, end - LEAVE) };
}

/** How many come with the next frame. @param {number} step how many came with this one @param {number} took ms to draw them and lay them out */
export function nextStep(step, took) {
  if (took > SLOW_MS) return Math.max(STEP.least, Math.floor((step * SLOW_MS) / took));
  return took < QUICK_MS ? Math.min(STEP.most, Math.ceil(step * 1.5)) : step;
}

/** The items of a span, under the day of the first. @param {readonly Item[]} items @param {Span} span @returns {Item[]} */
export function itemsIn(items, { start, end }) {
  const shown = items.slice(start, end);
  if (start === 0 || shown[0]?.type === "day") return shown;
  const day = items.slice(0, start).findLast(({ type }) => type === "day");
  return day ? [day, ...shown] : shown;
}
