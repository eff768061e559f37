// Where things lie on the call screen. Pure: sizes in CSS pixels in, places out.

/** @typedef {{width: number, height: number}} Size */
/** @typedef {{top: number, right: number, bottom: number, left: number}} Insets space that is taken at each edge */
/** @typedef {"top-left" | "top-right" | "bottom-left" | "bottom-right"} Corner */
/** @typedef {{x: number, y: number}} Point */

/** @type {Record<Corner, Partial<Record<string, Corner>>>} */
const NEIGHBOURS = {
  "top-left": { ArrowRight: "top-right", ArrowDown: "bottom-left" },
  "top-right": { ArrowLeft: "top-left", ArrowDown: "bottom-right" },
  "bottom-left": { ArrowRight: "bottom-right", ArrowUp: "top-left" },
  "bottom-right": { ArrowLeft: "bottom-left", ArrowUp: "top-right" },
};

/** How large oneself is: a share of the stage, in the picture's own shape. @param {Size} stage @param {number} ratio width / height */
export function tileSize(stage, ratio) {
  const long = Math.min(240, Math.max(96, 0.24 * Math.max(stage.width, stage.height)));
  const shape = Number.isFinite(ratio) && ratio > 0 ? ratio : 3 / 4;
  const [width, height] = shape >= 1 ? [long, long / shape] : [long * shape, long];
  const fit = Math.min(1, (0.4 * stage.width) / width, (0.4 * stage.height) / height);
  return { width: Math.round(width * fit), height: Math.round(height * fit) };
}

/** The upper left point of a tile in a corner. @param {Corner} corner @param {Size} stage @param {Size} tile @param {Insets} insets */
export function cornerPoint(corner, stage, tile, insets) {
  const x = corner.endsWith("left") ? insets.left : stage.width - tile.width - insets.right;
  const y = corner.startsWith("top") ? insets.top : stage.height - tile.height - insets.bottom;
  return { x: Math.round(x), y: Math.round(y) };
}

/** The corner a tile falls to when it is let go: where its middle, carried on by its speed, is nearest.
 * @param {Point} place upper left @param {Point} speed px a ms @param {Size} stage @param {Size} tile @returns {Corner} */
export function nearestCorner(place, speed, stage, tile) {
  const carried = 120; // ms
  const x = place.x + tile.width / 2 + speed.x * carried;
  const y = place.y + tile.height / 2 + speed.y * carried;
  const across = x < stage.width / 2 ? "left" : "right";
  return y < stage.height / 2 ? `top-${across}` : `bottom-${across}`;
}

/** The corner an arrow key leads to. @param {Corner} corner @param {string} key @returns {Corner} */
export function cornerAfter(corner, key) {
  return NEIGHBOURS[corner][key] ?? corner;
}

/** Keep a tile that is being dragged on the stage. @param {Point} place @param {Size} stage @param {Size} tile @returns {Point} */
export function onStage(place, stage, tile) {
  const within = (/** @type {number} */ at, /** @type {number} */ room) =>
    Math.min(Math.max(at, 0), Math.max(0, room));
  return {
    x: within(place.x, stage.width - tile.width),
    y: within(place.y, stage.height - tile.height),
  };
}

/** Fill the stage with a picture, or show all of it: filled while more than half of it stays in sight, never for a screen.
 * @param {Size} stage @param {Size} picture @param {boolean} screen @returns {"cover" | "contain"} */
export function fitOf(stage, picture, screen) {
  if (screen || !picture.width || !picture.height || !stage.width || !stage.height)
    return "contain";
  const [wide, narrow] = [picture.width / picture.height, stage.width / stage.height].sort(
    (a, b) => b - a,
  );
  return narrow / wide > 1 / 2 ? "cover" : "contain";
}
