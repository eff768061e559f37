// Where the pictures of a call of many lie: a grid, or one large with the others in a strip. Pure: sizes in CSS pixels in,
// places out, measured from where a line of writing begins. Nothing scrolls: what does not fit is on the next page.

/** @typedef {import("./layout.js").Size} Size */
/** @typedef {{x: number, y: number, width: number, height: number}} Place */

export const MOST = 9; // pictures at once: what a phone still decodes, and what an eye still takes in
export const GAP = 8; // px between two
const NARROW = 480; // px: below, two columns at most, or faces are slits; and two from four people on, or upright pictures are tiny
const WIDEST = 16 / 9;
const TALLEST = 9 / 10; // of which a picture of 16:9 still fills the whole: layout.js shows all of one that would lose half
const USUAL = 3 / 2; // between a computer's camera (16:9) and a phone's (4:3, often upright)
const STRIP = { least: 96, most: 200, share: 0.2 }; // px a tile is wide beside a large picture

/** How many pages so many need. @param {number} count @param {number} [most] on one page */
export const pages = (count, most = MOST) => Math.max(1, Math.ceil(count / most));

/** @template T @param {T[]} all @param {number} page from 0; one that is no more is the last @param {number} [most] @returns {T[]} */
export function onPage(all, page, most = MOST) {
  const from = Math.min(Math.max(0, page), pages(all.length, most) - 1) * most;
  return all.slice(from, from + most);
}

/** All alike: the columns with which the most of each camera's picture is seen. The last row stands in the middle.
 * @param {number} count @param {Size} stage @returns {Place[]} */
export function gridPlaces(count, stage) {
  if (count < 1 || stage.width <= 0 || stage.height <= 0) return [];
  const narrow = stage.width < NARROW;
  const most = narrow ? Math.min(count, 2) : count;
  const least = narrow && count > 3 ? 2 : 1;
  const ways = Array.from({ length: most - least + 1 }, (_, at) =>
    shaped(count, least + at, stage),
  );
  const best = ways.reduce((a, b) => (b.worth > a.worth ? b : a));
  return rowsOf(count, best.columns, best.tile, { x: 0, y: 0, ...stage });
}

/** One large, the others in a strip beside or below it, of which `room` fit at once.
 * @param {number} others @param {Size} stage @returns {{large: Place, strip: Place[], room: number}} */
export function spotlightPlaces(others, stage) {
  const whole = { x: 0, y: 0, ...stage };
  if (others < 1 || stage.width <= 0 || stage.height <= 0)
    return { large: whole, strip: [], room: MOST - 1 };
  return stage.width > 1.25 * stage.height ? beside(others, stage) : below(others, stage);
}

/** @param {number} others @param {Size} stage */
function beside(others, stage) {
  const width = Math.round(
    Math.min(STRIP.most, Math.max(STRIP.least, STRIP.share * stage.width), stage.width / 3),
  );
  const height = Math.round(width / USUAL);
  const room = Math.min(MOST - 1, Math.max(1, Math.floor((stage.height + GAP) / (height + GAP))));
  const shown = Math.min(others, room);
  const x = stage.width - width;
  const strip = rowsOf(shown, 1, { width, height }, { x, y: 0, width, height: stage.height });
  return { large: { x: 0, y: 0, width: x - GAP, height: stage.height }, strip, room };
}

/** @param {number} others @param {Size} stage */
function below(others, stage) {
  const usual =
    stage.width < NARROW ? 3 : Math.max(3, Math.floor(stage.width / (1.2 * STRIP.most)));
  const columns = evenColumns(Math.min(others, MOST - 1), usual, stage);
  const { width, height, rows } = stripTile(columns, stage);
  const room = Math.min(MOST - 1, rows * columns);
  const shown = Math.min(others, room);
  const taken = Math.ceil(shown / columns) * (height + GAP) - GAP;
  const y = stage.height - taken;
  const box = { x: 0, y, width: stage.width, height: taken };
  return {
    large: { x: 0, y: 0, width: stage.width, height: y - GAP },
    strip: rowsOf(shown, columns, { width, height }, box),
    room,
  };
}

/** The fewest columns with which all are seen at once in rows that are even, but for one place; else the usual ones.
 * @param {number} shown @param {number} usual @param {Size} stage */
function evenColumns(shown, usual, stage) {
  if (shown <= usual) return usual;
  for (let columns = 2; columns <= shown; columns += 1) {
    const { width, rows } = stripTile(columns, stage);
    const needed = Math.ceil(shown / columns);
    const even = needed * columns - shown <= 1;
    if (even && needed <= rows && width >= STRIP.least && width <= 1.25 * STRIP.most)
      return columns;
  }
  return usual;
}

/** A tile of a strip below, and how many rows of it there may be. @param {number} columns @param {Size} stage */
function stripTile(columns, stage) {
  const width = Math.floor((stage.width - GAP * (columns - 1)) / columns);
  const height = Math.round(width / USUAL);
  return { width, height, rows: Math.max(1, Math.floor((0.45 * stage.height) / (height + GAP))) };
}

/** What a number of columns makes of the stage, and how much of everybody is seen then. @param {number} count @param {number} columns @param {Size} stage */
function shaped(count, columns, stage) {
  const rows = Math.ceil(count / columns);
  const cell = {
    width: (stage.width - GAP * (columns - 1)) / columns,
    height: (stage.height - GAP * (rows - 1)) / rows,
  };
  const width = Math.min(cell.width, cell.height * WIDEST);
  const height = Math.min(cell.height, cell.width / TALLEST);
  const shape = width / height;
  const seen = Math.min(shape / USUAL, USUAL / shape) ** 0.7; // cropping a little costs less than drawing it small
  const fullness = (count / (columns * rows)) ** 0.3;
  const tile = { width: Math.floor(width), height: Math.floor(height) };
  return { columns, tile, worth: width * height * seen * fullness };
}

/** @param {number} count @param {number} columns @param {Size} tile @param {Place} box @returns {Place[]} */
function rowsOf(count, columns, tile, box) {
  const rows = Math.ceil(count / columns);
  const top = box.y + (box.height - rows * tile.height - (rows - 1) * GAP) / 2;
  return Array.from({ length: count }, (_, at) => {
    const row = Math.floor(at / columns);
    const inRow = Math.min(columns, count - row * columns);
    const start = box.x + (box.width - inRow * tile.width - (inRow - 1) * GAP) / 2;
    return {
      x: Math.round(start + (at % columns) * (tile.width + GAP)),
      y: Math.round(top + row * (tile.height + GAP)),
      ...tile,
    };
  });
}
