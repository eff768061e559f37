/** Waits until the app answers under a certificate this device trusts. Pure: how to ask and how to pause are given. */

/**
 * @typedef {object} Arrival
 * @property {string} origin where to go
 * @property {boolean} named by a name that stays, when there is one; false: an address had to do
 * @property {boolean} atOnce it was so when the page opened, there was nothing to wait for
 */

const ROUNDS_FOR_A_NAME = 2; // a name is looked up by multicast, which may need a second try

/**
 * @param {string[]} origins the best first
 * @param {(origin: string) => Promise<boolean>} ask whether it answers; never rejects
 * @param {() => Promise<void>} pause until it is time to ask again
 * @returns {Promise<Arrival>}
 */
export async function waitForTrust(origins, ask, pause) {
  const names = origins.filter(isNamed);
  let atOnce = true;
  let patience = names.length > 0 ? ROUNDS_FOR_A_NAME : 1;
  for (;;) {
    const answers = await Promise.all(origins.map(ask));
    const found = origins.filter((_, at) => answers[at]);
    const named = found.find(isNamed);
    if (named !== undefined) return { origin: named, named: true, atOnce };
    if (found.length > 0) {
      patience -= 1;
      if (patience <= 0) return { origin: found[0], named: names.length === 0, atOnce };
    } else {
      atOnce = false;
    }
    await pause();
  }
}

/**
 * Whether an origin has a name, which stays when the network hands out another address.
 * @param {string} origin
 */
export function isNamed(origin) {
  return !/^[\d.]+$|^\[/.test(new URL(origin).hostname);
}

/**
 * The part of the address a server never sees, if it carries something to hand on (`#invite=…`).
 * @param {string} hash
 */
export function carried(hash) {
  return /^#[\w-]+=[\w\-=&.~%]{1,500}$/.test(hash) ? hash : "";
}
