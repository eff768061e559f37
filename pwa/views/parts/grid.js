/** Walking a grid of buttons by keyboard: one of them is reached by Tab, the arrows go on from there. */

/** @param {Element|null} box @returns {HTMLButtonElement|undefined} */
export const firstIn = (box) => box?.querySelector("button.emoji") ?? undefined;

/** @param {KeyboardEvent} event @param {Element|null} box @returns {boolean} whether the key was one of these */
export function walkGrid(event, box) {
  const from = /** @type {HTMLElement} */ (event.target);
  if (!box?.contains(from) || !from.matches("button.emoji")) return false;
  const all = /** @type {HTMLElement[]} */ ([...box.querySelectorAll("button.emoji")]);
  const at = all.indexOf(from);
  const sideways = document.dir === "rtl" ? -1 : 1;
  const to = {
    ArrowRight: () => all[at + sideways],
    ArrowLeft: () => all[at - sideways],
    ArrowDown: () => inNextRow(all, at, 1),
    ArrowUp: () => inNextRow(all, at, -1),
    Home: () => all[0],
    End: () => all.at(-1),
  }[event.key];
  if (!to) return false;
  const next = to();
  if (!next) return true;
  from.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
  next.scrollIntoView({ block: "nearest" });
  return true;
}

/** The one nearest to straight above or below. @param {HTMLElement[]} all @param {number} at @param {1|-1} step */
function inNextRow(all, at, step) {
  const { left, top } = all[at].getBoundingClientRect();
  /** @type {{element: HTMLElement, away: number, top: number}|undefined} */
  let best;
  for (let next = at + step; next >= 0 && next < all.length; next += step) {
    const place = all[next].getBoundingClientRect();
    if (Math.abs(place.top - top) < 2) continue;
    if (best && Math.abs(place.top - best.top) > 2) break;
    const away = Math.abs(place.left - left);
    if (!best || away < best.away) best = { element: all[next], away, top: place.top };
  }
  return best?.element;
}
