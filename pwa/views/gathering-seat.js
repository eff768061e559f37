/** One picture of a room's call: a face or a screen, who it is, and what is said of them without colour alone. */

import { useState } from "preact/hooks";
import { person } from "../state/people.js";
import { pin, pinned } from "../state/stage.js";
import { strings } from "../strings.js";
import { Avatar } from "./parts/avatar.js";
import { CallIcon } from "./parts/call-icon.js";
import { Reading } from "./parts/call-reading.js";
import { CallVideo } from "./parts/call-video.js";
import { html } from "./parts/html.js";
import { LineMark } from "./parts/line-mark.js";

/** @typedef {import("../state/gathering.js").Gathering} Gathering */
/** @typedef {import("../state/stage.js").Picture} Picture */
/** @typedef {import("./gathering-stage.js").Drawn} Drawn */

const words = strings.gathering;

/** What is seen of somebody, null for a face on their colour. @param {Gathering} view @param {Picture} picture */
export function streamOf(view, { seat, source }) {
  if (source === "screen") return seat.screen;
  if (seat.mine) return view.camera ? view.local : null;
  return seat.floor.camera ? seat.camera : null;
}

/** @param {Picture} picture */
export function nameOf({ seat, source }) {
  const { name } = person(seat.person).value;
  if (source === "screen") return words.screenOf(name);
  return seat.mine ? words.you : name;
}

/** How weak somebody's connection is, in a sentence, "" while it is not. @param {import("../state/gathering.js").Seat} seat */
export function weakWords({ person: id, floor: { line = "" } }) {
  return line && strings.gear.lines[line](person(id).value.name);
}

/** Of the others it is told only when their line is weak: a dot on every picture would say nothing. One's own is measured here.
 * @param {{seat: import("../state/gathering.js").Seat, view: Gathering}} props */
function SeatQuality({ seat, view }) {
  const quality = (seat.mine && view.quality) || seat.floor.line;
  if (!quality) return null;
  const mark = html`<${LineMark} quality=${quality} />`;
  if (quality === "good") return mark;
  return html`<span class="seat-weak">${mark}<span>${strings.gear.brief[quality]}</span></span>`;
}

/** The line in a picture's corner. @param {{picture: Picture, view: Gathering}} props */
function Line({ picture, view }) {
  const { seat, source } = picture;
  const face = source === "camera";
  const muted = face && (seat.mine ? view.muted : seat.floor.muted);
  const icon = !face ? "screen" : muted ? "microphone-off" : seat.speaking ? "bars" : "";
  return html`<span class="seat-line">
    ${icon && html`<${CallIcon} name=${icon} small />`}<span class="seat-name" dir="auto">${nameOf(picture)}</span>
    ${face && html`<${SeatQuality} seat=${seat} view=${view} />`}
    ${pinned.value === picture.key && html`<${CallIcon} name="pin" small />`}
  </span>`;
}

/** @param {Picture} picture @param {Gathering} view @param {boolean} large */
function label(picture, view, large) {
  const { seat, source, key } = picture;
  const face = source === "camera";
  const says = [
    nameOf(picture),
    face && (seat.mine ? view.muted : seat.floor.muted) && words.muted,
    face && seat.floor.hand > 0 && words.hand,
    face && seat.speaking && words.speaking,
    face && weakWords(seat),
    pinned.value === key ? words.release : large ? words.keep : words.enlarge,
  ];
  return says.filter(Boolean).join(", ");
}

/** @param {Drawn & {view: Gathering, step: (by: number) => void}} props `step` turns the page */
export function Shown({ picture, place, large, view, step }) {
  const { seat, source, key } = picture;
  const stream = streamOf(view, picture);
  const [came, setCame] = useState(/** @type {MediaStream|null} */ (null)); // whose first picture is there
  const face = source === "camera";
  const zoomed = large && !face && stream;
  const dark = !zoomed && (!stream || came !== stream);
  const style = {
    insetInlineStart: `${place.x}px`,
    insetBlockStart: `${place.y}px`,
    inlineSize: `${place.width}px`,
    blockSize: `${place.height}px`,
  };
  const speaks = face && seat.speaking;
  return html`<li class="seat" style=${style} data-large=${large || undefined} data-speaking=${speaks || undefined} data-dark=${dark || undefined}>
    ${
      zoomed
        ? html`<${Reading} name=${nameOf(picture)} stream=${stream} step=${step} />`
        : html`<button type="button" class="seat-picture" aria-label=${label(picture, view, large)} title=${(face && weakWords(seat)) || undefined} aria-pressed=${pinned.value === key} onClick=${() => pin(key)}>
          ${dark && html`<span class="seat-face" aria-hidden="true"><${Avatar} person=${person(seat.person).value} size="large" /></span>`}
          ${
            stream &&
            html`<${CallVideo} name=${large ? "large" : "seat-video"} stream=${stream} stage=${place} screen=${!face} mirrored=${face && seat.mine && view.mirrored} shape=${() => setCame(stream)} />`
          }
        </button>`
    }
    <span class="seat-marks" aria-hidden="true">
      ${face && seat.floor.hand > 0 && html`<span class="seat-hand"><${CallIcon} name="hand" small /></span>`}
      <${Line} picture=${picture} view=${view} />
    </span>
  </li>`;
}
