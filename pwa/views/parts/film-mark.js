/** What says of a picture that it is a film's: a sign to play, and how long it lasts. */

import { strings } from "../../strings.js";
import { html } from "./html.js";
import { Icon } from "./icon.js";
import { length } from "./time.js";

/** What opens it is called: with its length, which can be seen too. @param {{name: string, film: boolean, seconds: number}} file */
export function nameOf({ name, film, seconds }) {
  if (!film) return strings.messages.picture(name);
  return seconds > 0
    ? `${strings.messages.film(name)}, ${length(seconds)}`
    : strings.messages.film(name);
}

/** @param {{file: {seconds: number}}} props */
export function FilmMark({ file }) {
  return html`<span class="film-mark"><${Icon} name="play" /></span>
    ${file.seconds > 0 && html`<span class="film-length" dir="ltr">${length(file.seconds)}</span>`}`;
}
