/** Which pictures of a room's call are seen, and how tall: those who send are told, and what nobody sees is not sent. */

import { signal } from "@preact/signals-core";
import { useEffect } from "preact/hooks";
import { doing } from "../state/gathering.js";
import { visible } from "../state/screen.js";

/** @typedef {import("./gathering-stage.js").Drawn} Drawn */

/** Whether a picture lies in a window of its own, where it is seen beside other pages too. */
const apart = signal(false);
document.addEventListener("enterpictureinpicture", () => {
  apart.value = true;
});
document.addEventListener("leavepictureinpicture", () => {
  apart.value = false;
});

/** How tall each picture is drawn, in device pixels, of those that somebody sends. @param {Drawn[]} drawn */
export function heightsOf(drawn) {
  const sent = drawn.filter(
    ({ picture: { seat, source } }) => !seat.mine && (source === "screen" || seat.floor.camera),
  );
  return Object.fromEntries(
    sent.map(({ picture, place }) => [picture.key, Math.round(place.height * devicePixelRatio)]),
  );
}

/**
 * Tells who sends what is seen of them, whenever that changes: nothing while the page is behind another.
 * @param {Record<string, number>|null} heights null while it is not known yet: to say "nothing" then would stop every picture
 */
export function useShow(heights) {
  const seen = heights && (visible.value || apart.value ? heights : {});
  useEffect(() => {
    if (seen) doing.show(seen);
  }, [JSON.stringify(seen)]);
}
