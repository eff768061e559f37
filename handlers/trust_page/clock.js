/** Compares this device's clock with the server's: a certificate is only good between two moments. */

const TOO_MUCH = 10 * 60 * 1000; // ms; less does not matter to a certificate that began 30 days ago

/**
 * Whether the two differ by ten minutes or more, and somebody should be told.
 * @param {number} here ms since the epoch
 * @param {number} there ms since the epoch
 */
export function areApart(here, there) {
  return Math.abs(here - there) >= TOO_MUCH;
}
