// A code that lets a second device ask to come in, as the first device shows it: scanned or typed, once, for two minutes.

import { signal } from "@preact/signals-core";
import { wallClock } from "../protocol/clock.js";
import { request } from "../protocol/rest.js";
import { hear } from "./connection.js";

/**
 * @typedef {object} Offer
 * @property {"shown"|"used"|"wrong"|"over"|"added"} state
 * @property {string} typed the letters
 * @property {string} link
 * @property {string} qr an SVG text
 * @property {number} ends ms by this device's clock
 * @property {string} device the name of the one that was added, else ""
 */

const TICK_MS = 1000;

/** What is on the screen, null when nothing is. @type {import("@preact/signals-core").Signal<Offer|null>} */
export const offer = signal(null);

/** Seconds that are left of it. */
export const secondsLeft = signal(0);

let release = () => {};

/** Shows a new code; the one before ends. */
export async function makeOffer() {
  const { body } = await request("POST", "/api/devices/code", {});
  const ends = wallClock.now() + body.expires_at - body.now;
  const { typed, links, qr } = body;
  release();
  offer.value = { state: "shown", typed, link: links[0], qr, ends, device: "" };
  follow();
}

/** It is shown no longer. */
export function endOffer() {
  release();
  const stood = offer.peek()?.state === "shown";
  offer.value = null;
  if (stood) request("DELETE", "/api/devices/code").catch(() => {}); // it ends by itself in two minutes
}

function follow() {
  let cancel = () => {};
  const look = () => {
    const left = (offer.peek()?.ends ?? 0) - wallClock.now();
    secondsLeft.value = Math.max(0, Math.ceil(left / 1000));
    if (left <= 0) become("over");
    else cancel = wallClock.later(TICK_MS, look);
  };
  const stops = [
    hear("offer.ended", ({ reason }) => become(reason)),
    hear("device.added", ({ device_name }) => become("added", device_name)),
  ];
  release = () => {
    cancel();
    for (const stop of stops) stop();
    release = () => {};
  };
  look();
}

/** What ended stays ended, but one that was used may yet be let in. @param {Offer["state"]} state @param {string} [device] */
function become(state, device = "") {
  const now = offer.peek();
  const may = now?.state === "shown" || (now?.state === "used" && state === "added");
  if (now && may) offer.value = { ...now, state, device };
}
