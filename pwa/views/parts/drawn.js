/** A log that is drawn bit by bit: what the reader looks at, then what is near, a little in each frame, while what is far is taken away. */

import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import {
  around,
  ending,
  firstStep,
  grown,
  itemsIn,
  nextStep,
  shrunk,
  stillDrawn,
} from "../../state/drawn.js";
import { sought } from "../../state/messages.js";
import { afterPaint } from "./after-paint.js";
import { windowSize } from "./viewport.js";

/** @typedef {import("../../state/messages.js").Timeline} Timeline */
/** @typedef {import("../../state/messages.js").Item} Item */
/** @typedef {import("../../state/drawn.js").Span} Span */
/** @typedef {Timeline & {above: boolean, below: boolean}} Drawn a timeline as far as it is drawn; `above` and `below`: more is held there */
/** @typedef {{above: number, below: number}} Room px that are drawn above and below what is in sight */
/** @typedef {{up: boolean, down: boolean, spare: boolean}} Lacking where more is to be drawn, and whether there is too much */
/** @typedef {{draw: (room: Room, near: Near) => void, toFirst: () => boolean, toLast: () => boolean}} Hands `draw` is told where the reader stands; the others draw an end of what is held, and answer whether that is still to come */
/** @typedef {() => {first: string, last: string}|null} Near tells the keys of the outermost that are worth keeping; null where nothing is */

let gone = 0; // what was sought until then has been drawn

const AROUND = 100; // px of a screen that are not the log's: a bar above it, and the box below
export const NEAR = 1600; // px on either side that are drawn: two screens of a phone
export const FAR = 2800; // px from which on nothing needs to be: more than near, so that turning round costs nothing
const SLACK = 600; // px more, until it is worth a drawing of its own to take that away

const blank = () => ({
  id: "",
  keys: /** @type {ReadonlySet<string>} */ (new Set()),
  span: /** @type {Span} */ ({ start: 0, end: 0 }),
  total: 0, // items that are held
  toNewest: false,
  written: /** @type {Set<string>} */ (new Set()), // keys of one's own that waited at the end at some time
  room: /** @type {Room} */ ({ above: 0, below: 0 }), // where the reader stood last
  step: firstStep,
  more: { above: 0, below: 0 }, // items to be added by the next drawing
  near: /** @type {ReturnType<Near>} */ (null), // outside of which some are taken away by it
  lead: /** @type {""|"first"|"last"} */ (""), // the end of what is held that it goes to
  began: 0, // ms, when that was asked for; 0 while it is not
  adds: false, // whether this drawing has more of them: only that says what an item costs, to take one away is cheap
  due: false, // whether one is asked for
  stop: () => {}, // calls that off
});
const ASKED = /** @type {const} */ ({ more: { above: 0, below: 0 }, near: null, lead: "" }); // nothing

/** Where the reader goes first: to the line over what is new, else to the end. @param {Item[]} items @returns {Span} */
function begin(items) {
  const line = items.findIndex(({ type }) => type === "unread");
  if (line >= 0) return around(items.length, line);
  return ending(items, screen());
}

const screen = () => {
  const { width, height } = windowSize();
  return { width, height: height - AROUND };
};

/** What somebody asked to be led to, -1 where nothing was asked since. @param {string} id @param {Item[]} items */
function wanted(id, items) {
  const { id: place, seq, time } = sought.value;
  if (place !== id || time <= gone || !items.length) return -1;
  gone = time;
  const found = items.findIndex((item) => "seq" in item && item.seq >= seq);
  return found < 0 ? items.length - 1 : found;
}

/** Whether one has just written: one is taken there, wherever one was. What waits since before is no news. @param {ReturnType<typeof blank>} held @param {Item[]} items */
function hasWritten(held, items) {
  const last = items.at(-1);
  if (last?.type !== "message" || last.seq !== 0 || held.written.has(last.key)) return false;
  held.written.add(last.key);
  return held.keys.size > 0;
}

/** @param {ReturnType<typeof blank>} held @param {string} id @param {Item[]} items @returns {Span} */
function spanOf(held, id, items) {
  const goal = wanted(id, items);
  const stands = stillDrawn(items, held.keys, held.toNewest);
  const wrote = hasWritten(held, items);
  if (goal >= 0 && !(stands && goal >= stands.start && goal < stands.end))
    return around(items.length, goal);
  if (held.lead === "first") return around(items.length, 0);
  const toLast = held.lead === "last" || (wrote && stands?.end !== items.length);
  if (toLast) return ending(items, screen());
  if (!stands) return begin(items);
  const left = held.near ? shrunk(stands, items, held.near) : stands;
  return grown(left, items.length, held.more);
}

/** @param {ReturnType<typeof blank>} held */
function timed(held) {
  if (held.adds) held.step = nextStep(held.step, performance.now() - held.began);
  held.began = 0;
}

/** What is wanted where the reader stands. @param {ReturnType<typeof blank>} held @param {Room} room */
function lacking({ span, total }, { above, below }) {
  const up = above < NEAR && span.start > 0;
  const down = below < NEAR && span.end < total;
  return { up, down, spare: above > FAR + SLACK || below > FAR + SLACK };
}

/**
 * The timeline as far as it is drawn: it has older or newer ones only where nothing of them is held.
 * @param {string} id @param {Timeline} line
 * @returns {{line: Drawn, settled: boolean, hands: Hands}} `settled`: nothing more is being drawn
 */
export function useDrawn(id, line) {
  const held = useRef(blank());
  const [, again] = useState(0);
  const [settled, settle] = useState(false);
  if (held.current.id !== id) held.current = { ...blank(), id };
  const now = held.current;
  const { items } = line;
  const { start, end } = spanOf(now, id, items);
  const shown = useMemo(() => {
    const drawn = itemsIn(items, { start, end });
    now.keys = new Set(drawn.map(({ key }) => key));
    const [above, below] = [start > 0, end < items.length];
    const ends = { older: line.older && !above, newer: line.newer || below, above, below };
    return { ...line, items: drawn, ...ends };
  }, [line, start, end]);
  const adds = now.more.above + now.more.below > 0;
  Object.assign(now, { span: { start, end }, total: items.length, adds, ...ASKED });
  now.toNewest = end === items.length && !line.newer;
  useLayoutEffect(() => {
    if (now.began > 0) queueMicrotask(() => timed(now)); // once all others have laid it out
  });
  useEffect(() => () => now.stop(), [now]);
  const hands = useMemo(() => handsOf(now, () => again((times) => times + 1), settle), [now]);
  return { line: shown, settled, hands };
}

/** @param {ReturnType<typeof blank>} now @param {() => void} redraw @param {(settled: boolean) => void} settle @returns {Hands} */
function handsOf(now, redraw, settle) {
  const step = (/** @type {Lacking} */ { up, down, spare }, /** @type {Near} */ near) => {
    now.due = false;
    const more = { above: up ? now.step : 0, below: down ? now.step : 0 };
    Object.assign(now, { more, near: spare ? near() : null, began: performance.now() });
    redraw();
  };
  const lead = (/** @type {"first"|"last"} */ end) => () => {
    if (end === "first" ? now.span.start === 0 : now.span.end === now.total) return false;
    now.lead = end;
    redraw();
    return true;
  };
  return {
    toFirst: lead("first"),
    toLast: lead("last"),
    draw: (room, near) => {
      now.room = room;
      const lacks = lacking(now, room);
      settle(!lacks.up && !lacks.down);
      if (now.due || !(lacks.up || lacks.down || lacks.spare)) return;
      now.due = true;
      now.stop = afterPaint(() => step(lacking(now, now.room), near));
    },
  };
}
