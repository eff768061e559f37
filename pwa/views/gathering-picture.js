/** Who speaks in a room's call, in a window of its own: somebody who is on another page of the call too. */

import { useEffect, useState } from "preact/hooks";
import { doing } from "../state/gathering.js";
import { largeOf, picturesOf, pinned } from "../state/stage.js";
import { streamOf } from "./gathering-seat.js";
import { useSpoke } from "./gathering-stage.js";
import { CallPicture } from "./parts/call-picture.js";
import { html } from "./parts/html.js";

/** @typedef {import("../state/gathering.js").Gathering} Gathering */

const HEIGHT = 360; // device px: about what a browser gives such a window

/** What of the others can be seen. @param {Gathering} view */
export const seenOf = (view) =>
  picturesOf(view.seats).filter((one) => !one.seat.mine && streamOf(view, one));

/** @param {{view: Gathering}} props */
export function GatheringPicture({ view }) {
  const [open, setOpen] = useState(false);
  const spoke = useSpoke(view.seats);
  const seen = seenOf(view);
  const wish = { pinned: pinned.value, arrangement: /** @type {const} */ ("speaker"), spoke };
  const picture = largeOf(seen, wish) ?? seen[0];
  const key = open && picture ? picture.key : "";
  useEffect(() => doing.showApart(key ? { [key]: HEIGHT } : {}), [key]);
  return html`<${CallPicture} stream=${picture ? streamOf(view, picture) : null} opened=${setOpen} />`;
}
