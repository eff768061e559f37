/** A voice message drawn as bars, as loud as it is, and the place in it: to be seen, dragged, and walked with keys. */

import { useMemo, useRef } from "preact/hooks";
import { bars } from "../../state/levels.js";
import { strings } from "../../strings.js";
import { html } from "./html.js";
import { length } from "./time.js";

const COUNT = 42; // bars; as many as have room beside one another on the smallest phone
const PITCH = 4; // units from bar to bar
const HEIGHT = 28;
const STEP_MS = 2000; // of an arrow key
const LEAP_MS = 10_000;

/** @param {{levels: number[]}} props 0..1 each */
export function Bars({ levels }) {
  const drawn = levels.map((level, at) => {
    const half = 1 + level * (HEIGHT / 2 - 2.5);
    const x = at * PITCH + PITCH / 2;
    return `M${x} ${(HEIGHT / 2 - half).toFixed(1)}V${(HEIGHT / 2 + half).toFixed(1)}`;
  });
  return html`<svg class="bars" viewBox=${`0 0 ${levels.length * PITCH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
    <path d=${drawn.join("")} />
  </svg>`;
}

/** Seconds as they are said of a voice message, never none. @param {number} ms */
export const lengthOf = (ms) => length(Math.max(1, Math.round(ms / 1000)));

/** @param {string} key @param {number} at ms @param {number} ms @returns {number|null} where the key leads */
function stepped(key, at, ms) {
  if (key === "ArrowLeft" || key === "ArrowDown") return at - STEP_MS;
  if (key === "ArrowRight" || key === "ArrowUp") return at + STEP_MS;
  if (key === "PageDown") return at - LEAP_MS;
  if (key === "PageUp") return at + LEAP_MS;
  if (key === "Home") return 0;
  return key === "End" ? ms : null;
}

/**
 * Time runs from left to right in every language, as on other players.
 * @param {{voice: import("../../protocol/types.js").Voice, at: number, moves: boolean, seek: (ms: number) => void}} props
 * `at` ms; `moves` while it plays by itself
 */
export function Wave({ voice, at, moves, seek }) {
  const { milliseconds: ms, levels } = voice;
  const drawn = useMemo(
    () =>
      bars(
        Array.from(levels, (level) => level / 255),
        COUNT,
      ),
    [levels],
  );
  const held = useRef(false);
  const to = (/** @type {PointerEvent & {currentTarget: HTMLElement}} */ event) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    seek(Math.min(1, Math.max(0, (event.clientX - left) / width)) * ms);
  };
  const down = (/** @type {PointerEvent & {currentTarget: HTMLElement}} */ event) => {
    event.stopPropagation(); // a long press here is no wish for the menu
    if (event.button !== 0) return;
    held.current = true;
    event.currentTarget.setPointerCapture(event.pointerId);
    to(event);
  };
  const move = (/** @type {PointerEvent & {currentTarget: HTMLElement}} */ event) => {
    if (held.current) to(event);
  };
  const up = () => {
    held.current = false;
  };
  const key = (/** @type {KeyboardEvent} */ event) => {
    const next = stepped(event.key, at, ms);
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation(); // the log is walked with these keys too
    seek(Math.min(ms, Math.max(0, next)));
  };
  const seconds = Math.round(ms / 1000);
  return html`<span
    class=${moves ? "wave moves" : "wave"}
    style=${{ "--done": `${((100 * at) / ms).toFixed(2)}%` }}
    dir="ltr"
    role="slider"
    tabindex="0"
    aria-label=${strings.voice.place}
    aria-valuemin="0"
    aria-valuemax=${seconds}
    aria-valuenow=${Math.min(seconds, Math.round(at / 1000))}
    aria-valuetext=${strings.voice.placeOf(length(Math.round(at / 1000)), lengthOf(ms))}
    onPointerDown=${down}
    onPointerMove=${move}
    onPointerUp=${up}
    onPointerCancel=${up}
    onKeyDown=${key}
  >
    <${Bars} levels=${drawn} />
    <span class="wave-done"><${Bars} levels=${drawn} /></span>
  </span>`;
}
