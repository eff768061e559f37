// Who this device is: joining, "That's me", and signing out. The cookie is the browser's; nothing of it is seen here.

import { computed, signal } from "@preact/signals-core";
import { wallClock } from "../protocol/clock.js";
import { Refused } from "../protocol/errors.js";
import { request } from "../protocol/rest.js";
import { person, withCards } from "./people.js";
import { change, emptyWorld, world } from "./world.js";

/**
 * @typedef {object} Session
 * @property {"unknown"|"signed-out"|"signed-in"} state
 * @property {string} me
 * @property {string} device
 * @property {boolean} open no invitation is needed here
 * @property {boolean} host
 * @property {""|"signed-out"} reason why nobody is in: this device was signed out from elsewhere
 */
/**
 * `by`: how this device asks, with one's name or with a code that another device shows.
 * @typedef {{state: "waiting"|"refused"|"expired", by: "name"|"code", username: string, code: string, expires_at: number}} Claim
 */
/** @typedef {{person: import("./world.js").Person, device: string, open?: boolean}} Welcome */

/** @type {Omit<Session, "state">} */
const NOBODY = { me: "", device: "", open: false, host: false, reason: "" };
const POLL_MS = 2000;

const now = signal(/** @type {Session} */ ({ ...NOBODY, state: "unknown" }));

export const session = computed(() => {
  const host = world.value.people[now.value.me]?.host ?? now.value.host;
  return { ...now.value, host };
});

/** One's own card. */
export const me = computed(() => person(now.value.me).value);

/** "That's me" while it goes on. */
export const claim = signal(/** @type {Claim|null} */ (null));

/** Asks the server who we are. Without an answer it stays as it was. */
export async function checkSession() {
  const { body } = await request("GET", "/api/session");
  if (body.person) signedIn(body);
  else signedOut(now.peek().state === "signed-in" ? "signed-out" : now.peek().reason, body.open);
}

/** @param {Welcome} welcome */
export function signedIn({ person, device, open = now.peek().open }) {
  change((before) => withCards(before.me === person.id ? before : emptyWorld(person.id), [person]));
  now.value = { state: "signed-in", me: person.id, device, open, host: person.host, reason: "" };
}

/** As the cache remembers us, before the server could be asked. @param {{me: string, device: string}} who */
export function remembered({ me, device }) {
  change((before) => (before.me === me ? before : emptyWorld(me)));
  now.value = { ...NOBODY, state: "signed-in", me, device };
}

/** @param {Session["reason"]} reason @param {boolean} [open] */
export function signedOut(reason, open = now.peek().open) {
  change(() => emptyWorld());
  now.value = { ...NOBODY, state: "signed-out", open, reason };
}

/**
 * Joins with a name, or adds this device by a code.
 * @param {{username?: string, invite?: string, code?: string}} asked
 */
export async function join(asked) {
  const { body } = await request("POST", "/api/session", asked);
  signedIn(body);
}

export async function signOut() {
  await request("DELETE", "/api/session");
  signedOut("");
}

/** Says "That's me" of a taken name and waits until another device answers. @param {string} username */
export async function claimName(username) {
  const { body } = await request("POST", "/api/session", { username, claim: true });
  waitFor({ ...body, username }, "name");
}

/** Asks to be let in with what another device shows, scanned or typed. @param {{link: string}|{typed: string}} shown */
export async function claimByCode(shown) {
  const { body } = await request("POST", "/api/session", shown);
  waitFor(body, "code");
}

/**
 * @param {{claim: string, secret: string, username: string, code: string, expires_at: number}} told
 * @param {Claim["by"]} by
 */
function waitFor({ claim: id, secret, username, code, expires_at }, by) {
  claim.value = { state: "waiting", by, username, code, expires_at };
  awaitAnswer(id, secret, claim.value);
}

export function cancelClaim() {
  claim.value = null;
}

/** @param {string} id @param {string} secret @param {Claim} asked */
async function awaitAnswer(id, secret, asked) {
  while (claim.peek() === asked) {
    await new Promise((resolve) => wallClock.later(POLL_MS, () => resolve(0)));
    if (claim.peek() !== asked) return;
    try {
      const { status, body } = await request("POST", "/api/session/claim", { claim: id, secret });
      if (status !== 201) continue;
      claim.value = null;
      signedIn(body);
    } catch (error) {
      if (!(error instanceof Refused)) continue; // no network just now
      if (error.code === "slow-down") continue;
      claim.value = { ...asked, state: error.code === "not-allowed" ? "refused" : "expired" };
    }
  }
}
