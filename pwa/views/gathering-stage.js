/** Everybody's pictures: all alike or one large, nine at once, the others on further pages and by voice. */

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { gridPlaces, MOST, onPage, pages, spotlightPlaces } from "../call/grid.js";
import { person } from "../state/people.js";
import { arrangement, largeOf, picturesOf, pinned } from "../state/stage.js";
import { strings } from "../strings.js";
import { CallButton } from "./call-controls.js";
import { Shown } from "./gathering-seat.js";
import { heightsOf, useShow } from "./gathering-shown.js";
import { useSize } from "./parts/call-corner.js";
import { CallIcon } from "./parts/call-icon.js";
import { onward } from "./parts/direction.js";
import { html } from "./parts/html.js";

/** @typedef {import("../state/gathering.js").Gathering} Gathering */
/** @typedef {import("../state/gathering.js").Seat} Seat */
/** @typedef {import("../state/stage.js").Picture} Picture */
/** @typedef {import("../call/grid.js").Place} Place */
/** @typedef {{picture: Picture, place: Place, large: boolean}} Drawn */

const words = strings.gathering;
const SWIPE = 60; // px

/** The device that spoke last; silence changes nothing. @param {Seat[]} seats */
export function useSpoke(seats) {
  const last = useRef("");
  const speaking = seats.find((seat) => seat.speaking && !seat.mine);
  if (speaking) last.current = speaking.device;
  return last.current;
}

/** Where everything lies now. @param {Picture[]} pictures @param {Picture|null} large @param {import("../call/layout.js").Size} stage @param {number} page */
function drawnOn(pictures, large, stage, page) {
  if (!large) {
    const shown = onPage(pictures, page);
    const places = gridPlaces(shown.length, stage);
    const drawn = places.map((place, at) => ({ picture: shown[at], place, large: false }));
    return { drawn, count: pages(pictures.length, MOST) };
  }
  const others = pictures.filter((one) => one !== large);
  const { large: place, strip, room } = spotlightPlaces(others.length, stage);
  const shown = stage.width > 0 ? onPage(others, page, room).slice(0, strip.length) : [];
  const small = shown.map((picture, at) => ({ picture, place: strip[at], large: false }));
  return {
    drawn: [{ picture: large, place, large: true }, ...small],
    count: pages(others.length, room),
  };
}

/** Arrow keys anywhere in the call, but where they mean something else. @param {number} count @param {(step: number) => void} step */
function usePaging(count, step) {
  useLayoutEffect(() => {
    if (count < 2) return undefined;
    const until = new AbortController();
    const press = (/** @type {KeyboardEvent} */ event) => {
      const way = { ArrowRight: onward(), ArrowLeft: -onward(), PageDown: 1, PageUp: -1 }[
        event.key
      ];
      if (!way || !(event.target instanceof Element)) return;
      if (event.target.closest("input, .gathering-panel, .sheet")) return;
      step(way);
    };
    window.addEventListener("keydown", press, { signal: until.signal });
    return () => until.abort();
  });
}

/** A finger that wipes over the pictures turns the page. @param {(step: number) => void} step */
function useWipe(step) {
  const from = useRef({ id: -1, x: 0, y: 0 });
  return {
    onPointerDown: (/** @type {PointerEvent} */ event) => {
      const zoomed = event.target instanceof Element && event.target.closest(".seat-zoom");
      if (event.pointerType === "mouse" || !event.isPrimary || zoomed) return;
      from.current = { id: event.pointerId, x: event.clientX, y: event.clientY };
    },
    onPointerUp: (/** @type {PointerEvent} */ event) => {
      if (event.pointerId !== from.current.id) return;
      const [dx, dy] = [event.clientX - from.current.x, event.clientY - from.current.y];
      from.current.id = -1;
      if (Math.abs(dx) > SWIPE && Math.abs(dx) > 2 * Math.abs(dy))
        step(dx < 0 ? onward() : -onward());
    },
  };
}

/** @param {{page: number, count: number, step: (by: number) => void}} props */
function Pager({ page, count, step }) {
  const dots = Array.from({ length: count }, (_, at) => at);
  return html`<nav class="gathering-pager" aria-label=${words.pages}>
    <${CallButton} name=${words.previousPage} icon="previous" kind=${page > 0 ? "plain" : "plain idle"} act=${() => step(-1)} />
    <span class="gathering-dots" aria-hidden="true">${dots.map((at) => html`<i key=${at} data-here=${at === page || undefined}></i>`)}</span>
    <span class="unseen" role="status">${words.page(page + 1, count)}</span>
    <${CallButton} name=${words.nextPage} icon="next" kind=${page < count - 1 ? "plain" : "plain idle"} act=${() => step(1)} />
  </nav>`;
}

/** Who speaks and is not to be seen just now. @param {{seats: Seat[], drawn: Drawn[]}} props */
function Unseen({ seats, drawn }) {
  const seen = new Set(drawn.map(({ picture }) => picture.seat.device));
  const one = seats.find((seat) => seat.speaking && !seat.mine && !seen.has(seat.device));
  if (!one) return null;
  return html`<p class="gathering-unseen"><${CallIcon} name="bars" small />${words.speaks(person(one.person).value.name)}</p>`;
}

/** @param {{view: Gathering}} props */
export function GatheringStage({ view }) {
  const box = useRef(/** @type {HTMLDivElement|null} */ (null));
  const stage = useSize(box);
  const [asked, setPage] = useState(0);
  const spoke = useSpoke(view.seats);
  const pictures = picturesOf(view.seats);
  const large = largeOf(pictures, { pinned: pinned.value, arrangement: arrangement.value, spoke });
  const { count } = drawnOn(pictures, large, stage, 0);
  const page = Math.min(asked, count - 1);
  const { drawn } = drawnOn(pictures, large, stage, page);
  const step = (/** @type {number} */ by) => setPage(Math.min(Math.max(0, page + by), count - 1));
  usePaging(count, step);
  useShow(stage.width > 0 ? heightsOf(drawn) : null);
  const wipe = useWipe(step);
  return html`<div class="gathering-stage" ...${wipe}>
    <ul ref=${box} class="gathering-seats" role="list" aria-label=${words.seats}>
      ${
        stage.width > 0 &&
        drawn.map(
          (one) => html`<${Shown} key=${one.picture.key} ...${one} view=${view} step=${step} />`,
        )
      }
    </ul>
    <${Unseen} seats=${view.seats} drawn=${drawn} />
    ${count > 1 && html`<${Pager} page=${page} count=${count} step=${step} />`}
  </div>`;
}
