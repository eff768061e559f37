// Inviting people, for the host.

import { request } from "../protocol/rest.js";

/** @typedef {{code: string, links: string[], qr: string, expires_at: number}} Invitation `qr` is an SVG text */

/** The one that works many times. @returns {Promise<Invitation>} */
export async function standingInvitation() {
  return (await request("GET", "/api/invitations")).body;
}

/** A new one: "many" replaces the one that stands, "one" is for one person. @param {"many"|"one"} kind @returns {Promise<Invitation>} */
export async function makeInvitation(kind) {
  return (await request("POST", "/api/invitations", { kind })).body;
}
