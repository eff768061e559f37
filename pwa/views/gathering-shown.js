/** Which pictures of a room's call are seen, and how tall: those who send are told, and what nobody sees is not sent. */

import { useEffect } from "preact/hooks";
import { doing } from "../state/gathering.js";
import { visible } from "../state/screen.js";

/** @typedef {import("./gathering-stage.js").Drawn} Drawn */

const FINEST = 2; // pixels of the device to one of CSS that are told apart in a face: with 3, nine tiles of a phone came large

/** How tall each picture is drawn, in pixels of the device, of those that somebody sends. @param {Drawn[]} drawn */
export function heightsOf(drawn) {
  const sent = drawn.filter(
    ({ picture: { seat, source } }) => !seat.mine && (source === "screen" || seat.floor.camera),
  );
  const fine = Math.min(devicePixelRatio, FINEST);
  return Object.fromEntries(
    sent.map(({ picture, place }) => [picture.key, Math.round(place.height * fine)]),
  );
}

/**
 * Tells who sends what is seen of them, whenever that changes: nothing while the page is behind another. What lies in a window of
 * its own is asked for by itself (gathering-picture.js).
 * @param {Record<string, number>|null} heights null while it is not known yet: to say "nothing" then would stop every picture
 */
export function useShow(heights) {
  const seen = heights && (visible.value ? heights : {});
  useEffect(() => {
    if (seen) doing.show(seen);
  }, [JSON.stringify(seen)]);
}
